/// The whole content of a database as text, and back, between engines.
package enum Exchange {
  /// Writes everything that `connection` sees, in pieces of bounded size, and returns what it amounts to.
  @discardableResult
  package static func export(
    from connection: any Connection,
    to sink: ([UInt8]) throws -> Void
  ) throws -> ExchangeDigest {
    var digest = ExchangeDigest()
    try sink(ExchangeText.header(migrations: try Catalogue.migrations(in: connection)) + newline)
    for table in try Catalogue.tables(in: connection) {
      digest.add(try export(table, from: connection, to: sink))
    }
    try sink(ExchangeText.total(digest) + newline)
    return digest
  }

  /// What an export would amount to, without writing it.
  package static func digest(of connection: any Connection) throws -> ExchangeDigest {
    try export(from: connection) { _ in }
  }

  static let newline = [UInt8(ascii: "\n")]

  static func export(
    _ table: StoredTable,
    from connection: any Connection,
    to sink: ([UInt8]) throws -> Void
  ) throws -> ExchangeDigest.Table {
    var text = TableText(table)
    try connection.forEach(table.selection(on: connection.dialect)) { row in
      try text.append(row)
      if text.isLong { try sink(text.take()) }
    }
    let (rest, entry) = text.close()
    try sink(rest)
    return entry
  }
}

/// The lines of one table on their way out, digested as they leave.
private struct TableText {
  private let name: String
  private var bytes: [UInt8]
  private var digest = SHA256()
  private var rows = 0

  var isLong: Bool { bytes.count >= 1 << 16 }

  init(_ table: StoredTable) {
    name = table.name
    bytes = ExchangeText.opening(table) + Exchange.newline
  }

  mutating func append(_ row: Row) throws(DatabaseError) {
    rows += 1
    bytes.append(UInt8(ascii: "["))
    for (index, value) in row.values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      try bytes.append(json: value)
    }
    bytes.append(UInt8(ascii: "]"))
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    digest.update(bytes)
    return bytes
  }

  mutating func close() -> (rest: [UInt8], entry: ExchangeDigest.Table) {
    let rest = take()
    let entry = ExchangeDigest.Table(name: name, rows: rows, sha256: digest.hex())
    return (rest + ExchangeText.closing(entry) + Exchange.newline, entry)
  }
}
