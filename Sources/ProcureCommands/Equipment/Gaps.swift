import ArgumentParser
import Inventory
import Storage
import Tabular

struct Gaps: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps",
    abstract: "What equipment people need and what there is, how old it is, and who reaches it.",
    subcommands: [Show.self, Age.self, Access.self]
  )

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare need with effective capacity, by category and area.",
      discussion: """
        Need = people × rate × utilisation × (1 + retreatment) × share treated × network's share ÷ capacity; \
        every factor is a norm (procure category norms). Machines that nobody confirmed, and organisations \
        that nobody asked, are neither machines nor gaps: the verdict is then "ask first".

        Examples:
          procure gaps show
          procure gaps show --category linac --by region
          procure gaps show --category proton-therapy --explain
          procure gaps show --by centre --format csv > gaps.csv
        """
    )
    @Option(help: "Only this category.") var category: EquipmentCategory.Code?
    @Option(help: "The grain: centre, department, region or network.") var by = GapLevel.network
    @Option(help: "The day of the register and of the norms; today by default.") var day: Day?
    @Flag(help: "Show every input of every figure, with its source.") var explain = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (day, category, level, explained) = (day ?? Clock.today, category, by, explain)
      let analysis = try await database.read { connection in
        try GapAnalysis.read(category: category, by: level, on: day, explained: explained, in: connection)
      }
      guard explained else {
        return try output.write(analysis.table, sheet: analysis.sheet, json: analysis)
      }
      try output.write(analysis.table, explainedBy: analysis.trace, json: analysis)
    }
  }

  struct Age: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Judge the age of machines by COCIR's three bands, and tell when each one ends.",
      discussion: """
        At least 60 % up to 5 years old, at most 30 % over 5 and up to 10, at most 10 % over 10 (norms that \
        can be edited). Machines of unknown age, and machines that may be gone, are counted apart.

        Examples:
          procure gaps age
          procure gaps age --category tomotherapy --machines
          procure gaps age --category mri-linac --explain
        """
    )
    @Option(help: "Only this category.") var category: EquipmentCategory.Code?
    @Option(help: "The day of the register and of the norms; today by default.") var day: Day?
    @Flag(help: "List the machines with the year in which each one's expected life ends.") var machines =
      false
    @Flag(help: "Show every input of every figure, with its source.") var explain = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (day, category, explained) = (day ?? Clock.today, category, explain)
      let analysis = try await database.read {
        try AgeAnalysis.read(category: category, on: day, explained: explained, in: $0)
      }
      let table = machines ? analysis.machineTable : analysis.table
      guard explained else {
        return try output.write(
          table,
          sheet: machines ? analysis.machineSheet : analysis.sheet,
          json: analysis
        )
      }
      try output.write(table, explainedBy: analysis.trace, json: analysis)
    }
  }

  struct Access: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count people by how long they travel to a category's machines.",
      discussion: """
        Beside the people within each limit, --places shows every department with its nearest site, the \
        source of the time, the plain ratio of its region, and the enhanced two-step floating catchment \
        figure (Luo and Qi 2009), which shares each machine among all who can reach it.

        Examples:
          procure gaps access --category mri-linac --limits 30,45,60,90
          procure gaps access --category linac --metropolitan --places --format csv
          procure gaps access --category mri-linac --explain
        """
    )
    @Option(help: "The category.") var category: EquipmentCategory.Code
    @Option(help: "Minutes, separated by commas.") var limits = Limits([30, 45, 60, 90])
    @Flag(help: "Only the 96 departments of metropolitan France.") var metropolitan = false
    @Flag(help: "One row a department.") var places = false
    @Flag(help: "Show every input of every figure, with its source.") var explain = false
    @Option(help: "The day of the register and of the norms; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (day, category, limits, metropolitan) = (day ?? Clock.today, category, limits, metropolitan)
      let explained = explain
      let analysis = try await database.read { connection in
        try AccessAnalysis.read(
          category,
          limits: limits.minutes,
          metropolitan: metropolitan,
          on: day,
          explained: explained,
          in: connection
        )
      }
      let table = places ? analysis.placeTable : analysis.table
      guard explained else {
        try output.write(table, sheet: places ? analysis.placeSheet : analysis.sheet, json: analysis)
        return Terminal.note(analysis.assumption)
      }
      try output.write(table, explainedBy: analysis.trace, json: analysis)
    }
  }
}

extension GapLevel: ExpressibleByArgument {}

/// `30,45,60,90`: whole minutes, each once, in ascending order.
struct Limits: ExpressibleByArgument, Equatable, Sendable {
  let minutes: [Int64]

  init(_ minutes: [Int64]) { self.minutes = minutes }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int64($0) }
    let minutes = Set(parts.compactMap(\.self)).sorted()
    guard minutes.count == parts.count, minutes.first ?? 0 > 0, minutes.last ?? 0 <= 100_000 else {
      return nil
    }
    self.minutes = minutes
  }

  var defaultValueDescription: String { minutes.map(String.init).joined(separator: ",") }
}
