import ArgumentParser
import Inventory
import Storage
package import Tabular

struct Departments: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "departments",
    abstract: "Where people live: the departments, their populations and their centres of population.",
    subcommands: [List.self, Import.self],
    defaultSubcommand: List.self
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the departments by code.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws { try output.write(try await database.read { try Department.all(in: $0) }) }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take departments from a table.",
      discussion: """
        Columns: code, name, region; population, population_year, population_centre_latitude and \
        population_centre_longitude where they are known.

        Example: procure centre departments import seeds/departments.csv
        """
    )
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let drafts = try Department.drafts(from: try source.input())
      try await source.take(drafts, named: "departments", into: database) { drafts, stamp, connection in
        try Department.take(drafts, by: stamp, in: connection)
      }
    }
  }
}

extension Department: Listed {
  package static let columns: [TextTable.Column] = [
    .init("department"), .init("name"), .init("region"), .init("people", .right), .init("year", .right),
    .init("position"),
  ]
  package var cells: [String] {
    [
      code, name, region, population.map(grouped) ?? unknown, populationYear.map(String.init) ?? unknown,
      position?.description ?? unknown,
    ]
  }
}
