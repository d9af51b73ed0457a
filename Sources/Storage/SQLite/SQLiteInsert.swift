extension SQLiteConnection {
  package func insert(
    into table: String,
    columns: [String],
    rows: (any RowWriter) throws -> Void
  ) throws -> Int {
    try fault.check()
    let writer = try SQLiteRowWriter(self, table: table, columns: columns)
    defer { writer.statement.reset() }
    do {
      try rows(writer)
      return try writer.finish()
    } catch {
      throw (error as? DatabaseError).map(failure) ?? error
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
      "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(placeholders))"
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
