extension Exchange {
  /// Takes an export into a database that was migrated and not used, inside the caller's transaction.
  ///
  /// The rows go in by the engine's bulk insert, in memory bounded by the longest line; every count and digest is
  /// compared before this returns, so that a caller who lets the error pass up stores all of it or nothing.
  ///
  /// - Parameters:
  ///   - descriptor: where the export is read from, at its beginning.
  ///   - connection: a transaction that writes.
  ///   - fresh: what a database holds that was just migrated; rows beyond these are refused, these are replaced.
  /// - Returns: what was taken, which is what the export said.
  /// - Throws: `ExchangeError` with the line, what was found there and what was expected.
  @discardableResult
  package static func take(
    from descriptor: Int32,
    into connection: any Connection,
    fresh: ExchangeDigest
  ) throws -> ExchangeDigest {
    var lines = ExchangeLines(descriptor: descriptor)
    let tables = try Catalogue.tables(in: connection)
    try clear(tables, of: connection, fresh: fresh)
    let migrations = try Catalogue.migrations(in: connection)
    try ExchangeText.checkHeader(try lines.next(), migrations: migrations)
    var digest = ExchangeDigest()
    for table in tables { digest.add(try take(table, from: &lines, into: connection)) }
    try lines.expect(ExchangeText.total(digest), "the digest of what was read")
    if let line = try lines.next() {
      let found = ExchangeLines.shown(line)
      throw ExchangeError.line(lines.number, found: found, expected: "the end of the file")
    }
    return digest
  }

  /// The tables that hold anything but what the migrations put there, which is `fresh`; of those that hold
  /// something else the first row is read, no more.
  package static func usedTables(
    in connection: any Connection,
    fresh: ExchangeDigest
  ) throws -> [StoredTable] {
    try Catalogue.tables(in: connection).filter { table in
      let first = try connection.query(SQL(stringLiteral: "SELECT 1 FROM \(table.quoted) LIMIT 1"))
      guard !first.isEmpty else { return false }
      let untouched = fresh.tables.first { $0.name == table.name && $0.rows > 0 }
      guard let untouched else { return true }
      return try export(table, from: connection) { _ in } != untouched
    }
  }

  /// Takes out what the migrations put in; refuses anything else.
  private static func clear(
    _ tables: [StoredTable],
    of connection: any Connection,
    fresh: ExchangeDigest
  ) throws {
    if connection.dialect == .postgres { try connection.run(script: "SET LOCAL statement_timeout = 0") }
    let used = try usedTables(in: connection, fresh: fresh)
    guard used.isEmpty else { throw ExchangeError.notEmpty(used.map(\.name)) }
    let filled = Set(fresh.tables.filter { $0.rows > 0 }.map(\.name))
    for table in tables.reversed() where filled.contains(table.name) {
      try connection.execute(SQL(stringLiteral: "DELETE FROM \(table.quoted)"))
    }
  }

  private static func take(
    _ table: StoredTable,
    from lines: inout ExchangeLines,
    into connection: any Connection
  ) throws -> ExchangeDigest.Table {
    try lines.expect(ExchangeText.opening(table), "the columns of \(table.name)")
    var reading = TableReading(table, lines)
    do {
      try connection.deferringReferences(of: table) {
        try connection.insert(into: table.quoted, columns: table.quotedColumns) { writer in
          try reading.rows(to: writer)
        }
      }
    } catch let error as DatabaseError {
      throw reading.refusal(error)
    }
    lines = reading.lines
    let entry = reading.entry
    guard reading.last == ExchangeText.closing(entry) else { throw reading.mismatch(with: entry) }
    try connection.advanceIdentity(of: table)
    return entry
  }
}

/// The lines of one table on their way in, digested as they come.
private struct TableReading {
  private let table: StoredTable
  private(set) var lines: ExchangeLines
  private var digest = SHA256()
  private var rows = 0
  private let firstLine: Int
  /// The line after the last row.
  private(set) var last: [UInt8] = []

  init(_ table: StoredTable, _ lines: ExchangeLines) {
    self.table = table
    self.lines = lines
    firstLine = lines.number + 1
    digest.update(ExchangeText.opening(table) + Exchange.newline)
  }

  var entry: ExchangeDigest.Table { .init(name: table.name, rows: rows, sha256: digest.hex()) }

  mutating func rows(to writer: any RowWriter) throws {
    while let line = try lines.next() {
      guard line.first == UInt8(ascii: "[") else {
        last = line
        return
      }
      var row = ExchangeRow(line, of: table, line: lines.number)
      try row.write(to: writer)
      try end(writer)
      digest.update(line)
      digest.update(Exchange.newline)
      rows += 1
    }
  }

  private func end(_ writer: any RowWriter) throws(ExchangeError) {
    do throws(DatabaseError) { try writer.endRow() } catch {
      throw .refused(lines: lines.number...lines.number, table: table.name, error)
    }
  }

  /// The engine checked the rows together: which of them it refused, its own message says.
  func refusal(_ error: DatabaseError) -> ExchangeError {
    let lastLine = last.isEmpty ? lines.number : lines.number - 1
    return .refused(lines: min(firstLine, lastLine)...lastLine, table: table.name, error)
  }

  func mismatch(with entry: ExchangeDigest.Table) -> ExchangeError {
    let found = last.isEmpty ? "the end of the file" : ExchangeLines.shown(last)
    let expected = String(decoding: ExchangeText.closing(entry), as: UTF8.self)
    return .line(lines.number, found: found, expected: "a row of \(table.name), or \(expected)")
  }
}

extension ExchangeLines {
  fileprivate mutating func expect(_ expected: [UInt8], _ meaning: String) throws(ExchangeError) {
    let found = try next()
    guard found == expected else {
      throw .line(
        number,
        found: found.map { Self.shown($0) } ?? "the end of the file",
        expected: "\(String(decoding: expected, as: UTF8.self)), \(meaning)"
      )
    }
  }
}
