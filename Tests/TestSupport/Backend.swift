package import Storage
import Testing

/// The engines that a test runs on.
package enum Backend: String, CaseIterable, CustomTestStringConvertible, Sendable {
  case sqlite

  package static var available: [Backend] { allCases }
  package var testDescription: String { rawValue }

  /// A database of its own, with the schema of `migrations`.
  package func migrated(_ migrations: [Migration]) async throws -> any Database {
    let database = try SQLite(path: ":memory:")
    _ = try await Migrator(migrations).migrate(database)
    return database
  }
}
