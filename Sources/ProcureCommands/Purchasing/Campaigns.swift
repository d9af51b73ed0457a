import ArgumentParser
import Inventory
import Procurement
import Storage
package import Tabular

struct Campaigns: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaign",
    abstract: "Calls for needs: collect, award, order together.",
    subcommands: [
      New.self, Open.self, Close.self, Prefill.self, AwardCommand.self, Explain.self,
      Order.self,
      Complete.self, Cancel.self, List.self, Show.self,
    ]
  )

  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draw up a campaign.",
      discussion: """
        Example: procure campaign new PCR-S22 --title "PCR, week 22" --opens 2020-05-25 --closes 2020-05-29
          --needed-by 2020-06-15 SWAB-NP VTM-3ML

        With --round the award may order in several rounds: on its own day and on each of these. Needs of one item by
        several days are then served by the round that costs least and still arrives in time.
        """
    )
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @Argument(help: "The items' SKUs.") var items: [Item.SKU]
    @Option(help: "What it is about.") var title: String
    @Option(help: "The first day on which needs are taken.") var opens: Day
    @Option(help: "The last day on which needs are taken.") var closes: Day
    @Option(help: "The day by which the goods must be there.") var neededBy: Day
    @Option(help: "A day of a further round of orders; may be given more than once.") var round: [Day] = []
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let terms = Campaign.Terms(
        code: code,
        title: title,
        opens: opens,
        closes: closes,
        neededBy: neededBy,
        items: items,
        rounds: round
      )
      let campaign = try await database.write { stamp, connection in
        try Campaign.start(terms, by: stamp, in: connection)
      }
      try output.write(one: campaign)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the campaigns, the newest first.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.write(try await database.read { try Campaign.all(in: $0) })
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a campaign and what its award saves each centre."
    )
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let sheet = try await database.read { connection in
        let campaign = try Campaign.find(code, in: connection)
        return CampaignSheet(
          campaign: campaign,
          needs: try Need.all(of: campaign.id, in: connection),
          award: try Award.latest(of: campaign, in: connection)
        )
      }
      try output.write(sheet.table, json: sheet)
    }
  }

  struct Prefill: AsyncParsableCommand, LimitedArguments {
    static let limits = ["plan": ParameterTypes.numbers]
    static let configuration = CommandConfiguration(
      abstract: "Fill in what each centre lacks by a plan, without touching what a centre entered.",
      discussion:
        "Needs are the plan's order-up-to levels less what is there. Example: procure campaign prefill S22"
    )
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @Option(help: "The plan's number; the latest finished one where none is given.") var plan: Int64?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let filled = try await database.write { stamp, connection in
        try Campaign.prefill(code, from: plan.map(PlanRun.ID.init(rawValue:)), by: stamp, in: connection)
      }
      Terminal.note(filled.summary)
      try output.write(filled.needs)
    }
  }
}

extension PrefilledNeeds {
  fileprivate var summary: String {
    let needing = needs.count { $0.quantity > .zero }
    let asked = unknown.map { "\($0.centre) \($0.item)" }.joined(separator: ", ")
    return "Plan \(plan) as of \(asOf): \(needing) of \(needs.count) need something; "
      + (unknown.isEmpty ? "none is unknown." : "unknown, to be asked: \(asked).")
  }
}

/// A campaign with all that came of it.
struct CampaignSheet: Encodable {
  let campaign: Campaign
  let needs: [Need]
  let award: Award?

  var table: TextTable {
    var table = TextTable([.init("field"), .init("value")])
    table.add("campaign", campaign.terms.code.rawValue)
    table.add("title", campaign.terms.title)
    table.add("state", campaign.state.rawValue)
    table.add("needs from", "\(campaign.terms.opens) to \(campaign.terms.closes)")
    table.add("needed by", "\(campaign.terms.neededBy)")
    if !campaign.terms.rounds.isEmpty {
      table.add("orders also on", campaign.terms.rounds.map { "\($0)" }.joined(separator: ", "))
    }
    for item in campaign.terms.items {
      let wanted = needs.filter { $0.item == item }
      let total = wanted.reduce(Quantity.zero) { $0 + $1.quantity }
      table.add("needs of \(item)", "\(total) from \(Set(wanted.map(\.centre)).count) centres")
    }
    if let award { add(award, to: &table) }
    return table
  }

  private func add(_ award: Award, to table: inout TextTable) {
    table.add("award \(award.number)", award.headline)
    table.add("alone", award.standaloneCost.map { "\($0)" } ?? unknown)
    table.add("saving", award.saving.map { "\($0)" } ?? unknown)
    for saving in award.report.savings { table.add("saving of \(saving.centre)", saving.words) }
    for left in award.report.uncovered {
      table.add("not covered", "\(left.quantity) of \(left.item) for \(left.centre): \(left.reason)")
    }
    for advice in award.report.advice { table.add("advice", advice.words) }
    for binding in award.report.remarks?.binding ?? [] { table.add("advice", binding.words) }
  }
}

extension Campaign: Listed {
  package static let columns: [TextTable.Column] = [
    .init("campaign"), .init("title"), .init("state"), .init("opens"), .init("closes"), .init("needed by"),
    .init("items"),
  ]
  package var cells: [String] {
    [
      terms.code.rawValue, terms.title, state.rawValue, "\(terms.opens)", "\(terms.closes)",
      "\(terms.neededBy)", terms.items.map(\.rawValue).joined(separator: " "),
    ]
  }
}

extension Need: Listed {
  package static let columns: [TextTable.Column] = [
    .init("item"), .init("centre"), .init("quantity", .right), .init("tolerance", .right),
    .init("needed by"), .init("origin"), .init("justification"),
  ]
  package var cells: [String] {
    [
      item.rawValue, centre.rawValue, "\(quantity)", "\(tolerance)", neededBy.map { "\($0)" } ?? "",
      origin == .entered ? "entered" : "prefilled", justification,
    ]
  }
}
