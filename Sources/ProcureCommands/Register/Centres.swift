import ArgumentParser
import Inventory
import Storage
package import Tabular

struct Centres: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "centre",
    abstract: "The centres of the network.",
    subcommands: [List.self, Show.self, Import.self, Departments.self]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the centres by code.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Centre.all(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one centre.")
    @Argument(help: "The centre's code.") var code: Centre.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let centre = try await database.read { try Centre.find(code, in: $0) }
      try output.write(one: centre)
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take centres from a table, whole or not at all.",
      discussion: "Example: procure centre import seeds/centres.csv --dry-run"
    )
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Centre.drafts(from: try source.input())
      try await source.take(drafts, named: "centres", into: database) { drafts, stamp, connection in
        try Centre.take(drafts, by: stamp, in: connection)
      }
    }
  }
}

extension Centre: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("organisation"), .init("name"), .init("kind"), .init("city"), .init("department"),
    .init("region"), .init("position"), .init("FINESS"),
  ]
  package var cells: [String] {
    [
      code.rawValue, organisation.rawValue, name, kind.rawValue, city, department, region,
      position?.description ?? unknown, identifiers.finess ?? unknown,
    ]
  }
}
