import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

extension Alerts {
  struct Watch: AsyncParsableCommand, LimitedArguments {
    static let limits = [
      "run": ParameterTypes.numbers, "weeks": 1...520, "lead-days": 0...3_650, "review-days": 0...3_650,
      "safety-days": 0...3_650,
    ]
    static let configuration = CommandConfiguration(
      abstract:
        "Judge every centre and item: open, reopen, ease and end alerts, pass on what nobody answered.",
      discussion: """
        With a finished plan run of the day the probability of running out decides, and each alert carries what would \
        help; without one, the days of cover and the reorder point do. An alert ends once its figures have been in order \
        for some days running (“ends after” of the policy). Run it once a day, after the reports; run again with the same \
        figures it changes nothing.
        """
    )
    @Option(help: "The day to which the figures refer. (default: today)") var day: Day?
    @Option(help: "Judge by this plan run. (default: the latest finished one of the day)") var run: Int64?
    @Flag(help: "Judge by days of cover, even where there is a plan run.") var byCover = false
    @Option(help: "By cover: weeks over which use is measured.") var weeks: Int64 = 4
    @Option(help: "By cover: days from an order to its delivery.") var leadDays: Int64 = 21
    @Option(help: "By cover: days from one order to the next.") var reviewDays: Int64 = 14
    @Option(help: "By cover: days of use kept in reserve.") var safetyDays: Int64 = 14
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try checkLimits()
      if run != nil && byCover { throw ValidationError("--run and --by-cover exclude each other") }
    }

    func run() async throws {
      let rule = ReorderRule(leadDays: leadDays, reviewDays: reviewDays, safetyDays: safetyDays)
      let (result, used) = try await database.write { stamp, connection in
        let day = day ?? stamp.at.day
        if let plan = try plan(of: day, in: connection) {
          return (
            try ShortageAlert.watch(plan, on: day, by: stamp, in: connection),
            "by plan run \(plan.id.rawValue)"
          )
        }
        let window = UseWindow(endingOn: day, buckets: weeks)
        let positions = try ShortagePosition.gather(window, rule: rule, in: connection)
        let result = try ShortageAlert.watch(positions, on: day, by: stamp, in: connection)
        return (result, "by days of cover")
      }
      let passedOn = result.escalated.map { $0 > 0 ? "; \($0) passed on because nobody answered" : "" }
      Terminal.note("Judged \(used)\(passedOn ?? "").")
      try output.write(one: result)
    }

    private func plan(of day: Day, in connection: any Connection) throws -> PlanRun? {
      if byCover { return nil }
      if let run { return try PlanRun.find(PlanRun.ID(rawValue: run), in: connection) }
      return try PlanRun.latest(asOf: day, in: connection)
    }
  }

  struct Actions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what would help against a shortage, and what it makes of the probability."
    )
    @Argument(help: "The alert's number.") var alert: Int64
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let id = ShortageAlert.ID(rawValue: alert)
      let found = try await database.read { try ShortageAlert.find(id, in: $0) }
      try output.write(found.evidence.outlook?.actions ?? [])
    }
  }
}

extension WatchResult: Listed {
  package static let columns: [TextTable.Column] = [
    .init("opened", .right), .init("reopened", .right), .init("worse", .right), .init("eased", .right),
    .init("resolved", .right),
  ]
  package var cells: [String] {
    [opened, reopened, worsened, eased, resolved].map { "\($0)" }
  }
}

extension PlanLine.Action: Listed {
  package static let columns: [TextTable.Column] = [
    .init("action"), .init("quantity", .right), .init("with"), .init("there on"),
    .init("runs out", .right), .init("if it waits", .right), .init("lacking", .right),
    .init("by forecast’s end", .right), .init("donor", .right),
  ]
  package var cells: [String] {
    [
      kind.rawValue, quantity?.description ?? self.percent.map { "\($0) %" } ?? "", with ?? "",
      arrives?.description ?? "", probability(permille), probability(waitingPermille),
      meanShort.map { "\($0)" } ?? "",
      horizonPermille.map { probability($0) } ?? "", donorPermille.map { probability($0) } ?? "",
    ]
  }
}
