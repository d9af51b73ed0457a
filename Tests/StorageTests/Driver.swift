import Dispatch
import Foundation
import Storage
import TestSupport
import Testing

/// Every way a database is driven; the conformance suite runs on each.
enum Driver: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case memory, file, postgres
  /// PostgreSQL as behind a transaction pooler: nothing kept from one transaction to the next.
  case pooled

  var testDescription: String { rawValue }
  static var available: [Driver] { allCases.filter { Backend.postgresURL != nil || $0.isSQLite } }
  static var onServer: [Driver] { available.filter { !$0.isSQLite } }
  /// Those whose readers and writers work at the same time.
  static var concurrent: [Driver] { available.filter { $0 != .memory } }
  var isSQLite: Bool { self == .memory || self == .file }

  /// Opens a fresh database with these statements run, and ends it after `body`.
  func withDatabase(
    _ schema: (Dialect) -> String = { _ in "" },
    patience: Duration = Backend.patience,
    connections: Int = 8,
    _ body: (any Database) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "procure-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "test.sqlite").path
    let database = try await open(path: path, patience: patience, connections: connections)
    let script = schema(database.dialect)
    try await database.write { try $0.run(script: script) }
    try await body(database)
    await database.close()
  }

  private func open(path: String, patience: Duration, connections: Int) async throws -> any Database {
    switch self {
    case .memory, .file:
      var options = SQLite.Options()
      options.patience = patience
      options.readers = connections
      return try SQLite(path: self == .memory ? ":memory:" : path, options: options)
    case .postgres, .pooled:
      var options = Postgres.Options()
      options.patience = patience
      options.connections = connections
      options.isPooled = self == .pooled
      options.listenURL = Backend.postgresURL
      return try await Backend.postgres(options: options)
    }
  }
}

extension Database {
  /// All rows of one statement, as values.
  func rows(_ sql: SQL) async throws -> [[Value]] {
    try await read { try $0.query(sql).map(\.values) }
  }
  func run(_ sql: SQL) async throws { try await write { try $0.execute(sql) } }
}

/// A place where a database's thread tells the test that it has arrived, and waits to be let on.
final class Gate: Sendable {
  private let arrivals = AsyncStream.makeStream(of: Void.self)
  private let door = DispatchSemaphore(value: 0)

  /// Called by the closure of a transaction.
  func pass() {
    arrivals.continuation.yield()
    door.wait()
  }
  func arrival() async { for await _ in arrivals.stream { return } }
  func open() { door.signal() }
}

/// A table of one integer key, a text and a real, without rows.
func sampleTable(_ dialect: Dialect) -> String {
  """
  CREATE TABLE sample (
    id \(dialect.identity),
    whole \(dialect.integer),
    name \(dialect.text) UNIQUE,
    size \(dialect.real) CHECK (size < 1e300)
  \(dialect.end)
  """
}
