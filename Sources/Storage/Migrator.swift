/// Brings a database to the schema that the program needs.
package struct Migrator: Sendable {
  /// Where one migration stands.
  package enum State: String, Sendable, Equatable {
    case applied, pending
    /// Its script is no longer the one that ran.
    case edited
    /// It ran here, and this program does not know it.
    case unknown
  }
  package struct Entry: Sendable, Equatable {
    package let name: String
    package let state: State

    package init(name: String, state: State) { (self.name, self.state) = (name, state) }
  }

  private let migrations: [Migration]

  /// Merges the lists of the modules.
  package init(_ lists: [Migration]...) {
    migrations = lists.joined().sorted { $0.name < $1.name }
  }

  /// Every migration known here or there, in the order of their names.
  package func status(of database: any Database) async throws -> [Entry] {
    let applied = try await database.read { try Self.applied(in: $0) }
    return entries(given: applied, dialect: database.dialect)
  }

  /// Runs what is pending, each migration in its own transaction, and returns the names of those it ran.
  ///
  /// Safe beside another process that migrates: each migration is looked up again under a lock.
  @discardableResult
  package func migrate(_ database: any Database) async throws -> [String] {
    try duplicates()
    try await createTable(in: database)
    let entries = try await status(of: database)
    try refuseStrangers(in: entries)
    var ran: [String] = []
    for migration in migrations where try await run(migration, in: database) { ran.append(migration.name) }
    return ran
  }

  /// Throws unless the schema is exactly the one this program was written for.
  package func check(_ database: any Database) async throws {
    let entries = try await status(of: database)
    try refuseStrangers(in: entries)
    let pending = entries.filter { $0.state == .pending }.map(\.name)
    guard pending.isEmpty else { throw SchemaError.older(missing: pending) }
  }

  private func duplicates() throws(SchemaError) {
    for (first, second) in zip(migrations, migrations.dropFirst()) where first.name == second.name {
      throw .twice(first.name)
    }
  }

  private func refuseStrangers(in entries: [Entry]) throws(SchemaError) {
    if let edited = entries.first(where: { $0.state == .edited }) { throw .edited(edited.name) }
    let unknown = entries.filter { $0.state == .unknown }.map(\.name)
    guard unknown.isEmpty else { throw .newer(unknown: unknown) }
  }

  private func entries(given applied: [String: String], dialect: Dialect) -> [Entry] {
    let known = migrations.map { migration in
      let state: State =
        switch applied[migration.name] {
        case nil: .pending
        case migration.checksum(for: dialect): .applied
        default: .edited
        }
      return Entry(name: migration.name, state: state)
    }
    let names = Set(migrations.map(\.name))
    let strangers = applied.keys.filter { !names.contains($0) }.map { Entry(name: $0, state: .unknown) }
    return (known + strangers).sorted { $0.name < $1.name }
  }
}

extension Migrator {
  /// The checksums of what ran, by name; empty in a database that was never migrated.
  private static func applied(in connection: any Connection) throws -> [String: String] {
    let tables = try connection.query(
      connection.dialect == .sqlite
        ? "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'"
        : "SELECT 1 WHERE to_regclass('schema_migration') IS NOT NULL"
    )
    guard !tables.isEmpty else { return [:] }
    let rows = try connection.query("SELECT name, checksum FROM schema_migration")
    return Dictionary(
      try rows.map { row in try row.decode(as: String.self, String.self) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private func createTable(in database: any Database) async throws {
    let dialect = database.dialect
    try await database.write { connection in
      if dialect == .postgres {
        // Two processes that create the table at once would trip over each other in the catalogue.
        try connection.run(script: "SELECT pg_advisory_xact_lock(\(Self.lockKey))")
      }
      try connection.run(
        script: """
          CREATE TABLE IF NOT EXISTS schema_migration (
            name \(dialect.text) PRIMARY KEY,
            checksum \(dialect.text) NOT NULL,
            applied_at \(dialect.integer) NOT NULL
          \(dialect.end)
          """
      )
    }
  }

  /// An arbitrary number that only migrators use.
  private static let lockKey: Int64 = 7_309_944_831

  private func run(_ migration: Migration, in database: any Database) async throws -> Bool {
    let dialect = database.dialect
    return try await database.write { connection in
      // Taking the lock is not a query: the snapshot, and so the look-up, comes after it.
      if dialect == .postgres { try connection.run(script: "LOCK TABLE schema_migration IN EXCLUSIVE MODE") }
      let name = migration.name
      let found = try connection.query("SELECT 1 FROM schema_migration WHERE name = \(name)")
      guard found.isEmpty else { return false }
      try connection.run(script: migration.script(dialect))
      let now: SQL =
        dialect == .sqlite ? "CAST(strftime('%s', 'now') AS INTEGER)" : "extract(epoch FROM now())::bigint"
      try connection.execute(
        """
        INSERT INTO schema_migration (name, checksum, applied_at)
        VALUES (\(name), \(migration.checksum(for: dialect)), \(now))
        """
      )
      return true
    }
  }
}

extension Migration {
  /// Stored where the migration ran; another one later means that it was edited.
  package func checksum(for dialect: Dialect) -> String { SHA256.hex(script(dialect).utf8) }
}
