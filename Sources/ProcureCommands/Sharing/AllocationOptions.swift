import ArgumentParser
import Foundation
import Inventory
import Planning
import Procurement
import Tabular

/// What is to be shared, and what is said about the centres: the same for comparing rules and for deciding.
struct AllocationOptions: LimitedArguments {
  static let limits = [
    "supply": 0...1_000_000_000, "at-most": 0...1_000_000_000, "pack": 1...1_000_000_000,
    "reserve": 0...1_000_000_000, "floor": 0...1_000_000_000, "minimum-packs": 1...1_000_000_000,
    "period": 1...3_650, "cover-target": 1...3_650, "weeks": 1...520,
  ]
  @Argument(help: "The item's SKU.") var item: Item.SKU
  @Option(help: "Share so many base units that you know to be there.") var supply: Quantity?
  @Option(help: "Share what this order still brings; may be given more than once.") var order:
    [PurchaseOrder.Number] =
      []
  @Flag(help: "Share all confirmed deliveries of the item, each on its day.") var coming = false
  @Option(help: "Only so many base units of what the orders still bring will come.") var atMost: Quantity?
  @Option(help: "Share what this centre has and did not promise.") var from: Centre.Code?
  @Option(help: "Base units in a pack, with --supply and --from.") var pack: Quantity = Quantity(1)
  @Option(help: "The last day of use, with --supply, --order and --coming.") var expiry: Day?
  @Option(help: "Base units kept at the network; with --from, by the centre itself.") var reserve = Quantity
    .zero
  @Option(help: "The centre that keeps the reserve of what orders bring.") var reserveAt: Centre.Code?
  @Option(help: "Base units for every centre, whatever the rule says.") var floor = Quantity.zero
  @Option(help: "The fewest packs worth sending.") var minimumPacks: Int64 = 1
  @Option(help: "A table of what centres asked for: centre,asked.") var requests: String?
  @Option(help: "Take the needs of this campaign.") var campaign: Campaign.Code?
  @Option(help: "Days that a request is meant to last.") var period: Int64 = 28
  @Option(help: "Days of cover that a centre needs that asked nothing.") var coverTarget: Int64?
  @Option(help: "Terms that begin after this day do not count. (default: the day)") var termsAsOf: Day?
  @Option(help: "The day to which the figures refer. (default: today)") var day: Day?
  @Option(help: "Weeks over which use is measured.") var weeks: Int64 = 4

  func validate() throws {
    try checkLimits()
    let sources = [supply != nil, !order.isEmpty, coming, from != nil].count { $0 }
    guard sources == 1 else {
      throw ValidationError("say what to share with one of --supply, --order, --coming and --from")
    }
  }

  func question(key: String, rule: AllocationRule, reason: String) throws -> AllocationQuestion {
    var question = AllocationQuestion(
      key: key,
      item: item,
      rule: rule,
      supply: source,
      day: day ?? Clock.today,
      reason: reason
    )
    question.reserve = reserve
    question.reserveAt = reserveAt
    question.floor = floor
    question.minimumPacks = minimumPacks
    question.requests = try requests.map { try AllocationQuestion.requests(from: ByteInput(path: $0)) } ?? []
    question.campaign = campaign
    question.period = period
    question.coverTarget = coverTarget
    question.termsAsOf = termsAsOf
    question.weeks = weeks
    return question
  }

  private var source: AllocationQuestion.Supply {
    if let supply { return .stated(supply, packUnits: pack, expiry: expiry) }
    if let from { return .stock(from, packUnits: pack) }
    return .orders(order, expiry: expiry, atMost: atMost)
  }
}

extension Allocations {
  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show who gets and who loses what under each rule, before one is chosen.",
      discussion: """
        Example: procure allocation compare PCR-MIX --coming --requests asked.csv --floor 100

        Only rules that enough is known for are shown: equal cover takes a use, baseline a declared baseline.
        """
    )
    @OptionGroup var options: AllocationOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let question = try options.question(key: "compare", rule: .equalCover, reason: "compared")
      let comparison = try await database.read { try question.compare(in: $0) }
      try Self.report(comparison).write(as: output.format)
      if output.format != .table { for sentence in comparison.sentences { Terminal.note(sentence) } }
    }

    static func report(_ comparison: AllocationComparison) -> ProblemReport<[AllocationAnswer.Compared]> {
      let allocations = comparison.allocations
      return ProblemReport(
        tables: allocations.isEmpty
          ? [] : [AllocationTable.comparison(allocations), AllocationTable.losses(allocations)],
        sentences: comparison.sentences,
        json: allocations.map(AllocationAnswer.Compared.init)
      )
    }
  }

  struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Share a supply by a rule and keep the decision with its reasons.",
      discussion: """
        What orders bring is promised to the centres and goes to them when it comes in; what a centre has is \
        proposed to the others as transfers.

        Example: procure allocation decide PCR-MIX --order CA-2020-00012 --rule equalCover --key 2020-W38 \
        --because "the supplier brings a third"
        """
    )
    @OptionGroup var options: AllocationOptions
    @Option(help: "The rule.") var rule: AllocationRule
    @Option(help: "A key of your own: the same key sent twice is one decision.") var key: String
    @Option(help: "Why it must be shared.") var because: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let question = try options.question(key: key, rule: rule, reason: because)
      let decision = try await database.write { stamp, connection in
        try question.decide(by: stamp, in: connection)
      }
      try decision.report.write(as: output.format)
    }
  }
}

extension AllocationComparison {
  /// Which rules are not shown and what they lack of whom, and who takes no part.
  var sentences: [String] {
    let wanting = Dictionary(grouping: lacking, by: want).sorted {
      $0.value[0].rule.rawValue < $1.value[0].rule.rawValue
    }
    let names = absent.map(\.rawValue).joined(separator: ", ")
    return wanting.map { want, rules in
      let shown = rules.map(\.rule.rawValue).joined(separator: ", ")
      return "Not shown, because unknown is not zero: \(shown). It takes \(want)."
    }
      + (absent.isEmpty
        ? [] : ["Left out, because they asked for, reported and declared nothing of the item: \(names)."])
  }

  /// What a rule takes that is not known, and of whom.
  private func want(_ lacking: Lacking) -> String {
    let byKind = Dictionary(grouping: lacking.findings) { finding in
      finding.expected.components(separatedBy: ", for the rule")[0]
    }
    return byKind.sorted { $0.key < $1.key }.map { kind, findings in
      let centres = findings.map { $0.field.components(separatedBy: ", ")[0] }
      let everyone = allocations.first?.totals.count == centres.count
      return "\(kind), of \(everyone ? "every centre" : centres.joined(separator: ", "))"
    }.joined(separator: "; ")
  }
}
