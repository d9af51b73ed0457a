import ArgumentParser
import Inventory
import Procurement
import Storage
import Tabular

struct Rollouts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollout",
    abstract: "A first supply of an item or a kit to every centre, in waves.",
    subcommands: [
      Plan.self, List.self, Show.self, Changes.self, Approve.self, Record.self, Cancel.self,
    ]
  )

  struct Plan: AsyncParsableCommand, LimitedArguments {
    static let limits = ["pack": 1...1_000_000_000]
    static let configuration = CommandConfiguration(
      abstract: "Plan a rollout, or plan it again when an arrival or a centre's readiness changes.",
      discussion: """
        What is not given is taken from the last planning; what went out stays. Arrivals are in base units of \
        the item or of each component of the kit, targets in units of the item or in tests.

        Example: procure rollout plan FIRST-PCR --kit PCR-TEST --pack 94 --targets targets.csv \
        --arrivals arrivals.csv --day 2020-05-04 --because "the first tests to all centres" --dry-run
        """
    )
    @Argument(help: "The rollout's code.") var code: RolloutPlan.Code
    @Option(help: "What people call it. (default: the code)") var title: String?
    @Option(help: "The item that is rolled out.") var item: Item.SKU?
    @Option(help: "The kit that is rolled out.") var kit: Kit.Code?
    @Option(help: "Units in a pack; only whole packs go out.") var pack: Quantity?
    @Option(help: "A table: centre,ready_on,target and, if known, first_tranche,used_units,used_days.")
    var targets: String?
    @Option(help: "A table: sku,day,quantity,origin.") var arrivals: String?
    @Flag(help: "Take what confirmed orders bring, straight to the centres.") var fromOrders = false
    @Option(help: "The first day that is planned. (default: today)") var day: Day?
    @Option(help: "Why it is planned, or planned again.") var because: String
    @Flag(help: "Show what would be planned, and keep nothing.") var dryRun = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if item != nil && kit != nil { throw ValidationError("name an --item or a --kit, not both") }
      if arrivals != nil && fromOrders {
        throw ValidationError(
          "arrivals are stated or taken from orders, not both: --arrivals or --from-orders"
        )
      }
      try checkLimits()
    }

    func run() async throws {
      var request = RolloutRequest(code: code, day: day ?? Clock.today, because: because)
      request.title = title
      request.subject = item.map { .item($0) } ?? kit.map { .kit($0) }
      request.packUnits = pack
      request.targets = try targets.map { try RolloutRequest.targets(from: ByteInput(path: $0)) }
      request.supply = try arrivals.map {
        .stated(try RolloutRequest.arrivals(from: ByteInput(path: $0)))
      }
      if fromOrders { request.supply = .orders }
      let (asked, isRehearsal) = (request, dryRun)
      let (plan, changes) = try await database.write { stamp, connection in
        if isRehearsal { return try RolloutPlan.rehearse(asked, by: stamp, in: connection) }
        let plan = try RolloutPlan.plan(asked, by: stamp, in: connection)
        return (plan, try RolloutPlan.changes(of: asked.code, in: connection))
      }
      try plan.report(changes: changes).write(as: output.format)
      if dryRun { Terminal.note("Nothing was kept.") }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the rollouts, the latest first.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try RolloutPlan.list(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand, LimitedArguments {
    static let limits = ["revision": ParameterTypes.numbers]
    static let configuration = CommandConfiguration(
      abstract: "Show the waves as a table and a time-line, and how the plan ends for each centre."
    )
    @Argument(help: "The rollout's code.") var code: RolloutPlan.Code
    @Option(help: "As an earlier planning had it.") var revision: Int64?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let plan = try await database.read { try RolloutPlan.find(code, revision: revision, in: $0) }
      try plan.report().write(as: output.format)
    }
  }

  struct Changes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show what the last planning changed, and why."
    )
    @Argument(help: "The rollout's code.") var code: RolloutPlan.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try RolloutPlan.changes(of: code, in: $0) })
    }
  }

  struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say that the plan is the one to follow.")
    @Argument(help: "The rollout's code.") var code: RolloutPlan.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let plan = try await database.write { stamp, connection in
        try RolloutPlan.approve(code, by: stamp, in: connection)
      }
      try output.write(one: plan)
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give up what did not go out.")
    @Argument(help: "The rollout's code.") var code: RolloutPlan.Code
    @Option(help: "Why.") var because: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let plan = try await database.write { stamp, connection in
        try RolloutPlan.cancel(code, because: because, by: stamp, in: connection)
      }
      try output.write(one: plan)
    }
  }
}
