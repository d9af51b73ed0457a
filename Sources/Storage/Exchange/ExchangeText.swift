/// The text of an export: a line for what it is, then each table between a line that names its columns and one
/// that counts and digests it, then a line for all of them.
///
/// Every line is JSON, and equal content is equal bytes: keys, columns, rows and the way a value is written have
/// one order and one form. Integers have up to 64 bits, which some readers of JSON cannot hold.
enum ExchangeText {
  static let format = "procure-export"
  static let version = 1

  static func header(migrations: [String]) -> [UInt8] {
    var line = Array("{\"format\":\"\(format)\",\"version\":\(version),\"migrations\":".utf8)
    line.append(json: migrations)
    return line + "}".utf8
  }

  static func opening(_ table: StoredTable) -> [UInt8] {
    var line = Array("{\"table\":".utf8)
    line.append(json: table.name)
    line += ",\"columns\":".utf8
    line.append(json: table.columns.map(\.name))
    line += ",\"types\":".utf8
    line.append(json: table.columns.map(\.kind.rawValue))
    return line + "}".utf8
  }

  static func closing(_ table: ExchangeDigest.Table) -> [UInt8] {
    var line = Array("{\"end\":".utf8)
    line.append(json: table.name)
    return line + ",\"rows\":\(table.rows),\"sha256\":\"\(table.sha256)\"}".utf8
  }

  static func total(_ digest: ExchangeDigest) -> [UInt8] {
    Array(
      "{\"tables\":\(digest.tables.count),\"rows\":\(digest.rows),\"sha256\":\"\(digest.sha256)\"}".utf8
    )
  }
}

extension [UInt8] {
  mutating func append(json values: [String]) {
    append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(json: value)
    }
    append(UInt8(ascii: "]"))
  }

  mutating func append(json value: Value) throws(DatabaseError) {
    switch value {
    case .null: self += "null".utf8
    case .integer(let integer): append(digits: integer)
    case .real(let real): self += try storable(real).description.utf8
    case .text(let text): append(json: text)
    }
  }

  /// Quotes the text; what JSON must escape is escaped in its shortest form, nothing else is.
  mutating func append(json text: String) {
    var text = text
    append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      var plain = bytes.startIndex
      for (index, byte) in bytes.enumerated() {
        guard let escape = escape(byte) else { continue }
        self += bytes[plain..<index]
        self += escape
        plain = index + 1
      }
      self += bytes[plain...]
    }
    append(UInt8(ascii: "\""))
  }
}

private func escape(_ byte: UInt8) -> [UInt8]? {
  switch byte {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
  case 0x0A: Array("\\n".utf8)
  case 0x0D: Array("\\r".utf8)
  case 0x09: Array("\\t".utf8)
  case 0x00..<0x20: Array("\\u00".utf8) + [hexadecimal(byte >> 4), hexadecimal(byte & 15)]
  default: nil
  }
}

private func hexadecimal(_ digit: UInt8) -> UInt8 {
  digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
}
