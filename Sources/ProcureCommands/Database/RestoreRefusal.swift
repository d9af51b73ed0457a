import Inventory

/// Why a database is not copied, or nothing put in its place.
enum RestoreRefusal: DomainError, Equatable {
  case backupOfPostgres
  case restoreOfPostgres
  case notEmpty(String, table: String)
  case unreadable(String)
  case foreign
  case damaged(String, [String])
  case brokenLog([String])

  var kind: ErrorKind {
    switch self {
    case .notEmpty, .unreadable: .conflict
    default: .invalid
    }
  }

  var code: String {
    switch self {
    case .backupOfPostgres: "backup.postgres"
    case .restoreOfPostgres: "restore.postgres"
    case .notEmpty: "restore.not-empty"
    case .unreadable: "restore.unreadable"
    case .foreign: "restore.foreign"
    case .damaged: "restore.damaged"
    case .brokenLog: "restore.broken-log"
    }
  }

  var description: String {
    switch self {
    case .backupOfPostgres:
      """
      a PostgreSQL database is backed up by its own tools: run pg_dump for a copy to restore there, or \
      “procure export” for one that either engine takes
      """
    case .restoreOfPostgres:
      """
      a PostgreSQL database is restored by its own tools: run pg_restore on what pg_dump wrote, or \
      “procure import” on an export
      """
    case .notEmpty(let path, let table):
      "\(path) holds rows already (in \(table)): give --force to replace it"
    case .unreadable(let path):
      "\(path) is damaged or not a database: give --force to set it aside and put the backup in its place"
    case .foreign: "the file is a SQLite database, but not one of procure"
    case .damaged(let path, let problems):
      "\(path) is damaged: \(problems.prefix(5).joined(separator: "; "))"
    case .brokenLog(let breaks):
      "the log of changes was altered (\(breaks.prefix(5).joined(separator: "; "))); nothing was stored"
    }
  }
}
