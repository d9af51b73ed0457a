import ArgumentParser
import Glibc
import Inventory
import Storage

struct BackupDatabase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy a SQLite database as it is now, while others go on writing.",
    discussion: """
      The copy is read through before it is called good. PostgreSQL has its own: pg_dump; or move the content \
      with “procure export”.
      Example: procure backup network-2020-10-18.sqlite
      """
  )
  @Argument(help: "A file that is not there yet.") var file: String
  @OptionGroup var options: DatabaseOptions

  func run() async throws {
    let path = try options.sqlitePath(RestoreRefusal.backupOfPostgres)
    guard access(path, R_OK) == 0 else { throw FileRefusal.missing(path) }
    guard access(file, F_OK) != 0 else { throw FileRefusal.exists(file) }
    let database = try SQLite(path: path)
    try await database.backup(to: file)
    await database.close()
    Terminal.note("Copied \(path) to \(file); the copy is sound.")
  }
}

extension DatabaseOptions {
  /// The path of a SQLite database; `refusal` where PostgreSQL is named.
  func sqlitePath(_ refusal: RestoreRefusal) throws(RestoreRefusal) -> String {
    switch DatabaseURL(location) {
    case .sqlite(let path): path
    case .postgres: throw refusal
    }
  }
}
