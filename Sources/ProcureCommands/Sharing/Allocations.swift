import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Allocations: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocation",
    abstract: "How what is scarce is shared, and why.",
    subcommands: [
      Compare.self, Decide.self, List.self, Show.self, Cancel.self, Declare.self, ImportTerms.self,
      ShowTerms.self, ChooseRule.self, ShowRule.self,
    ]
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the decisions, the latest first.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try AllocationDecision.list(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show who got what, with the reason of each line."
    )
    @Argument(help: "The decision's key.") var key: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let decision = try await database.read { try AllocationDecision.find(key, in: $0) }
      try decision.report.write(as: output.format)
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give a decision up: what was not received or sent is free again."
    )
    @Argument(help: "The decision's key.") var key: String
    @Option(help: "Why.") var because: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let decision = try await database.write { stamp, connection in
        try AllocationDecision.cancel(key, because: because, by: stamp, in: connection)
      }
      try output.write(one: decision)
    }
  }
}

extension AllocationDecision: Listed {
  package static let columns: [TextTable.Column] = [
    .init("allocation"), .init("state"), .init("day"), .init("item"), .init("rule"), .init("supply", .right),
    .init("reserve", .right), .init("left over", .right), .init("reason"),
  ]
  package var cells: [String] {
    [
      key, state.rawValue, "\(decidedOn)", item.rawValue, rule, "\(supply)", "\(reserve)", "\(leftOver)",
      reason,
    ]
  }

  /// The lines, then each delivery where there is more to say than the lines do, then the sum in a sentence.
  var report: ProblemReport<AllocationDecision> {
    let shared = lines.reduce(Quantity.zero) { $0 + $1.quantity }
    var sentence =
      "Rule \(rule): \(shared) of \(supply) shared in packs of \(packUnits), \(reserve) kept in reserve, "
      + "\(leftOver) not shared."
    if let cancelledBecause { sentence += " Cancelled: \(cancelledBecause)" }
    return ProblemReport(
      tables: [TextTable(Line.columns, rows: lines.map(\.cells)), deliveryTable],
      sentences: [sentence],
      json: self
    )
  }

  private var deliveryTable: TextTable {
    var table = TextTable([
      .init("day"), .init("from"), .init("expires"), .init("centre"), .init("gets", .right),
      .init("came", .right), .init("days before", .right), .init("days after", .right), .init("why"),
    ])
    for delivery in deliveries {
      for share in delivery.shares {
        table.add(
          "\(delivery.day)",
          delivery.order?.rawValue ?? "in hand",
          delivery.expiry?.description ?? unknown,
          share.centre.rawValue,
          "\(share.quantity)",
          delivery.order == nil ? "" : "\(share.received)",
          share.coverBefore.map { "\($0)" } ?? unknown,
          share.coverAfter.map { "\($0)" } ?? unknown,
          share.sentence
        )
      }
    }
    return table
  }
}

extension AllocationDecision.Line: Listed {
  package static let columns: [TextTable.Column] = [
    .init("centre"), .init("asked", .right), .init("baseline", .right), .init("stock", .right),
    .init("gets", .right), .init("short", .right), .init("days before", .right), .init("days after", .right),
    .init("why"),
  ]
  package var cells: [String] {
    [
      centre.rawValue, asked?.description ?? unknown, baseline?.description ?? unknown, "\(stock)",
      "\(quantity)", short?.description ?? unknown, coverBefore.map { "\($0)" } ?? unknown,
      coverAfter.map { "\($0)" } ?? unknown, sentence,
    ]
  }
}
