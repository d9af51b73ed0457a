import Inventory
import Planning
import Procurement
import Storage
import Tabular

/// The season as a person would want to read it: as the network lived it, and as it would have gone by simple rules and with
/// every centre on its own.
struct SeasonStory {
  private let season: Season
  /// The same network by the simple rules; nil where that is what was played, for want of the solver.
  let byRules: SeasonOutcome?
  let alone: SeasonOutcome
  private let alerts: [ShortageAlert]
  private let presence: [PresenceCell]
  private let ceilings: [CeilingAlert]
  private let verified: AuditVerification
  private let reconciled: Bool

  private init(_ season: Season, byRules: SeasonOutcome?, alone: SeasonOutcome) async throws {
    self.season = season
    self.byRules = byRules
    self.alone = alone
    (alerts, presence, ceilings, verified, reconciled) = try await season.database.read { connection in
      (
        try ShortageAlert.list(resolvedToo: true, in: connection), try Presence.table(in: connection),
        try Agreement.Reference("AC-2020-PCR").map { reference in
          try CeilingAlert.all(of: Agreement.find(reference, in: connection).id, in: connection)
        } ?? [],
        try Audit.verify(in: connection), try StockLedger.reconcile(in: connection).agrees
      )
    }
  }

  /// Loads the seeds into an empty, migrated database and replays the season on it: with plan runs and exact awards, and beside
  /// it by the simple rules on a database that is forgotten. Without the solver by the rules alone.
  static func played(with seeds: Seeds, on database: any Database) async throws -> SeasonStory {
    let solver = try? HiGHS()
    async let byRules = solver == nil ? nil : rulesBeside(seeds)
    let season = try await Season.lived(solver.map { .plans($0) } ?? .rules, with: seeds, on: database)
    let offers = try await database.read { try Offer.all(in: $0) }
    let alone = SeasonOutcome(AloneSeason(season, offers: offers))
    return try await SeasonStory(season, byRules: byRules, alone: alone)
  }

  private static func rulesBeside(_ seeds: Seeds) async throws -> SeasonOutcome {
    let database = try SQLite(path: ":memory:")
    _ = try await Migrator(Schema.migrations).migrate(database)
    let season = try await Season.lived(.rules, with: seeds, on: database)
    await database.close()
    return SeasonOutcome(season)
  }

  var together: SeasonOutcome { SeasonOutcome(season) }
  var text: String {
    [heading, weekTable, outcome, purchaseTable, ceilingTable, register, proof].joined(separator: "\n")
  }

  private var heading: String {
    let tests = season.world.demand.joined().reduce(0, +)
    return """
      THE SEASON, 18 MAY TO 12 OCTOBER 2020
      \(season.world.centres.count) hospital sites, \(Quantity(tests)) tests asked for: real weekly numbers of people \
      tested by department (SI-DEP),
      times an illustrative share for each centre. Suppliers, prices and opening stocks are illustrative.

      """
  }

  private var weekTable: String {
    var table = TextTable([
      .init("week of"), .init("asked", .right), .init("done", .right), .init("delivered ‰", .right),
      .init("cover", .right), .init("scarcest"), .init("alerts +/−", .right), .init("transfers", .right),
      .init("centres short", .right), .init("by rules", .right), .init("alone", .right),
    ])
    for (index, week) in season.weeks.enumerated() {
      table.add(
        "\(week.monday)",
        "\(Quantity(week.asked))",
        "\(Quantity(week.done))",
        "\(season.world.deliveredPerMille(inWeekOf: week.monday))",
        week.cover.map { "\($0.days) d" } ?? unknown,
        week.cover?.item.rawValue ?? "",
        "+\(week.watch.opened + week.watch.reopened) −\(week.watch.resolved)",
        "\(week.transfers)",
        "\(week.short.count)",
        byRules.map { "\($0.short[index].count)" } ?? unknown,
        "\(alone.short[index].count)"
      )
    }
    return table.text()
  }

