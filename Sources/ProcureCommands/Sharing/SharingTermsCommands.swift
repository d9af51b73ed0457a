import ArgumentParser
import Inventory
import Planning
import Procurement
import Storage
package import Tabular

extension Allocations {
  struct Declare: AsyncParsableCommand, LimitedArguments {
    static let limits = [
      "baseline-units": 0...1_000_000_000, "baseline-days": 1...1_000_000, "priority": 1...1_000,
      "floor": 0...1_000_000_000,
    ]
    static let configuration = CommandConfiguration(
      abstract: "Declare a centre's baseline, priority class and floor for an item, with the source.",
      discussion: """
        Example: procure allocation declare PCR-MIX berard --starts 2020-01-01 --baseline-units 1680 \
        --baseline-days 28 --priority 1 --source "use of 2019, pharmacy"
        """
    )
    @Argument(help: "The item's SKU.") var item: Item.SKU
    @Argument(help: "The centre's code.") var centre: Centre.Code
    @Option(help: "The first day for which it holds.") var starts: Day
    @Option(help: "Base units used in normal times.") var baselineUnits: Quantity?
    @Option(help: "The days in which they were used.") var baselineDays: Int64 = 28
    @Option(help: "1 is served first.") var priority: Int64 = 1
    @Option(help: "Base units that it gets of every supply.") var floor = Quantity.zero
    @Option(help: "Who says so, and where.") var source: String
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let terms = SharingTerms(
        item: item,
        centre: centre,
        startsOn: starts,
        baseline: baselineUnits.map { .init(units: $0, days: baselineDays) },
        priority: priority,
        floor: floor,
        source: source
      )
      try await database.write { stamp, connection in
        try SharingTerms.declare([SharingTermsEntry(terms: terms)], by: stamp, in: connection)
      }
    }
  }

  struct ImportTerms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import-terms",
      abstract: "Declare a table of baselines, priority classes and floors.",
      discussion: "Columns: sku,centre,starts_on,baseline_units,baseline_days,priority,floor,source."
    )
    @OptionGroup var table: ImportOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
      let entries = try SharingTerms.entries(from: table.input())
      try await table.take(entries, named: "terms", into: database) { entries, stamp, connection in
        try SharingTerms.declare(entries, by: stamp, in: connection)
      }
    }
  }

  struct ShowTerms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "terms",
      abstract: "List what was declared, the latest first for each centre."
    )
    @Option(help: "One item.") var item: Item.SKU?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try SharingTerms.all(of: item, in: $0) })
    }
  }

  struct ChooseRule: AsyncParsableCommand, LimitedArguments {
    static let limits = ["lot": ParameterTypes.numbers]
    static let configuration = CommandConfiguration(
      commandName: "choose-rule",
      abstract: "Choose the rule by which short deliveries of an order, or of a lot's orders, are shared.",
      discussion: "Example: procure allocation choose-rule equalCover --agreement AC-PCR --lot 1 --because …"
    )
    @Argument(help: "The rule.") var rule: AllocationRule
    @Option(help: "The order.") var order: PurchaseOrder.Number?
    @Option(help: "The agreement, with --lot.") var agreement: Agreement.Reference?
    @Option(help: "The lot's number.") var lot: Int64?
    @Option(help: "Why this rule.") var because: String
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
      try checkLimits()
      guard (order != nil) != (agreement != nil), (agreement != nil) == (lot != nil) else {
        throw ValidationError("name an --order, or an --agreement and its --lot")
      }
    }

    func run() async throws {
      try await database.write { stamp, connection in
        if let order {
          try SharingRule.choose(rule, for: order, because: because, by: stamp, in: connection)
        } else if let agreement, let lot {
          try SharingRule.choose(rule, for: agreement, lot: lot, because: because, by: stamp, in: connection)
        }
      }
    }
  }

  struct ShowRule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rule",
      abstract: "Show the rule by which short deliveries of an order are shared, and who chose it."
    )
    @Argument(help: "The order's number.") var order: PurchaseOrder.Number
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let rule = try await database.read { connection in
        _ = try PurchaseOrder.find(order, in: connection)
        return try SharingRule.holding(for: order, in: connection)
      }
      try output.write(rule.map { [$0] } ?? [])
    }
  }
}

extension SharingTerms: Listed {
  package static let columns: [TextTable.Column] = [
    .init("item"), .init("centre"), .init("from"), .init("baseline", .right), .init("priority", .right),
    .init("floor", .right), .init("source"),
  ]
  package var cells: [String] {
    [
      item.rawValue, centre.rawValue, "\(startsOn)",
      baseline.map { "\($0.units) in \($0.days) d" } ?? unknown, "\(priority)", "\(floor)", source,
    ]
  }
}

extension SharingRule: Listed {
  package static let columns: [TextTable.Column] = [.init("rule"), .init("chosen for"), .init("because")]
  package var cells: [String] { [rule.rawValue, scope.rawValue, reason] }
}
