import ArgumentParser
import Inventory
import Planning
import Procurement
import Storage
import Tabular

extension Transfers {
  struct Plan: AsyncParsableCommand, LimitedArguments {
    static let limits = [
      "horizon": 1...366, "pack": 1...1_000_000_000, "keep-days": 0...3_650, "stale-days": 0...3_650,
      "weeks": 1...520, "plan": ParameterTypes.numbers, "trip": 0...1_000_000_000,
      "kilometre": 0...1_000_000_000, "parcel": 0...1_000_000_000, "packs-per-parcel": 1...1_000,
      "shortage": 0...1_000_000_000, "waste": 0...1_000_000_000,
    ]
    static let configuration = CommandConfiguration(
      abstract: "Find the transfers that avoid stock-outs and expiries today, and propose them.",
      discussion: """
        A donor never falls below its own threshold: --keep-days of its use, or what the item's law and alert \
        limit demand. With --plan, use is what that run foresees in nine futures of ten. Each transfer says what it avoids.

        Example: procure transfer plan PCR-MIX --pack 96 --horizon 28 --propose --key 2020-W38
        """
    )
    @Argument(help: "The item's SKU.") var item: Item.SKU
    @Option(help: "The day of departure and of the figures. (default: today)") var day: Day?
    @Option(help: "Days looked at, today included.") var horizon: Int64 = 28
    @Option(help: "Base units in a pack; only whole packs travel.") var pack = Quantity(1)
    @Option(help: "Days of its own use that a donor keeps.") var keepDays: Int64?
    @Option(help: "A centre whose report is older than so many days gives nothing.") var staleDays: Int64 = 7
    @Option(help: "Weeks over which use is measured.") var weeks: Int64 = 4
    @Option(help: "A finished plan run: take the use that it foresees.") var plan: Int64?
    @Option(help: "Cents for a trip.") var trip: Int64 = 3_000
    @Option(help: "Cents for a kilometre of a trip.") var kilometre: Int64 = 0
    @Option(help: "Cents for a started parcel.") var parcel: Int64 = 0
    @Option(help: "Packs in a parcel.") var packsPerParcel: Int64 = 1
    @Option(help: "Cents for a unit of use that is not served on its day.") var shortage: Int64 = 10_000
    @Option(help: "Cents for a unit that expires unused.") var waste: Int64 = 1_000
    @Flag(help: "Propose the transfers.") var propose = false
    @Option(help: "A key of your own, with --propose: the same key proposes once.") var key: String?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try checkLimits()
      guard propose == (key != nil) else { throw ValidationError("--propose and --key go together") }
    }

    private var question: TransferQuestion {
      var question = TransferQuestion(item: item, day: day ?? Clock.today)
      question.horizon = horizon
      question.packUnits = pack
      question.keepDays = keepDays
      question.staleDays = staleDays
      question.weeks = weeks
      question.plan = plan.map { PlanRun.ID(rawValue: $0) }
      question.costs.trip = Money(cents: trip)
      question.costs.kilometre = Money(cents: kilometre)
      question.costs.parcel = Money(cents: parcel)
      question.costs.packsPerParcel = packsPerParcel
      question.costs.shortage = Money(cents: shortage)
      question.costs.expiry = Money(cents: waste)
      return question
    }

    func run() async throws {
      let question = question
      guard let key else {
        let planned = try await database.read { try question.plan(in: $0) }
        return try Self.report(planned).write(as: output.format)
      }
      let (planned, transfers) = try await database.write { stamp, connection in
        try question.propose(key: key, by: stamp, in: connection)
      }
      if let planned, output.format == .table { try Self.report(planned).write(as: .table) }
      try output.write(transfers)
    }

    static func report(_ planned: PlannedTransfers) -> ProblemReport<TransfersAnswer> {
      let plan = planned.plan
      // One sentence for each reason, with all whom it concerns.
      let reasons = planned.notes.reduce(into: [String]()) { if !$0.contains($1.why) { $0.append($1.why) } }
      let sentences =
        reasons.map { why in
          let centres = planned.notes.filter { $0.why == why }.map(\.centre.rawValue)
          return "\(centres.joined(separator: ", ")): \(why)."
        } + [TransfersTable.sentence(plan)]
      return ProblemReport(
        tables: [TransfersTable.lines(plan), TransfersTable.centres(plan), TransfersTable.outlook(plan)],
        sentences: sentences,
        json: TransfersAnswer(
          plan,
          leftOut: planned.notes.map { .init(centre: $0.centre.rawValue, why: $0.why) }
        )
      )
    }
  }
}
