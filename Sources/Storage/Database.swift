/// A store of rows. The one interface every backend offers.
///
/// The closures are synchronous on purpose: nothing can interleave with a transaction, and a connection,
/// not being `Sendable`, cannot leave its closure.
package protocol Database: Sendable {
  var dialect: Dialect { get }
  /// Runs `body` on a read-only snapshot.
  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result
  /// Does reads one after the other, each on a snapshot of its own, for as long as `next` has one. What fails ends them,
  /// and nothing is done twice.
  func reads(_ next: @escaping @Sendable () -> (@Sendable (any Connection) throws -> Void)?) async throws
  /// Runs `body` in a serialisable transaction, rolled back when `body` throws.
  ///
  /// `body` may run more than once: it must do nothing but talk to the connection it is given. Transactions that name
  /// one `subject` change the same rows: they would meet, and all but one of them run again, so those of this process wait
  /// for each other instead. It is a matter of speed alone.
  @discardableResult
  func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result
  /// Does a work in one transaction with others of its kind that came meanwhile. What `condition`, checked there before
  /// it, throws is the work's own refusal.
  func write<Work: JointWork>(
    jointly work: Work,
    after condition: JointCondition?
  ) async throws -> Work.Answer
  /// The payloads notified on `channel` by transactions that committed after this call.
  func changes(on channel: String) async throws -> AsyncStream<String>
  /// Ends the connections; pending calls finish first.
  func close() async
  /// How busy the connections are; nil where there is no pool to wait for.
  var poolUse: PoolUse? { get }
  /// What reads keep for later ones; nil where nobody keeps anything. Outside a snapshot nothing tells whether it still
  /// holds: whoever uses it compares its mark in the transaction that depends on it.
  var memory: Memory? { get }
}

extension Database {
  package var poolUse: PoolUse? { nil }
  package var memory: Memory? { nil }

  package func reads(_ next: @escaping @Sendable () -> (@Sendable (any Connection) throws -> Void)?)
    async throws
  {
    while let body = next() { try await read(body) }
  }

  @discardableResult
  package func write<Result: Sendable>(
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await write(about: nil, body)
  }
}

/// How many of a pool's connections are lent, and how many callers wait for one.
package struct PoolUse: Sendable, Equatable {
  package var limit: Int
  package var lent: Int
  package var waiting: Int
}

