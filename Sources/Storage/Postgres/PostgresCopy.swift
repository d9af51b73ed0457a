import CPostgres

extension PostgresConnection {
  package func insert(
    into table: String,
    columns: [String],
    rows: (any RowWriter) throws -> Void
  ) throws -> Int {
    try insert(into: table, columns: columns, rows: rows) { sql throws(DatabaseError) in _ = try execute(sql)
    }
  }

  package func sendRows(
    into table: String,
    columns: [String],
    rows: (any RowWriter) throws -> Void
  ) throws {
    _ = try insert(into: table, columns: columns, rows: rows) { sql throws(DatabaseError) in
      try send(sql)
      // The server begins with them while the rest is made.
      if isPiped, PQflush(handle) < 0 { throw postgresError(nil, handle) }
    }
  }

  /// Hands the statement that holds the rows to `run`, where they are few.
  private func insert(
    into table: String,
    columns: [String],
    rows: (any RowWriter) throws -> Void,
    run: (SQL) throws(DatabaseError) -> Void
  ) throws -> Int {
    try check()
    isCopying = true
    let writer = PostgresBulkWriter(columns.count) { () throws(DatabaseError) in
      try self.open()
      try self.command("COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN")
      return PostgresRowWriter(self.handle, width: columns.count)
    }
    do {
      try rows(writer)
      try writer.finish()
    } catch {
      isCopying = false
      throw writer.isCopying ? giveUp(because: error) : giveUpBefore(because: error)
    }
    isCopying = false
    try attempt { () throws(DatabaseError) in
      guard let rows = writer.rows else { return try end(message: nil) }
      if !rows.isEmpty { try run(rows.insertion(into: table, columns)) }
    }
    return writer.count
  }

  /// The same for rows that were not sent yet: on every engine the transaction cannot go on.
  private func giveUpBefore(because error: any Error) -> any Error {
    do throws(DatabaseError) {
      try attempt { () throws(DatabaseError) in throw .failed("a bulk insert was given up: \(error)") }
    } catch {}
    return error
  }

  /// Tells the server to drop the rows it has got; the transaction cannot go on outside a savepoint.
  private func giveUp(because error: any Error) -> any Error {
    do throws(DatabaseError) {
      try attempt { () throws(DatabaseError) in
        try end(message: "given up")
        throw .failed("a bulk insert was given up: \(error)")
      }
    } catch {
      // The server's own word is that the copy was given up; the caller's error says why.
      if case .unreachable = error { return error }
    }
    return error
  }

  private func end(message: String?) throws(DatabaseError) {
    guard PQputCopyEnd(handle, message) == 1 else { throw postgresError(nil, handle) }
    var error: DatabaseError?
    while let result = PQgetResult(handle) {
      if PQresultStatus(result) != PGRES_COMMAND_OK { error = error ?? postgresError(result, handle) }
      PQclear(result)
    }
    if let error { throw error }
  }
}

/// Writes the text format of COPY: the server checks it against the columns' own types, where the binary
/// format would take an integer's bits for a real's.
final class PostgresRowWriter: RowWriter {
  private let handle: OpaquePointer
  private let width: Int
  private var buffer: [UInt8] = []
  private var column = 0
  private(set) var count = 0
  private var error: DatabaseError?
  private static let capacity = 1 << 16

  init(_ handle: OpaquePointer, width: Int) {
    self.handle = handle
    self.width = width
    buffer.reserveCapacity(Self.capacity + 4_096)
  }

  func null() {
    separate()
    buffer += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
  }
  func integer(_ value: Int64) {
    separate()
    buffer.append(digits: value)
  }
  func real(_ value: Double) {
    separate()
    do { buffer += try storable(value).description.utf8 } catch { self.error = self.error ?? error }
  }
  func text(_ value: String) {
    separate()
    var value = value
    value.withUTF8 { append(escaped: $0) }
  }

  func endRow() throws(DatabaseError) {
    if let error { throw error }
    guard column == width else { throw .narrow(columns: column, expected: width) }
    buffer.append(UInt8(ascii: "\n"))
    column = 0
    count += 1
    if buffer.count >= Self.capacity { try flush() }
  }

  func finish() throws(DatabaseError) {
    if let error { throw error }
    guard column == 0 else { throw .narrow(columns: column, expected: width) }
    try flush()
  }

  private func separate() {
    if column > 0 { buffer.append(UInt8(ascii: "\t")) }
    column += 1
  }

  private func append(escaped bytes: UnsafeBufferPointer<UInt8>) {
    var plain = bytes.startIndex
    for (index, byte) in bytes.enumerated() where byte < 0x20 || byte == UInt8(ascii: "\\") {
      guard let letter = escape(byte) else { continue }
      buffer += bytes[plain..<index]
      buffer += [UInt8(ascii: "\\"), letter]
      plain = index + 1
    }
    buffer += bytes[plain...]
  }

  private func escape(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0:
      error = error ?? .unstorable("a text holds a NUL character, which cannot be stored")
      return nil
    case UInt8(ascii: "\n"): return UInt8(ascii: "n")
    case UInt8(ascii: "\r"): return UInt8(ascii: "r")
    case UInt8(ascii: "\t"): return UInt8(ascii: "t")
    case UInt8(ascii: "\\"): return byte
    default: return nil
    }
  }

  private func flush() throws(DatabaseError) {
    let sent = buffer.withUnsafeBytes { bytes in
      PQputCopyData(handle, bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count))
    }
    guard sent == 1 else { throw postgresError(nil, handle) }
    buffer.removeAll(keepingCapacity: true)
  }
}
