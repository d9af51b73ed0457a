import CPostgres

/// One connection to a server, used by one thread at a time.
final class PostgresConnection: Connection {
  let dialect = Dialect.postgres
  let handle: OpaquePointer
  var arguments = PostgresArguments()
  private var statements = StatementCache<PostgresStatement>(limit: 256)
  /// Those of transactions that expect few rows, whose plans are others.
  private var keyedStatements = StatementCache<PostgresStatement>(limit: 256)
  /// Whether the transaction expects few rows.
  var expectsFewRows = false
  private var prepared = 0
  let keepsStatements: Bool
  private let kept: Memory?
  private(set) var isReading = false
  private(set) var findings: Memory?
  private var fault = TransactionFault()
  /// A COPY owns the connection until it ends.
  var isCopying = false
  /// What opens the transaction, until it is sent.
  var opening: String?
  /// A commit is under way whose answer nobody waits for.
  private var isEnding = false
  private var depth = 0
  private var cursors = 0
  /// What reads asked before; nil where nobody keeps it.
  let foretold: ForetoldStatements?
  var foretelling: PostgresForetelling?
  /// Answers to what is about to be asked.
  var early: [(statement: SQL, result: PostgresResult)] = []
  /// How often the transaction has waited for the server.
  var waits = 0
  var confirming = PostgresConfirming()

  init(
    url: String,
    options: Postgres.Options,
    foretold: ForetoldStatements? = nil
  ) throws(DatabaseError) {
    handle = try connected(url: url, database: options.database)
    keepsStatements = !options.isPooled
    kept = options.memory
    self.foretold = foretold
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    kept?.value { KnownState() }.forget()
    if !options.isPooled { try command(options.settings) }
  }
  deinit { PQfinish(handle) }

  var memory: Memory? { isReading ? kept : nil }

  /// A snapshot is named by the transactions that it sees. One on a standby is not: those that are open are not in the name.
  func recogniseState() throws(DatabaseError) {
    guard let memory else { return }
    let rows = try query(
      "SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE CAST(pg_current_snapshot() AS TEXT) END"
    )
    let name = try rows.first?.decode(as: String?.self)
    findings = name.flatMap { $0 }.map { memory.value { KnownState() }.findings(of: $0) }
  }

  var isUsable: Bool {
    PQstatus(handle) == CONNECTION_OK && PQpipelineStatus(handle) == PQ_PIPELINE_OFF
      && (isEnding || PQtransactionStatus(handle) == PQTRANS_IDLE)
  }

  // MARK: transactions

  /// Runs `body` between `begin` and the commit. A lost conflict is what it throws, whatever `body` made of it.
  ///
  /// `begin` travels with the first statement, and what `send` was given with the commit; the commit of a read is not
  /// waited for.
  func transaction<Result>(
    _ begin: String,
    readOnly: Bool,
    _ body: (any Connection) throws -> Result
  ) throws -> Result {
    (fault, opening, isReading, findings) = (TransactionFault(), begin, readOnly, nil)
    (expectsFewRows, waits, foretelling, early) = (false, 0, nil, [])
    confirming = PostgresConfirming()
    defer { (foretelling, early) = (nil, []) }
    drain()
    do {
      let result = try body(self)
      try fault.check()
      if let refusal = confirming.refusal { throw refusal }
      if opening == nil { if readOnly { try end() } else { try commit() } }
      learn()
      return result
    } catch {
      abandon()
      if opening == nil, PQtransactionStatus(handle) != PQTRANS_IDLE { try? command("ROLLBACK") }
      throw confirming.refusal ?? (fault.isFinal ? fault.error ?? error : error)
    }
  }

  /// Ends a read without waiting for the answer, which `drain` takes.
  private func end() throws(DatabaseError) {
    if isPiped { _ = try collect() }
    isEnding = PQsendQuery(handle, "COMMIT") == 1
  }

  private func drain() {
    guard isEnding else { return }
    isEnding = false
    while let result = PQgetResult(handle) { PQclear(result) }
  }

  /// Once the commit is sent, a broken connection leaves its outcome unknown.
  private func commit() throws(DatabaseError) {
    try checkAlive()
    if confirming.isUnderWay { _ = try collect() }
    do throws(DatabaseError) {
      if isPiped {
        try pipe("COMMIT")
        _ = try collect()
      } else {
        try command("COMMIT")
      }
    } catch {
      if case .unreachable(let message) = error { throw .outcomeUnknown(message) }
      throw error
    }
  }

  /// A connection known to be broken before the commit is sent leaves no doubt: nothing was kept.
  private func checkAlive() throws(DatabaseError) {
    for _ in 0..<2 where PQconsumeInput(handle) == 1 { _ = PQisBusy(handle) }
    guard PQstatus(handle) == CONNECTION_OK else { throw postgresError(nil, handle) }
  }

  /// Sends what opens the transaction, unless it has been sent, and waits for all that is under way.
  func open() throws(DatabaseError) {
    if isPiped { _ = try collect() }
    guard let begin = opening else { return }
    opening = nil
    try command(begin)
  }

  func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
    try ready()
    depth += 1
    defer { depth -= 1 }
    let name = "s\(depth)"
    try attempt { () throws(DatabaseError) in try command("SAVEPOINT \(name)") }
    do {
      let result = try body()
      try fault.check()
      try attempt { () throws(DatabaseError) in
        try open()
        try command("RELEASE \(name)")
      }
      return result
    } catch {
      abandon()
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
    return try attempt { () throws(DatabaseError) in
      if let result = foreseen(sql) { return try result.rows() }
      let result = try execute(sql)
      note(sql, size: result.size)
      return try result.rows()
    }
  }

