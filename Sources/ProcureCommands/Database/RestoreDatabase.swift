import ArgumentParser
import Glibc
import Inventory
import Procurement
import Storage

struct RestoreDatabase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup in the place of a SQLite database.",
    discussion: """
      Its pages, references, schema and log of changes are checked before anything is replaced.
      Example: procure restore network-2020-10-18.sqlite --database procure.sqlite
      """
  )
  @Argument(help: "The backup.") var file: String
  @Flag(help: "Replace a database that holds something.") var force = false
  @OptionGroup var options: DatabaseOptions

  func run() async throws {
    let path = try options.sqlitePath(RestoreRefusal.restoreOfPostgres)
    guard access(file, R_OK) == 0 else { throw FileRefusal.missing(file) }
    if !force { try await refuseUsed(path) }
    let staged = path + ".restoring"
    Self.remove(staged)
    defer { Self.remove(staged) }
    let note = try await Self.checkedCopy(of: file, at: staged)
    do {
      try await Self.replace(path, by: staged)
    } catch DatabaseError.corrupt {
      try Self.setAside(path)
      try await Self.replace(path, by: staged)
    }
    Terminal.note("Restored \(path) from \(file). \(note)")
  }

  private func refuseUsed(_ path: String) async throws {
    guard access(path, F_OK) == 0 else { return }
    do {
      if let used = try await Self.firstUsedTable(of: path) {
        throw RestoreRefusal.notEmpty(path, table: used.name)
      }
    } catch DatabaseError.corrupt {
      throw RestoreRefusal.unreadable(path)
    }
  }

  private static func firstUsedTable(of path: String) async throws -> StoredTable? {
    let fresh = try await ExchangeDigest.fresh()
    let database = try SQLite(path: path)
    let used = try await database.read { try Exchange.usedTables(in: $0, fresh: fresh).first }
    await database.close()
    return used
  }

  private static func replace(_ path: String, by staged: String) async throws {
    let database = try SQLite(path: path)
    try await database.restore(from: staged)
    let problems = try await database.problems()
    await database.close()
    guard problems.isEmpty else { throw RestoreRefusal.damaged(path, problems) }
  }

  /// Keeps a file that cannot be opened any more, for whoever wants to look at it.
  private static func setAside(_ path: String) throws(FileRefusal) {
    let name = path + ".damaged"
    guard rename(path, name) == 0 else { throw .system("cannot set \(path) aside", errno) }
    for suffix in ["-wal", "-shm"] { rename(path + suffix, name + suffix) }
    Terminal.note("warning: \(path) was damaged; it is now \(name)")
  }

  /// A copy beside the database, so that a backup that is not sound replaces nothing.
  private static func checkedCopy(of file: String, at staged: String) async throws -> String {
    let copy = try SQLite(path: staged)
    do {
      try await copy.restore(from: file)
    } catch DatabaseError.corrupt(let message) {
      throw RestoreRefusal.damaged(file, [message])
    }
    let note = try await state(of: copy)
    await copy.close()
    return note
  }

  /// What a user should know of a sound database; throws where it is not.
  private static func state(of database: SQLite) async throws -> String {
    let tables = try await database.read { try Catalogue.tables(in: $0).map(\.name) }
    guard !tables.isEmpty else { throw RestoreRefusal.foreign }
    let pending = try await pendingMigrations(of: database)
    guard tables.contains("audit_entry") else { throw RestoreRefusal.foreign }
    let log = try await database.read { try Audit.verify(in: $0) }
    guard log.isSound else { throw RestoreRefusal.brokenLog(log.breaks) }
    let entries = log.chains.map(\.length).reduce(0, +)
    return pending
      ? "Its schema is older: run procure database migrate. The log is sound: \(entries) entries."
      : "The schema is the program's own; the log is sound: \(entries) entries."
  }

  /// An older schema can be brought up to date; a newer or an edited one is refused.
  private static func pendingMigrations(of database: SQLite) async throws -> Bool {
    do {
      try await Migrator(Schema.migrations).check(database)
      return false
    } catch SchemaError.older {
      return true
    }
  }

  private static func remove(_ path: String) { for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) } }
}
