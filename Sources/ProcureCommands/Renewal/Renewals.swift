import ArgumentParser
import Inventory
import Planning
import Storage
import Tabular

struct Renewals: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "renewal",
    abstract: "Which machines to renew, upgrade, move or add, and when, under yearly budgets.",
    subcommands: [
      Plan.self, List.self, Show.self, Explain.self, Compare.self, Check.self, Prices.self, ImportPrices.self,
    ]
  )

  struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a plan, proven best in the stated order of aims, and store it.",
      discussion: """
        Needs the solver HiGHS (scripts/install-highs). Machines whose age or state nobody knows are in no figure \
        and are told apart.

        Examples:
          procure renewal plan --years 8 --budget 60M
          procure renewal plan --budgets 5M,10M,10M --years 3 --from 2027 --category linac --category mri
          procure renewal plan --budget 60M --priority gaps,age-rule,cost --gaps gaps.csv
          procure renewal plan --budget 60M --sites SP-E21B247D50
          procure renewal plan --budget 60M --scenario cut
        """
    )
    @OptionGroup var question: RenewalOptions
    @Option(help: "Under this what-if instead of the register as it is.") var scenario: WhatIf.Code?
    @Option(help: "The day of the register, norms and prices; today by default.") var day: Day?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let day = day ?? Clock.today
      let asked = try question.question(on: day)
      let (solver, options) = (try HiGHS(), question)
      let input = try await database.read { connection in
        let scenario = try scenario.map { try WhatIf.find($0, in: connection) }
        let asked = try options.completed(asked, in: connection)
        return try RenewalInput.read(asked, under: scenario, on: day, in: connection)
      }
      let limit = question.limit
      let solved = try await onOwnThread { try input.solved(with: solver, timeLimit: limit, $0) }
      let record = try await database.write { stamp, connection in
        try RenewalRecord.store(solved.report, for: input, solver: solved.solver, by: stamp, in: connection)
      }
      try output.write(record)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the plans, the newest first.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try RenewalRecord.list(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a plan as it was made.")
    @Argument(help: "The plan's number.") var number: Int64
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try RenewalRecord.find(number, in: $0) })
    }
  }

  struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what each decision of a plan is for, and why a machine past its life is left."
    )
    @Argument(help: "The plan's number.") var number: Int64
    @Option(help: "Only this machine.") var machine: Equipment.Code?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let record = try await database.read { try RenewalRecord.find(number, in: $0) }
      let reasons = record.reasons.filter { machine == nil || $0.machine == machine?.rawValue }
      try output.write(reasons)
    }
  }

  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Compare stored plans side by side.")
    @Argument(help: "The plans' numbers.") var numbers: [Int64]
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let plans = try await database.read { connection in
        try numbers.map { try RenewalRecord.find($0, in: connection) }
      }
      let columns = plans.map { plan in
        Comparison.Column(
          title: "plan \(plan.number)" + (plan.scenario.map { " (\($0))" } ?? ""),
          figures: plan.report.figures(of: plan.input)
        )
      }
      let comparison = Comparison(columns: columns)
      try output.write(comparison.table, json: comparison)
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count a plan again from its inputs, and make it again to see that it comes out the same."
    )
    @Argument(help: "The plan's number.") var number: Int64
    @Flag(help: "Only count it again; do not solve it again.") var countOnly = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let record = try await database.read { try RenewalRecord.find(number, in: $0) }
      var faults = try record.faults
      if !countOnly {
        let (solver, input) = (try HiGHS(), record.input)
        let again = try await onOwnThread { try input.solved(with: solver, timeLimit: .seconds(300), $0) }
        for (old, new) in zip(record.report.proofs, again.report.proofs) where old.reached != new.reached {
          faults.append("\(old.aim.rawValue) is \(new.reached) when made again, \(old.reached) as stored")
        }
      }
      guard faults.isEmpty else { throw RenewalError.doesNotHold(number, faults) }
      Terminal.note("Plan \(number) holds\(countOnly ? "" : ", and comes out the same when made again").")
    }
  }
}