  private var outcome: String {
    var table = TextTable([
      .init("way"), .init("centre-weeks short", .right), .init("centres", .right),
      .init("tests not done", .right), .init("spent €", .right),
    ])
    for (name, outcome) in ways {
      table.add(
        name,
        "\(outcome.centreWeeks)",
        "\(outcome.centres.count)",
        "\(Quantity(outcome.missed))",
        "\(outcome.spent)"
      )
    }
    let resolved = alerts.count { $0.state == .resolved }
    return """

      WHO RAN OUT
      \(table.text())
      \(Self.wayWords)
      \(ways.map { "\($0.0): \(Self.names($0.1.centres))" }.joined(separator: "\n"))
      Tests that no analyser had room for count as not done in every way.
      Alerts: \(alerts.count) raised, \(resolved) resolved by themselves once the figures were in order.
      Short deliveries: \(season.deliveries.allocations.count) shared out by equal days of cover, \
      \(season.deliveries.short) orders closed short, \(season.deliveries.complete) complete.

      """
  }

  /// The ways side by side, the one that was lived first.
  private var ways: [(String, SeasonOutcome)] {
    guard let byRules else { return [("together, by rules", together), ("alone", alone)] }
    return [("together, by plans", together), ("together, by rules", byRules), ("alone", alone)]
  }

  private static let wayWords = """
    by plans: a forecast and its risks each Monday, order-up-to levels from them, proven cheapest awards, transfers of \
    least cost
    by rules: days of cover, mean use of four weeks, the greedy award, who has most helps who has least
    """

  private static func names(_ centres: [Centre.Code]) -> String {
    centres.isEmpty ? "nobody" : centres.map(\.rawValue).joined(separator: ", ")
  }

  private var purchaseTable: String {
    var table = TextTable([
      .init("campaign"), .init("orders", .right), .init("award"), .init("cost €", .right),
      .init("greedy €", .right), .init("alone €", .right), .init("saved €", .right),
      .init("not covered", .right),
    ])
    for purchase in season.purchases {
      let award = purchase.award
      table.add(
        purchase.campaign.rawValue,
        "\(purchase.orders.count)",
        award.method.status == .optimal ? "optimal" : award.method.name,
        "\(award.cost)",
        purchase.greedyCost?.description ?? "",
        award.standaloneCost?.description ?? unknown,
        award.saving?.description ?? unknown,
        "\(award.report.uncovered.count) needs"
      )
    }
    let savings = season.purchases.compactMap(\.award.saving).reduce(Money.zero, +)
    return """
      THE GROUP ORDERS
      \(table.text())
      \(season.spent) € in all without VAT, \(savings) € less than each centre would have paid alone for the same goods.
      \(greedyWords)Left to themselves the centres would have spent \(alone.spent) €, and run out as shown above.

      """
  }

  private var greedyWords: String {
    let compared = season.purchases.compactMap { purchase in
      purchase.greedyCost.map { $0 - purchase.award.cost }
    }
    guard !compared.isEmpty else { return "" }
    return """
      Proven cheapest for what they cover, the awards cost \(compared.reduce(.zero, +)) € less than the greedy rule would \
      have for the same.

      """
  }

  private var ceilingTable: String {
    let lines = ceilings.map { "lot \($0.lot): \($0.level.rawValue) % on \($0.raisedAt.day), by \($0.cause)" }
    return """
      CEILINGS REACHED (agreement AC-2020-PCR; at 100 % the agreement is spent and nothing more can be ordered)
      \(lines.isEmpty ? "none" : lines.joined(separator: "\n"))

      """
  }

  private var register: String {
    let categories = Dictionary(grouping: presence, by: \.category)
    var table = TextTable([
      .init("category"), .init("present", .right), .init("absent", .right), .init("unknown", .right),
      .init("in service", .right), .init("to confirm", .right),
    ])
    for (category, cells) in categories.sorted(by: { $0.key < $1.key }) {
      table.add(
        category.rawValue,
        "\(cells.count { $0.presence == .present })",
        "\(cells.count { $0.presence == .absent })",
        "\(cells.count { $0.presence == .unknown })",
        "\(cells.reduce(0) { $0 + $1.confirmed })",
        "\(cells.reduce(0) { $0 + $1.toConfirm })"
      )
    }
    return """
      THE EQUIPMENT REGISTER, BY ORGANISATION
      Unknown means that nobody said: it is neither a machine nor a gap.
      \(table.text())
      """
  }

  private var proof: String {
    let entries = verified.chains.reduce(0) { $0 + $1.length }
    return """
      PROOF
      The ledger and the balances \(reconciled ? "agree" : "DO NOT AGREE"); the log of \(entries) entries in \
      \(verified.chains.count) chains is \(verified.isSound ? "sound" : "BROKEN").

      """
  }
}
