import CSQLite

/// One handle of a SQLite file, used by one thread at a time.
final class SQLiteConnection: Connection {
  let dialect = Dialect.sqlite
  let handle: OpaquePointer
  private let kept: Memory?
  private var statements = StatementCache<SQLiteStatement>(limit: 256)
  private var depth = 0
  private(set) var fault = TransactionFault()
  /// A bulk insert owns the connection until it ends, as a COPY does on PostgreSQL.
  var isInserting = false
  /// Set while a read is under way: a statement that writes is refused.
  private(set) var refusesWrites = false
  private(set) var notified: [(channel: String, payload: String)] = []

  init(path: String, flags: Int32, memory: Memory? = nil) throws(DatabaseError) {
    kept = memory
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, nil)
    guard code == SQLITE_OK, let handle else {
      sqlite3_close_v2(handle)
      throw .unreachable("\(path): \(String(cString: sqlite3_errstr(code)))")
    }
    self.handle = handle
    sqlite3_extended_result_codes(handle, 1)
  }

  var memory: Memory? { refusesWrites ? kept : nil }
  var findings: Memory? { nil }
  func recogniseState() {}

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Runs `body` between `begin` and the commit; what `body` notified is returned for delivery.
  func transaction<Result>(
    _ begin: String,
    readOnly: Bool,
    _ body: (any Connection) throws -> Result
  ) throws -> Result {
    (fault, refusesWrites, notified) = (TransactionFault(), false, [])
    try control(SQL(stringLiteral: begin))
    refusesWrites = readOnly
    do {
      let result = try body(self)
      try fault.check()
      refusesWrites = false
      try control("COMMIT")
      return result
    } catch {
      refusesWrites = false
      notified = []
      if sqlite3_get_autocommit(handle) == 0 { try? control("ROLLBACK") }
      throw error
    }
  }

  /// A statement about the transaction itself, whatever has failed in it.
  private func control(_ sql: SQL) throws(DatabaseError) {
    let statement = try prepared(sql)
    statement.isBusy = true
    defer { statement.reset() }
    let code = sqlite3_step(statement.handle)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw sqliteError(code, handle) }
  }

  func query(_ sql: SQL) throws(DatabaseError) -> [Row] {
    let statement = try started(sql)
    defer { statement.reset() }
    var rows: [Row] = []
    while try step(statement) { rows.append(try statement.row()) }
    return rows
  }

  func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    let statement = try started(sql)
    defer { statement.reset() }
    while try step(statement) { try body(try statement.row()) }
  }

  func run(script: String) throws(DatabaseError) {
    try check()
    let code = sqlite3_exec(handle, script, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(sqliteError(code, handle)) }
  }

  func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
    try check()
    depth += 1
    defer { depth -= 1 }
    let kept = notified.count
    let name = SQL(stringLiteral: "s\(depth)")
    try control("SAVEPOINT \(name)")
    do {
      let result = try body()
      try fault.check()
      try control("RELEASE \(name)")
      return result
    } catch {
      try rollBack(to: name, keeping: kept)
      throw error
    }
  }

  private func rollBack(to name: SQL, keeping kept: Int) throws(DatabaseError) {
    notified.removeSubrange(kept...)
    guard sqlite3_get_autocommit(handle) == 0 else { return }
    try control("ROLLBACK TO \(name)")
    try control("RELEASE \(name)")
    fault.mend()
  }

  func notify(_ channel: String, _ payload: String) throws(DatabaseError) {
    try check()
    notified.append((channel, payload))
  }

  // MARK: statements

  private func started(_ sql: SQL) throws(DatabaseError) -> SQLiteStatement {
    try check()
    do throws(DatabaseError) {
      let statement = try prepared(sql)
      guard !refusesWrites || statement.isReadOnly else {
        throw .readOnly("a read cannot change anything")
      }
      try statement.bind(sql)
      statement.isBusy = true
      return statement
    } catch {
      throw failure(error)
    }
  }

  /// Whether the statement stands on a row.
  func step(_ statement: SQLiteStatement) throws(DatabaseError) -> Bool {
    switch sqlite3_step(statement.handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(sqliteError(code, handle))
    }
  }

  func attempt<Result>(_ body: () throws(DatabaseError) -> Result) throws(DatabaseError) -> Result {
    do throws(DatabaseError) { return try body() } catch { throw failure(error) }
  }

  func failure(_ error: DatabaseError) -> DatabaseError {
    fault.record(error, isFinal: sqlite3_get_autocommit(handle) != 0)
    return error
  }

  func check() throws(DatabaseError) {
    try fault.check()
    if isInserting { throw .failed("a bulk insert is under way; finish it before the next statement") }
  }

  /// The kept statement, or another one while that is being stepped.
  func prepared(_ sql: SQL) throws(DatabaseError) -> SQLiteStatement {
    let kept = statements.find(sql)
    if let kept, !kept.isBusy { return kept }
    var pointer: OpaquePointer?
    let text = sql.rendered { "?\($0)" }.text
    let code = sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
    guard code == SQLITE_OK else { throw sqliteError(code, handle) }
    guard let pointer else { throw .failed("an empty statement") }
    let statement = SQLiteStatement(handle: pointer)
    if kept == nil { _ = statements.keep(statement, for: sql) }
    return statement
  }
}
