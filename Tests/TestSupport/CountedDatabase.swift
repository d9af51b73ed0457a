package import Storage
import Synchronization

/// A database that counts its reads, and the statements of each.
package final class CountedDatabase: Database {
  private let base: any Database
  private let counts = Mutex<[Int]>([])

  package init(base: any Database) { self.base = base }

  /// The statements of each read so far, those that ran again for each time.
  package var statements: [Int] { counts.withLock(\.self) }
  package var dialect: Dialect { base.dialect }

  package func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await base.read { connection in
      let counted = CountedConnection(base: connection)
      defer { self.counts.withLock { $0.append(counted.count) } }
      return try body(counted)
    }
  }

  package func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result { try await base.write(about: subject, body) }

  package func changes(on channel: String) async throws -> AsyncStream<String> {
    try await base.changes(on: channel)
  }

  package func close() async { await base.close() }
}

private final class CountedConnection: Connection {
  private let base: any Connection
  private(set) var count = 0

  init(base: any Connection) { self.base = base }

  var dialect: Dialect { base.dialect }
  var memory: Memory? { base.memory }
  var findings: Memory? { base.findings }

  func recogniseState() throws(DatabaseError) {
    count += 1
    try base.recogniseState()
  }

  func query(_ sql: SQL) throws(DatabaseError) -> [Row] {
    count += 1
    return try base.query(sql)
  }

  func send(_ sql: SQL) throws(DatabaseError) {
    count += 1
    try base.send(sql)
  }

  func expectFewRows() throws(DatabaseError) { try base.expectFewRows() }

  func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    count += 1
    try base.forEach(sql, body)
  }

  func run(script: String) throws(DatabaseError) {
    count += 1
    try base.run(script: script)
  }

  func insert(into table: String, columns: [String], rows: (any RowWriter) throws -> Void) throws -> Int {
    count += 1
    return try base.insert(into: table, columns: columns, rows: rows)
  }

  func savepoint<Result>(_ body: () throws -> Result) throws -> Result { try base.savepoint(body) }
  func notify(_ channel: String, _ payload: String) throws(DatabaseError) {
    try base.notify(channel, payload)
  }
}
