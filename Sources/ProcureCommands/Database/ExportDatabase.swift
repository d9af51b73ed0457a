import ArgumentParser
import Glibc
import Inventory
import Procurement
import Storage

struct ExportDatabase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write everything as lines of JSON, for another engine or for keeping.",
    discussion: """
      One moment's state, whoever writes meanwhile. The same content gives the same bytes on SQLite and on \
      PostgreSQL; the last line holds the digest that “procure database digest” prints.
      Example: procure export - | gzip > network.ndjson.gz
      """
  )
  @Argument(help: "A file that is not there yet, or - for standard output.") var file: String
  @OptionGroup var options: DatabaseOptions

  func run() async throws {
    let database = try await options.open()
    let file = try WholeFile(path: file)
    do {
      let digest = try await database.read { connection in
        try file.write { put in try Exchange.export(from: connection, to: put) }
      }
      try file.publish()
      Terminal.note("Wrote \(digest.rows) rows of \(digest.tables.count) tables, \(digest.sha256).")
    } catch {
      file.discard()
      throw error
    }
    await database.close()
  }
}

struct ImportDatabase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take everything that an export holds, whole or not at all.",
    discussion: """
      Into a database that was migrated and not used (see: procure database migrate). Rows, digests and the log \
      of changes are checked before anything is stored.
      Example: gunzip -c network.ndjson.gz | procure import - --database postgres://procure@db/procure
      """
  )
  @Argument(help: "The export, or - for standard input.") var file: String
  @Flag(help: "Take it even where its log of changes was altered; the breaks are listed.")
  var acceptBrokenLog = false
  @OptionGroup var options: DatabaseOptions

  func run() async throws {
    let database = try await options.open()
    let source = ExportSource(path: file)
    let fresh = try await Self.fresh()
    let accepts = acceptBrokenLog
    let (digest, breaks) = try await database.write { connection in
      let digest = try source.read { descriptor in
        try Exchange.take(from: descriptor, into: connection, fresh: fresh)
      }
      let log = try Audit.verify(in: connection)
      guard log.isSound || accepts else { throw RestoreRefusal.brokenLog(log.breaks) }
      return (digest, log.breaks)
    }
    for found in breaks { Terminal.note("warning: \(found)") }
    Terminal.note("Took \(digest.rows) rows of \(digest.tables.count) tables, \(digest.sha256).")
    await database.close()
  }

  /// What a database holds that was just migrated.
  private static func fresh() async throws -> ExchangeDigest {
    let database = try SQLite(path: ":memory:")
    try await Migrator(Schema.migrations).migrate(database)
    return try await database.read { try Exchange.digest(of: $0) }
  }
}
