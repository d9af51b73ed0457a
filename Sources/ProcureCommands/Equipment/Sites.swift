import ArgumentParser
import Foundation
import Inventory
import Planning
import Storage
import Tabular

struct Sites: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites",
    abstract: "Where the next machines help most: proven, explained, kept.",
    subcommands: [Best.self, Curve.self, List.self, Show.self]
  )

  struct Best: AsyncParsableCommand, LimitedArguments {
    static let limits = ["add": 1...10_000]
    static let decimals = ["time-limit": 0.001...86_400]
    static let configuration = CommandConfiguration(
      abstract: "Find the best sites for the next machines of a category, and keep the plan.",
      discussion: """
        The machines that stand stay where they are. The plan tells whom it brings within the limit, what the \
        next-best sites would cost, and which changed parameter would change the answer.

        Examples:
          procure sites best --category mri-linac --add 2 --objective coverage --limit 60
          procure sites best --category mri-linac --add 2 --objective worst-region
          procure sites best --category mri-linac --budget 20M --svg map.svg
        """
    )
    @Option(help: "How many machines to add, each at another site.") var add: Int64?
    @OptionGroup var asked: SiteOptions
    @Option(help: "Seconds that the search may take.") var timeLimit: Double = 60
    @Option(help: "Write a map to this file.") var svg: String?
    @Flag(help: "Only answer: keep no plan.") var dryRun = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if add == nil && asked.budget == nil { throw ValidationError("give --add, --budget, or both") }
      try checkLimits()
    }

    func run() async throws {
      let store = try await database.open()
      let (inputs, answer) = try await SiteSearch(asked, add: add, timeLimit: timeLimit).answer(from: store)
      let stamp = database.stamp
      let plan = try SitePlan(inputs, answer, by: stamp)
      if let svg { try WholeFile.replace(svg, with: TravelMap.picture(of: inputs, answer).svg) }
      if !dryRun { try await store.write { try plan.store(by: stamp, in: $0) } }
      try output.write(plan.table, sheet: plan.sheet, json: plan)
      for place in inputs.assumed { Terminal.note("Site not named in the register, taken: \(place).") }
      if !inputs.priceSource.isEmpty { Terminal.note("A machine at a site: \(inputs.priceSource).") }
      if let note = plan.apartNote { Terminal.note(note) }
    }
  }

  struct Curve: AsyncParsableCommand, LimitedArguments {
    static let limits = ["up-to": 1...10_000]
    static let decimals = ["time-limit": 0.001...86_400]
    static let configuration = CommandConfiguration(
      abstract: "Draw what one machine more, or one budget more, buys.",
      discussion: """
        Examples:
          procure sites curve --category mri-linac --up-to 6
          procure sites curve --category mri-linac --budgets 10M,20M,40M --objective median
          procure sites curve --category mri-linac --up-to 4 --objective worst-region
        """
    )
    @Option(help: "The most machines to add. (default: 5)") var upTo: Int?
    @Option(help: "Budgets in euros, separated by commas, instead of numbers.") var budgets: String?
    @OptionGroup var asked: SiteOptions
    @Option(help: "Seconds that the searches may take together.") var timeLimit: Double = 60
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if upTo != nil && budgets != nil { throw ValidationError("give --up-to or --budgets, not both") }
      try checkLimits()
      if let budgets, amounts.count != budgets.split(separator: ",").count {
        throw ValidationError("--budgets is “\(budgets)”; expected amounts such as 10M,20M")
      }
    }

    private var amounts: [Money] {
      (budgets ?? "").split(separator: ",").compactMap { Euros(argument: String($0))?.money }
    }

    func run() async throws {
      let (upTo, amounts) = (upTo ?? 5, amounts)
      var search = SiteSearch(asked, add: Int64(upTo), timeLimit: timeLimit)
      search.largestBudget = amounts.max()
      if !amounts.isEmpty { search.add = nil }
      let inputs = try await search.inputs(from: database.open())
      let effort = search.effort
      let solver = SiteSearch.solver(for: inputs.question)
      let curve = try await onOwnThread { _ in
        try inputs.curve(upTo: upTo, budgets: amounts, effort, solver)
      }
      try output.write(
        TextTable(SiteCurvePoint.columns, rows: curve.map(\.cells)),
        sheet: TextTable(SiteCurvePoint.sheetColumns, rows: curve.map(\.sheetCells)),
        json: curve
      )
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the plans that were kept, the latest first."
    )
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try SitePlan.all(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a plan as it was kept, or ask its question again.",
      discussion: """
        With --again the question is answered from the present register: the same inputs give the same answer, \
        and other inputs are said to be others.

        Example: procure sites show SP-1A2B3C4D5E --again
        """
    )
    @Argument(help: "The plan's code.") var code: String
    @Flag(help: "Answer the question again and compare.") var again = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let store = try await database.open()
      let code = code
      let plan = try await store.read { try SitePlan.find(code, in: $0) }
      guard again else { return try output.write(plan.table, sheet: plan.sheet, json: plan) }
      let question = plan.question
      let inputs = try await store.read { try SiteInputs.read(question, in: $0) }
      let answer = try await SiteSearch.solved(inputs, SitingEffort())
      let comparison = PlanComparison(
        code: code,
        sameInputs: inputs.digest == plan.inputs && SiteInputs.rule == plan.rule,
        sameAnswer: answer == plan.answer,
        sites: answer.newSites.map(\.code)
      )
      try output.write(one: comparison)
    }
  }
}

/// Reads a question's inputs and answers it away from the database.
struct SiteSearch: Sendable {
  private let asked: SiteOptions
  var add: Int64?
  /// Where several budgets are asked for, the question names the largest.
  var largestBudget: Money?
  let effort: SitingEffort

  init(_ asked: SiteOptions, add: Int64?, timeLimit: Double) {
    self.asked = asked
    self.add = add
    let end = ContinuousClock().now + .seconds(timeLimit)
    var effort = SitingEffort { ContinuousClock().now >= end }
    effort.remaining = { max(.milliseconds(1), end - ContinuousClock().now) }
    self.effort = effort
  }

  func inputs(from store: any Database) async throws -> SiteInputs {
    let (asked, add, largest) = (asked, add, largestBudget)
    let day = asked.day ?? Clock.today
    return try await store.read { connection in
      let book = try NormBook.read(for: asked.category, on: day, in: connection)
      var question = try asked.question(day, defaultLimit: book.travelLimit)
      question.add = add
      if let largest { question.budget = largest }
      return try SiteInputs.read(question, in: connection)
    }
  }

  func answer(from store: any Database) async throws -> (SiteInputs, SiteAnswer) {
    let inputs = try await inputs(from: store)
    return (inputs, try await Self.solved(inputs, effort))
  }

  /// What the objective needs, where it is installed.
  static func solver(for question: SiteQuestion) -> (any Solver)? {
    question.objective == .worstRegion ? try? HiGHS() : nil
  }

  static func solved(_ inputs: SiteInputs, _ effort: SitingEffort) async throws -> SiteAnswer {
    let solver = solver(for: inputs.question)
    return try await onOwnThread { _ in try inputs.answer(effort, solver) }
  }
}
