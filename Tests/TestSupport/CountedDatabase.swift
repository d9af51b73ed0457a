package import Storage
import Synchronization

/// A database that counts its reads, the statements of each and how often it waited for the server; one that keeps something
/// between them where a memory is given.
package final class CountedDatabase: Database {
  private let base: any Database
  private let counts = Mutex<[CountedRead]>([])
  package let memory: Memory?

  package init(base: any Database, remembering memory: Memory? = nil) {
    self.base = base
    self.memory = memory
  }

  /// The statements of each read so far, those that ran again for each time.
  package var statements: [Int] { reads.map(\.statements) }
  package var reads: [CountedRead] { counts.withLock(\.self) }
  package var dialect: Dialect { base.dialect }

  package func read<Result: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Result
  ) async throws -> Result {
    try await base.read { connection in
      let counted = CountedConnection(base: connection)
      // It is counted when it begins: whom it answers may go on before it has ended.
      let place = self.counts.withLock { reads in
        reads.append(CountedRead(statements: 0, waits: 0))
        return reads.count - 1
      }
      defer {
        let read = CountedRead(statements: counted.count, waits: connection.waits, subject: counted.subject)
        self.counts.withLock { $0[place] = read }
      }
      return try body(counted)
    }
  }

  package func write<Result: Sendable>(
    about subject: String?,
    _ body: @Sendable (any Connection) throws -> Result
  ) async throws -> Result { try await base.write(about: subject, body) }

  package func write<Work: JointWork>(
    jointly work: Work,
    after condition: JointCondition?
  ) async throws -> Work.Answer { try await base.write(jointly: work, after: condition) }

  package func changes(on channel: String) async throws -> AsyncStream<String> {
    try await base.changes(on: channel)
  }

  package func close() async { await base.close() }
}

package struct CountedRead: Sendable, Equatable {
  package var statements: Int
  package var waits: Int
  /// What it said that it was about, where it did.
  package var subject: String?
}

private final class CountedConnection: Connection {
  private let base: any Connection
  private(set) var count = 0
  private(set) var subject: String?

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

  func foretell(_ subject: String, of kind: String) throws(DatabaseError) {
    self.subject = subject
    try base.foretell(subject, of: kind)
  }

  var waits: Int { base.waits }

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