/// An open connection, inside a transaction.
package protocol Connection: AnyObject {
  var dialect: Dialect { get }
  /// What earlier reads of this database left; nil in a transaction that writes, and where nobody keeps anything.
  var memory: Memory? { get }
  /// What earlier reads found in the very state that this snapshot shows; nil where nobody asked which one that is.
  var findings: Memory? { get }
  /// Asks which state of the database the snapshot shows, so that `findings` are those of it. An engine that gives its
  /// states no names, or answers faster than one could compare them, leaves `findings` nil.
  func recogniseState() throws(DatabaseError)
  /// All rows of one statement.
  func query(_ sql: SQL) throws(DatabaseError) -> [Row]
  /// Runs a statement whose rows nobody wants and whose answer need not be waited for.
  ///
  /// Its failure may be told by a later statement of the transaction instead, by its commit at the latest. Nothing that
  /// follows can take effect without it.
  func send(_ sql: SQL) throws(DatabaseError)
  /// Says that the rest of the transaction finds few rows, each by a key.
  ///
  /// An engine that plans by how large tables are then plans for keys, once for all values, and does not take a small
  /// table as a whole, which would put the transaction in the way of everyone who changes any of its rows.
  func expectFewRows() throws(DatabaseError)
  /// Says what the read that begins is about: an engine that answers over a network then sends ahead what reads about the
  /// same asked last time, and keeps the answers until they are asked for. A matter of speed alone: what was not foreseen
  /// is asked for as ever, and everything is answered from the one snapshot. To be called before the first statement.
  ///
  /// - Parameters:
  ///   - subject: what is read and for whom; whatever the values of the statements depend on.
  ///   - kind: reads of one kind ask alike, whatever they are about.
  /// - Throws: the loss of the connection; a statement that fails ahead leaves the read as it was.
  func foretell(_ subject: String, of kind: String) throws(DatabaseError)
  /// Says which statements will be asked next: an engine that answers over a network sends them together and waits
  /// once. Each answer is given once, to the statement of the same text with the same values, until others are asked ahead.
  /// Nothing that they read may be changed by this transaction before they are asked.
  func askAhead(_ statements: [SQL]) throws(DatabaseError)
  /// Asks something on which the transaction depends and goes on without the answer, where that has to be waited for.
  ///
  /// `check` sees the answer before that to any later statement is given, and before the commit. What it throws is what
  /// the transaction throws, whatever became of the rest.
  func confirm(_ sql: SQL, _ check: @escaping ([Row]) throws -> Void) throws
  /// How often this transaction has waited for a server so far; 0 where there is none.
  var waits: Int { get }
  /// The rows of one statement, one at a time, in bounded memory.
  func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws
  /// Runs statements that bind nothing, separated by semicolons (migrations).
  func run(script: String) throws(DatabaseError)
  /// Inserts many rows by the engine's fastest path and returns their number.
  ///
  /// `rows` calls the writer once for each value, in the order of `columns`, and `endRow()` after each row.
  @discardableResult
  func insert(
    into table: String,
    columns: [String],
    rows: (any RowWriter) throws -> Void
  ) throws -> Int
  /// Inserts rows as `insert` does, without waiting for few of them to be taken: their failure may be told later, as that
  /// of `send`.
  func sendRows(into table: String, columns: [String], rows: (any RowWriter) throws -> Void) throws
  /// Runs `body`; when it throws, what it wrote is undone and the transaction goes on.
  func savepoint<Result>(_ body: () throws -> Result) throws -> Result
  /// Tells every listener of `channel`, once the transaction has committed.
  func notify(_ channel: String, _ payload: String) throws(DatabaseError)
}

/// Takes the values of a bulk insert.
package protocol RowWriter: AnyObject {
  func null()
  func integer(_ value: Int64)
  func real(_ value: Double)
  func text(_ value: String)
  func endRow() throws(DatabaseError)
}

extension RowWriter {
  /// Inlined, because every value of a bulk insert passes here.
  @inlinable package func value(_ value: (some Bindable)?) {
    switch value?.sqlValue ?? .null {
    case .null: null()
    case .integer(let integer): self.integer(integer)
    case .real(let real): self.real(real)
    case .text(let text): self.text(text)
    }
  }
}

extension Connection {
  package func execute(_ sql: SQL) throws(DatabaseError) { _ = try query(sql) }
  package func send(_ sql: SQL) throws(DatabaseError) { _ = try query(sql) }
  package func sendRows(
    into table: String,
    columns: [String],
    rows: (any RowWriter) throws -> Void
  ) throws { try insert(into: table, columns: columns, rows: rows) }
  package func expectFewRows() throws(DatabaseError) {}
  package func foretell(_ subject: String, of kind: String) throws(DatabaseError) {}
  package func askAhead(_ statements: [SQL]) throws(DatabaseError) {}
  package func confirm(_ sql: SQL, _ check: @escaping ([Row]) throws -> Void) throws { try check(query(sql)) }
  package var waits: Int { 0 }

  /// Whether one statement may change several tables, as parts of a `WITH`.
  package var combinesChanges: Bool { dialect == .postgres }

  /// Runs changes that read one source, a named query such as `line AS (SELECT …)`, and returns the rows of the last.
  /// None of them may read what another writes: an engine that takes them all in one statement gets one.
  @discardableResult
  package func query(_ statements: [SQL], reading source: SQL) throws(DatabaseError) -> [Row] {
    guard combinesChanges, let last = statements.last else {
      var rows: [Row] = []
      for statement in statements { rows = try query("WITH \(source) \(statement)") }
      return rows
    }
    let others = statements.dropLast().enumerated().map { place, statement in
      SQL(joining: [SQL(stringLiteral: "part\(place) AS ("), statement, ")"], by: "")
    }
    return try query("WITH \(SQL(joining: [source] + others, by: ", ")) \(last)")
  }
}
