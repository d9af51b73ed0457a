import ArgumentParser
import Inventory
import Planning
import Storage
package import Tabular

struct WhatIfs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "What-ifs laid over the register without changing it: drawn up, kept, compared.",
    subcommands: [New.self, Set.self, List.self, Show.self, Compare.self, Remove.self]
  )

  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draw up a what-if.",
      discussion: "Example: procure scenario new cut --title \"A fifth less\""
    )
    @Argument(help: "The scenario's code.") var code: WhatIf.Code
    @Option(help: "What it supposes.") var title: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let scenario = try await database.write { stamp, connection in
        try WhatIf.start(code, title: title, by: stamp, in: connection)
      }
      try output.write([scenario])
    }
  }

  struct Set: AsyncParsableCommand, LimitedArguments {
    static let limits = ["budget-cut": -1_000...100, "if-version": ParameterTypes.amounts]
    static let configuration = CommandConfiguration(
      abstract: "Say what is otherwise under a scenario; said again, it is replaced.",
      discussion: """
        Examples:
          procure scenario set cut --budget-cut 20
          procure scenario set bankrupt --maker-gone ViewRay --withdraw ipc-mri-linac-1
          procure scenario set south --new-centre avignon --need avignon:linac=2 --price linac=110
        """
    )
    @Argument(help: "The scenario's code.") var code: WhatIf.Code
    @Option(help: "A machine that is gone.") var withdraw: [Equipment.Code] = []
    @Option(help: "A maker that supports its machines no longer.") var makerGone: [String] = []
    @Option(help: "By how many percent every yearly budget is cut.") var budgetCut: Int64?
    @Option(help: "A centre that the register does not know.") var newCentre: [Centre.Code] = []
    @Option(help: "Machines that a centre lacks, as avignon:linac=2.") var need: [NeedArgument] = []
    @Option(help: "What a category costs, in percent of its prices, as linac=110.") var price:
      [PriceArgument] = []
    @Flag(help: "Forget what was said before.") var clear = false
    @Option(help: "Refuse unless the scenario is at this version.") var ifVersion: Int64?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    private var changes: [WhatIf.Change] {
      withdraw.map { .init(.withdraw, subject: $0.rawValue) }
        + makerGone.map { .init(.makerGone, subject: $0) }
        + (budgetCut.map { [.init(.budget, amount: 1000 - 10 * $0)] } ?? [])
        + newCentre.map { .init(.newCentre, subject: $0.rawValue) } + need.map(\.change) + price.map(\.change)
    }

    func run() async throws {
      let scenario = try await database.write { stamp, connection in
        try WhatIf.set(code, changes, clearing: clear, ifAt: ifVersion, by: stamp, in: connection)
      }
      try output.write([scenario])
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the scenarios by code.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try WhatIf.all(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what a scenario changes, line by line.")
    @Argument(help: "The scenario's code.") var code: WhatIf.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let scenario = try await database.read { try WhatIf.find(code, in: $0) }
      var table = TextTable([.init("change"), .init("reads")])
      for change in scenario.changes { table.add(change.kind.rawValue, "\(change)") }
      try output.write(table, json: scenario)
    }
  }

  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Plan under the register as it is and under each scenario, side by side; stores nothing.",
      discussion: "Example: procure scenario compare cut bankrupt --years 8 --budget 60M"
    )
    @Argument(help: "The scenarios' codes.") var codes: [WhatIf.Code]
    @OptionGroup var question: RenewalOptions
    @Option(help: "The day of the register, norms and prices; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let day = day ?? Clock.today
      let asked = try question.question(on: day)
      let (solver, options, codes) = (try HiGHS(), question, codes)
      let work = try await database.read { connection -> [(String, [RenewalEvaluator.Work])] in
        let question = try options.completed(asked, in: connection)
        // What else can be worked out under a what-if is named here.
        let evaluators: [any ScenarioEvaluator] = [
          RenewalEvaluator(question: question, solver: solver, timeLimit: options.limit)
        ]
        let cases: [WhatIf?] = [nil] + (try codes.map { try WhatIf.find($0, in: connection) })
        return try cases.map { scenario -> (String, [RenewalEvaluator.Work]) in
          let title = scenario?.code.rawValue ?? "as it is"
          return (title, try evaluators.map { try $0.prepare(scenario, on: day, in: connection) })
        }
      }
      let columns = try await onOwnThread { _ in
        try work.map { title, steps in
          Comparison.Column(title: title, figures: try steps.flatMap { try $0() })
        }
      }
      let comparison = Comparison(columns: columns)
      try output.write(comparison.table, json: comparison)
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a scenario away; the plans made under it stay, with their inputs."
    )
    @Argument(help: "The scenario's code.") var code: WhatIf.Code
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      try await database.write { try WhatIf.remove(code, by: $0, in: $1) }
      Terminal.note("Scenario \(code) is taken away.")
    }
  }
}

/// `avignon:linac=2`.
struct NeedArgument: ExpressibleByArgument {
  let change: WhatIf.Change

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    let names = parts.first?.split(separator: ":", omittingEmptySubsequences: false).map(String.init) ?? []
    guard parts.count == 2, names.count == 2, let amount = Int64(parts[1]) else { return nil }
    change = .init(.need, subject: names[0], category: names[1], amount: amount)
  }
}

/// `linac=110`.
struct PriceArgument: ExpressibleByArgument {
  let change: WhatIf.Change

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let percent = Int64(parts[1]), (0...10_000).contains(percent) else { return nil }
    change = .init(.price, category: parts[0], amount: 10 * percent)
  }
}

extension WhatIf: Listed {
  package static let columns: [TextTable.Column] = [
    .init("scenario"), .init("title"), .init("version", .right), .init("changes"),
  ]
  package var cells: [String] {
    [code.rawValue, title, "\(version)", changes.map(\.description).joined(separator: "; ")]
  }
}
