import ArgumentParser
import Procurement
import Storage
import Tabular

struct DatabaseCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "database",
    abstract: "The schema of the database: what it is, and bringing it up to date.",
    subcommands: [Migrate.self, Status.self, Check.self, DigestDatabase.self]
  )

  struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bring the schema up to date; safe when several do it at once."
    )
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
      let database = try await options.connect(making: true)
      let applied = try await Migrator(Schema.migrations).migrate(database)
      for name in applied { Terminal.note("applied \(name)") }
      Terminal.note("The schema is up to date.")
      await database.close()
    }
  }

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List what was applied and what was not.")
    @OptionGroup var options: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let entries = try await Migrator(Schema.migrations).status(of: try await options.connect())
      let rows = entries.map { [$0.name, $0.state.rawValue] }
      let value = entries.map { ["migration": $0.name, "state": $0.state.rawValue] }
      try output.write(TextTable([.init("migration"), .init("state")], rows: rows), json: value)
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Fail where the schema is not the program's own."
    )
    @OptionGroup var options: DatabaseOptions

    func run() async throws {
      _ = try await options.open()
      Terminal.note("The schema is the program's own.")
    }
  }
}
