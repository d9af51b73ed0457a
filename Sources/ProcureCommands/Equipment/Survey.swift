import ArgumentParser
import Inventory
import Storage
package import Tabular

struct SurveyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: "List what to ask whom: everything that nobody said and planning needs.",
    discussion: """
      Unknown is not absent: an organisation of which nobody said anything is asked, a machine whose present \
      state nobody confirmed is asked about, and so are missing sites, years, makers and activity.

      Examples:
        procure equipment survey
        procure equipment survey --organisation berard
        procure equipment survey --category linac --format csv > questions.csv
      """
  )
  @Option(help: "Only this category.") var category: EquipmentCategory.Code?
  @Option(help: "Only this organisation.") var organisation: Organisation.Code?
  @Option(help: "The day that “last year” is counted from; today by default.") var day: Day?
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let (day, category, organisation) = (day ?? Clock.today, category, organisation)
    let questions = try await database.read { connection in
      try Survey.questions(category: category, organisation: organisation, on: day, in: connection)
    }
    try output.write(questions)
  }
}

extension SurveyQuestion: Listed {
  package static let columns: [TextTable.Column] = [
    .init("organisation"), .init("category"), .init("about"), .init("machine"), .init("question"),
  ]
  package var cells: [String] {
    [organisation.rawValue, category.rawValue, kind.rawValue, machine?.rawValue ?? "", question]
  }
}

struct ActivityImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activity",
    abstract: "Take what sites' machines did in a year from a table.",
    discussion: """
      Columns: centre_code, category_code, year, treated, unit, source, certainty.

      Example: procure equipment activity activity.csv
      """
  )
  @OptionGroup var source: ImportOptions
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    let reports = try Activity.drafts(from: try source.input())
    try await source.take(reports, named: "reports", into: database) { reports, stamp, connection in
      try Activity.take(reports, by: stamp, in: connection)
    }
  }
}

struct MakerCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "makers",
    abstract: "Who built the machines, and whether somebody still stands behind them.",
    subcommands: [List.self, Import.self],
    defaultSubcommand: List.self
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the makers that somebody described.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws { try output.write(try await database.read { try Maker.all(in: $0) }) }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Take makers from a table: manufacturer, state (active, ceased), since, note, source, certainty."
    )
    @OptionGroup var source: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let makers = try Maker.drafts(from: try source.input())
      try await source.take(makers, named: "makers", into: database) { makers, stamp, connection in
        try Maker.take(makers, by: stamp, in: connection)
      }
    }
  }
}

extension Maker: Listed {
  package static let columns: [TextTable.Column] = [
    .init("maker"), .init("state"), .init("since"), .init("note"), .init("source"), .init("certainty"),
  ]
  package var cells: [String] { [name, state.rawValue, since ?? unknown, note, source, certainty] }
}
