import ArgumentParser
import Inventory
import Procurement
import Storage

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
    let fresh = try await ExchangeDigest.fresh()
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
}

extension ExchangeDigest {
  /// What a database holds that was just migrated.
  static func fresh() async throws -> ExchangeDigest {
    let database = try SQLite(path: ":memory:")
    try await Migrator(Schema.migrations).migrate(database)
    return try await database.read { try Exchange.digest(of: $0) }
  }
}