  func run(script: String) throws(DatabaseError) {
    try ready()
    try attempt { () throws(DatabaseError) in try command(script) }
  }

  func notify(_ channel: String, _ payload: String) throws(DatabaseError) {
    try send("SELECT pg_notify(\(channel), \(payload))")
  }

  /// Reads through a cursor, so that `body` may use the connection too.
  func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    guard sql.isSelection else { return try query(sql).forEach(body) }
    try check()
    if let result = foreseen(sql) { return try forEach(of: result, body) }
    try ready()
    cursors += 1
    let name = "c\(cursors)"
    _ = try attempt { () throws(DatabaseError) in
      try run(sql, prefix: "DECLARE \(name) NO SCROLL CURSOR FOR ")
    }
    defer {
      if fault.error == nil {
        try? attempt { () throws(DatabaseError) in
          try open()
          try command("CLOSE \(name)")
        }
      }
    }
    var size = 0
    while true {
      let rows = try attempt { () throws(DatabaseError) in
        try open()
        waits += 1
        return PostgresResult(try accepted(PQexec(handle, "FETCH FORWARD 1000 FROM \(name)")))
      }
      size += rows.size
      try forEach(of: rows, body)
      if rows.rowCount < 1_000 { return note(sql, size: size) }
    }
  }

  private func forEach(of rows: PostgresResult, _ body: (Row) throws -> Void) throws {
    for index in 0..<rows.rowCount {
      try body(try attempt { () throws(DatabaseError) in try rows.row(index) })
    }
  }

  func execute(_ sql: SQL) throws(DatabaseError) -> PostgresResult {
    guard keepsStatements else {
      try open()
      return try run(sql, prefix: "")
    }
    try arguments.set(sql)
    let statement = try statement(for: sql)
    if opening != nil || isPiped {
      try pipe(statement)
      return try collect()
    }
    waits += 1
    let count = Int32(arguments.count)
    let result = arguments.withPointers { PQexecPrepared(handle, statement.name, count, $0, nil, nil, 0) }
    return PostgresResult(try accepted(result))
  }

  /// Runs a statement that is not kept.
  private func run(_ sql: SQL, prefix: String) throws(DatabaseError) -> PostgresResult {
    let text = prefix + sql.rendered { "$\($0)" }.text
    try arguments.set(sql)
    let types = arguments.types
    waits += 1
    let result = arguments.withPointers { pointers in
      PQexecParams(handle, text, Int32(types.count), types, pointers, nil, nil, 0)
    }
    return PostgresResult(try accepted(result))
  }

  /// The statement kept for `sql`, prepared again when a parameter's type has changed.
  func statement(for sql: SQL) throws(DatabaseError) -> PostgresStatement {
    if let kept = kept(sql) { return kept }
    try open()
    let (statement, text) = preparing(sql)
    waits += 1
    PQclear(
      try accepted(PQprepare(handle, statement.name, text, Int32(statement.types.count), statement.types))
    )
    if let gone = keep(statement, for: sql) { try command("DEALLOCATE \(gone.name)") }
    return statement
  }

  /// The one prepared for `sql` that takes the values that are set.
  func kept(_ sql: SQL) -> PostgresStatement? {
    let kept = expectsFewRows ? keyedStatements.find(sql) : statements.find(sql)
    return kept.flatMap { $0.takes(arguments.types) ? $0 : nil }
  }

  /// The statement to be prepared for `sql`, which takes the values that are set and what was seen before.
  private func preparing(_ sql: SQL) -> (statement: PostgresStatement, text: String) {
    let last = expectsFewRows ? keyedStatements.find(sql) : statements.find(sql)
    prepared += 1
    let types = last?.refining(arguments.types) ?? arguments.types
    return (PostgresStatement(name: "p\(prepared)", types: types), sql.rendered { "$\($0)" }.text)
  }

  /// Keeps a statement and returns the one that had to go for it.
  private func keep(_ statement: PostgresStatement, for sql: SQL) -> PostgresStatement? {
    expectsFewRows ? keyedStatements.keep(statement, for: sql) : statements.keep(statement, for: sql)
  }

  /// Prepares a statement without waiting for the server's word that it did.
  func pipePreparation(of sql: SQL) throws(DatabaseError) -> PostgresStatement {
    let (statement, text) = preparing(sql)
    try beginPipe()
    guard
      PQsendPrepare(handle, statement.name, text, Int32(statement.types.count), statement.types) == 1
    else { throw postgresError(nil, handle) }
    confirming.sent += 1
    if let gone = keep(statement, for: sql) { try pipe("DEALLOCATE \(gone.name)") }
    return statement
  }

  func forgetStatement(_ sql: SQL) {
    if expectsFewRows { keyedStatements.forget(sql) } else { statements.forget(sql) }
  }

  /// Runs statements whose rows nobody wants, without parameters.
  func command(_ text: String) throws(DatabaseError) {
    waits += 1
    PQclear(try accepted(PQexec(handle, text)))
  }

  func accepted(_ result: OpaquePointer?) throws(DatabaseError) -> OpaquePointer? {
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_EMPTY_QUERY: return result
    default:
      defer { PQclear(result) }
      throw postgresError(result, handle)
    }
  }

  /// Checks that a statement may run, and opens the transaction.
  func ready() throws(DatabaseError) {
    try check()
    try attempt { () throws(DatabaseError) in try open() }
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
