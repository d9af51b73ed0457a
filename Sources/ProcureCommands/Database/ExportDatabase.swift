import ArgumentParser
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
