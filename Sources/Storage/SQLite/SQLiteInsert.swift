extension SQLiteConnection {
  package func insert(
    into table: String,
    columns: [String],
    rows: (any RowWriter) throws -> Void
  ) throws -> Int {
    try check()
    guard !refusesWrites else { throw failure(.readOnly("a read cannot change anything")) }
    let writer = try attempt { () throws(DatabaseError) in
      try SQLiteRowWriter(self, table: table, columns: columns)
    }
    isInserting = true
    defer {
      isInserting = false
      writer.statement.reset()
    }
    do {
      try rows(writer)
      return try writer.finish()
    } catch {
      _ = failure(error as? DatabaseError ?? .failed("a bulk insert was given up: \(error)"))
      throw error
    }
  }
}

/// Binds each value straight to the insert statement.
private final class SQLiteRowWriter: RowWriter {
  private let connection: SQLiteConnection
  let statement: SQLiteStatement
  private let width: Int32
  private var column: Int32 = 0
  private var count = 0
  private var error: DatabaseError?

  init(_ connection: SQLiteConnection, table: String, columns: [String]) throws(DatabaseError) {
    let placeholders = (1...max(columns.count, 1)).map { "?\($0)" }.joined(separator: ", ")
    self.connection = connection
    width = Int32(columns.count)
    statement = try connection.prepared(
      SQL(
        stringLiteral:
          "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(placeholders))"
      )
    )
    statement.isBusy = true
  }

  func null() {
    column += 1
    statement.bindNull(at: column)
  }
  func integer(_ value: Int64) {
    column += 1
    statement.bind(value, at: column)
  }
  func real(_ value: Double) {
    column += 1
    do { try statement.bind(value, at: column) } catch { self.error = self.error ?? error }
  }
  func text(_ value: String) {
    column += 1
    do { try statement.bind(value, at: column) } catch { self.error = self.error ?? error }
  }

  func endRow() throws(DatabaseError) {
    if let error { throw error }
    guard column == width else { throw .narrow(columns: Int(column), expected: Int(width)) }
    _ = try connection.step(statement)
    statement.restart()
    column = 0
    count += 1
  }

  func finish() throws(DatabaseError) -> Int {
    guard column == 0 else { throw .narrow(columns: Int(column), expected: Int(width)) }
    return count
  }
}
