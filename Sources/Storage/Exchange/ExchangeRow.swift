/// Reads a line of an export, a JSON array of one row's values, straight into a bulk insert.
struct ExchangeRow {
  private let bytes: [UInt8]
  private let table: StoredTable
  private let line: Int
  private var position = 0

  init(_ bytes: [UInt8], of table: StoredTable, line: Int) {
    self.bytes = bytes
    self.table = table
    self.line = line
  }

  mutating func write(to writer: any RowWriter) throws(ExchangeError) {
    try skip(UInt8(ascii: "["), "a row as a JSON array")
    for (index, column) in table.columns.enumerated() {
      if index > 0 { try skip(UInt8(ascii: ","), "a comma and \(column.name)") }
      try value(of: column, to: writer)
    }
    try skip(UInt8(ascii: "]"), "the end of a row of \(table.columns.count) values")
    guard position == bytes.count else { throw wrong("nothing after the row") }
  }

  private mutating func value(
    of column: StoredTable.Column,
    to writer: any RowWriter
  ) throws(ExchangeError) {
    if token.elementsEqual("null".utf8) {
      position += 4
      return writer.null()
    }
    switch column.kind {
    case .integer: writer.integer(try number(column, Int64.init))
    case .real: writer.real(try number(column) { text in Double(text).flatMap { $0.isFinite ? $0 : nil } })
    case .text: writer.text(try text(of: column))
    }
  }

  private mutating func number<Number>(
    _ column: StoredTable.Column,
    _ read: (String) -> Number?
  ) throws(ExchangeError) -> Number {
    guard let number = read(String(decoding: token, as: UTF8.self)) else {
      throw wrong("\(column.name), \(column.kind == .integer ? "a 64-bit integer" : "a finite real") or null")
    }
    position += token.count
    return number
  }

  /// The bytes up to the next comma or bracket.
  private var token: ArraySlice<UInt8> {
    bytes[position...].prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "]") }
  }

  private mutating func skip(_ byte: UInt8, _ expected: String) throws(ExchangeError) {
    guard position < bytes.count, bytes[position] == byte else { throw wrong(expected) }
    position += 1
  }

  private func wrong(_ expected: String) -> ExchangeError {
    let found = ExchangeLines.shown(bytes[min(position, bytes.count)...])
    return .line(line, found: found, expected: "\(expected) (table \(table.name))")
  }
}

extension ExchangeRow {
  private mutating func text(of column: StoredTable.Column) throws(ExchangeError) -> String {
    let expected = "\(column.name), a JSON string or null"
    try skip(UInt8(ascii: "\""), expected)
    var text: [UInt8] = []
    while true {
      let plain = bytes[position...].prefix {
        $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 >= 0x20
      }
      text += plain
      position += plain.count
      guard position < bytes.count else { throw wrong("\(expected) that ends in a quote") }
      if bytes[position] == UInt8(ascii: "\"") { break }
      try unescape(to: &text, expected)
    }
    position += 1
    guard let text = String(validating: text, as: UTF8.self) else { throw wrong("\(expected), in UTF-8") }
    return text
  }

  private mutating func unescape(to text: inout [UInt8], _ expected: String) throws(ExchangeError) {
    try skip(UInt8(ascii: "\\"), "\(expected) without a control character")
    guard position < bytes.count else { throw wrong(expected) }
    let letter = bytes[position]
    if letter == UInt8(ascii: "u") {
      text += try unicode(expected)
    } else if let byte = Self.escapes[letter] {
      text.append(byte)
      position += 1
    } else {
      throw wrong("\(expected) with the escapes of JSON")
    }
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D,
    UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
  ]

  /// Reads `u` and four hexadecimal digits, and the second half of a surrogate pair where the first asks for one.
  private mutating func unicode(_ expected: String) throws(ExchangeError) -> [UInt8] {
    var units = [try unit(expected)]
    if UTF16.isLeadSurrogate(units[0]) {
      try skip(UInt8(ascii: "\\"), "\(expected) with whole surrogate pairs")
      units.append(try unit(expected))
    }
    guard let text = String(validating: units, as: UTF16.self), units != [0] else {
      throw wrong("\(expected) of Unicode without NUL")
    }
    return Array(text.utf8)
  }

  private mutating func unit(_ expected: String) throws(ExchangeError) -> UInt16 {
    let digits = bytes[position...].prefix(5).dropFirst()
    let isEscape = bytes[position...].first == UInt8(ascii: "u") && digits.count == 4
    guard isEscape, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
      throw wrong("\(expected) with four hexadecimal digits after \\u")
    }
    position += 5
    return unit
  }
}

extension ExchangeLines {
  /// The beginning of a line, for a message.
  static func shown(_ bytes: some Collection<UInt8>) -> String {
    guard !bytes.isEmpty else { return "the end of the line" }
    let start = String(decoding: bytes.prefix(60), as: UTF8.self)
    return "“\(start)\(bytes.count > 60 ? "…" : "")”"
  }
}
