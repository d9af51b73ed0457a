import CPostgres
import Glibc

/// One connection to a server, used by one thread at a time.
final class PostgresConnection: Connection {
  let dialect = Dialect.postgres
  let handle: OpaquePointer
  private var arguments = PostgresArguments()
  private var statements = PostgresStatements()
  private let keepsStatements: Bool
  private var fault = TransactionFault()
  /// A COPY owns the connection until it ends.
  var isCopying = false
  private var depth = 0
  private var cursors = 0

  init(url: String, options: Postgres.Options) throws(DatabaseError) {
    handle = try connected(url: url, database: options.database)
    keepsStatements = !options.isPooled
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    if !options.isPooled { try command(options.settings) }
  }
  deinit { PQfinish(handle) }

  var isUsable: Bool { PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE }

  // MARK: transactions

  /// Runs `body` between `begin` and the commit. A lost conflict is what it throws, whatever `body` made of it.
  func transaction<Result>(
    _ begin: String,
    readOnly: Bool,
    _ body: (any Connection) throws -> Result
  ) throws -> Result {
    fault = TransactionFault()
    try command(begin)
    do {
      let result = try body(self)
      try fault.check()
      try commit(readOnly: readOnly)
      return result
    } catch {
      if PQtransactionStatus(handle) != PQTRANS_IDLE { try? command("ROLLBACK") }
      throw fault.isFinal ? fault.error ?? error : error
    }
  }

  /// Once the commit is sent, a broken connection leaves its outcome unknown.
  private func commit(readOnly: Bool) throws(DatabaseError) {
    guard PQstatus(handle) == CONNECTION_OK else { throw .unreachable("the connection broke") }
    do throws(DatabaseError) {
      try command("COMMIT")
    } catch .unreachable(let message) {
      if !readOnly { throw .outcomeUnknown(message) }
    }
  }

  func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
    try check()
    depth += 1
    defer { depth -= 1 }
    let name = "s\(depth)"
    try attempt { () throws(DatabaseError) in try command("SAVEPOINT \(name)") }
    do {
      let result = try body()
      try fault.check()
      try attempt { () throws(DatabaseError) in try command("RELEASE \(name)") }
      return result
    } catch {
      try attempt { () throws(DatabaseError) in
        try command("ROLLBACK TO \(name); RELEASE \(name)")
      }
      fault.mend()
      throw error
    }
  }

  // MARK: statements

  func query(_ sql: SQL) throws(DatabaseError) -> [Row] {
    try check()
    return try attempt { () throws(DatabaseError) in try execute(sql).rows() }
  }

  func run(script: String) throws(DatabaseError) {
    try check()
    try attempt { () throws(DatabaseError) in try command(script) }
  }

  func notify(_ channel: String, _ payload: String) throws(DatabaseError) {
    _ = try query("SELECT pg_notify(\(channel), \(payload))")
  }

  /// Reads through a cursor, so that `body` may use the connection too.
  func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    guard sql.isSelection else { return try query(sql).forEach(body) }
    try check()
    cursors += 1
    let name = "c\(cursors)"
    _ = try attempt { () throws(DatabaseError) in
      try run(sql, prefix: "DECLARE \(name) NO SCROLL CURSOR FOR ")
    }
    defer { if fault.error == nil { try? command("CLOSE \(name)") } }
    while true {
      let rows = try attempt { () throws(DatabaseError) in
        PostgresResult(try accepted(PQexec(handle, "FETCH FORWARD 1000 FROM \(name)")))
      }
      for index in 0..<rows.rowCount { try body(try rows.row(index)) }
      if rows.rowCount < 1_000 { return }
    }
  }

  private func execute(_ sql: SQL) throws(DatabaseError) -> PostgresResult {
    guard keepsStatements else { return try run(sql, prefix: "") }
    let (text, values) = sql.rendered { "$\($0)" }
    try arguments.set(values)
    let name = try statement(for: text)
    let result = arguments.withPointers { pointers in
      PQexecPrepared(handle, name, Int32(values.count), pointers, nil, nil, 0)
    }
    return PostgresResult(try accepted(result))
  }

  /// Runs a statement that is not kept.
  private func run(_ sql: SQL, prefix: String) throws(DatabaseError) -> PostgresResult {
    let (text, values) = sql.rendered { "$\($0)" }
    try arguments.set(values)
    let types = arguments.types
    let result = arguments.withPointers { pointers in
      PQexecParams(handle, prefix + text, Int32(values.count), types, pointers, nil, nil, 0)
    }
    return PostgresResult(try accepted(result))
  }

  private func statement(for text: String) throws(DatabaseError) -> String {
    if let name = statements.name(for: text, types: arguments.types) { return name }
    if let old = statements.evicted(by: text) { try command("DEALLOCATE \(old)") }
    let (name, types) = statements.next(for: text, types: arguments.types)
    PQclear(try accepted(PQprepare(handle, name, text, Int32(types.count), types)))
    statements.keep(name, types: types, for: text)
    return name
  }

  /// Runs statements whose rows nobody wants, without parameters.
  func command(_ text: String) throws(DatabaseError) { PQclear(try accepted(PQexec(handle, text))) }

  func accepted(_ result: OpaquePointer?) throws(DatabaseError) -> OpaquePointer? {
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_EMPTY_QUERY: return result
    default:
      defer { PQclear(result) }
      throw postgresError(result, handle)
    }
  }

  func check() throws(DatabaseError) {
    try fault.check()
    if isCopying { throw .failed("a bulk insert is under way; finish it before the next statement") }
  }

  /// Records what fails in `body`, so that nothing but a savepoint's rollback goes on after it.
  func attempt<Result>(_ body: () throws(DatabaseError) -> Result) throws(DatabaseError) -> Result {
    do throws(DatabaseError) { return try body() } catch {
      fault.record(error, isFinal: error.endsTransaction)
      throw error
    }
  }
}

extension DatabaseError {
  /// No savepoint mends it.
  fileprivate var endsTransaction: Bool {
    switch self {
    case .conflict, .unreachable: true
    default: false
    }
  }
}

extension SQL {
  /// Whether a cursor can be declared for it.
  fileprivate var isSelection: Bool {
    guard case .text(let text)? = pieces.first else { return false }
    let word = text.drop { $0.isWhitespace || $0 == "(" }.prefix { $0.isLetter }.uppercased()
    return ["SELECT", "VALUES", "WITH"].contains(word)
  }
}

private func connected(url: String, database: String?) throws(DatabaseError) -> OpaquePointer {
  // What stands before `dbname` is a default the URL may override; what follows it overrides the URL.
  let parameters = [
    ("connect_timeout", "10"), ("fallback_application_name", "procure"), ("dbname", url),
    ("client_encoding", "UTF8"), ("dbname", database ?? ""),
  ]
  let strings = parameters.map { (strdup($0), strdup($1)) }
  defer { for string in strings.flatMap({ [$0.0, $0.1] }) { free(string) } }
  let keywords = strings.map { UnsafePointer($0.0) } + [nil]
  let values = strings.map { UnsafePointer($0.1) } + [nil]
  guard let handle = PQconnectdbParams(keywords, values, 1) else { throw .unreachable("out of memory") }
  guard PQstatus(handle) == CONNECTION_OK else {
    defer { PQfinish(handle) }
    throw postgresError(nil, handle)
  }
  return handle
}
