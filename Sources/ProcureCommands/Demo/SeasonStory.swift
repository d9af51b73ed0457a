import Inventory
import Procurement
import Storage
import Tabular

/// The season as a person would want to read it.
struct SeasonStory {
  private let season: Season
  private let alone: [[Centre.Code]]
  let spentAlone: Money
  private let alerts: [ShortageAlert]
  private let presence: [PresenceCell]
  private let ceilings: [CeilingAlert]
  private let verified: AuditVerification
  private let reconciled: Bool

  init(_ season: Season, alone: AloneSeason) async throws {
    self.season = season
    var alone = alone
    self.alone = alone.run()
    spentAlone = alone.spent
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

  /// Loads the seeds into an empty, migrated database and replays the season on it.
  static func played(with seeds: Seeds, on database: any Database) async throws -> SeasonStory {
    let world = try SeasonWorld.read(from: seeds)
    guard let first = world.weeks.first else { throw SeedsMissing(folder: seeds.folder) }
    try await seeds.load(into: database, by: Stamp(actor: "demo", at: Instant(first - 7, hour: 7)))
    var season = try await Season(world: world, database: database)
    try await season.run()
    let offers = try await database.read { try Offer.all(in: $0) }
    return try await SeasonStory(season, alone: AloneSeason(season, offers: offers))
  }

  var centreWeeksShort: Int { Self.weeks(season.weeks.map(\.short)) }
  var centreWeeksShortAlone: Int { Self.weeks(alone) }
  var spent: Money { season.purchases.reduce(.zero) { $0 + $1.award.cost } }

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
      .init("centres short", .right), .init("alone", .right),
    ])
    for (week, alone) in zip(season.weeks, alone) {
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
        "\(alone.count)"
      )
    }
    return table.text()
  }

  private var outcome: String {
    let here = season.weeks.map(\.short)
    let missed = season.weeks.reduce(0) { $0 + $1.asked - $1.done }
    return """

      WHO RAN OUT
      together: \(Self.names(here)), \(Self.weeks(here)) centre-weeks; \(Quantity(missed)) tests not done, for want of \
      a component or of a machine
      alone:    \(Self.names(alone)), \(Self.weeks(alone)) centre-weeks
      Alerts: \(alerts.count) raised, \(alerts.filter { $0.state == .resolved }.count) resolved by themselves once \
      the figures were in order.
      Short deliveries: \(season.deliveries.allocations.count) shared out by equal days of cover, \
      \(season.deliveries.short) orders closed short, \(season.deliveries.complete) complete.

      """
  }

  private static func names(_ weeks: [[Centre.Code]]) -> String {
    let centres = Set(weeks.joined()).sorted()
    return centres.isEmpty ? "none" : "\(centres.count) (\(centres.map(\.rawValue).joined(separator: ", ")))"
  }

  private static func weeks(_ weeks: [[Centre.Code]]) -> Int { weeks.reduce(0) { $0 + $1.count } }

  private var purchaseTable: String {
    var table = TextTable([
      .init("campaign"), .init("orders", .right), .init("cost €", .right), .init("alone €", .right),
      .init("saved €", .right), .init("not covered", .right),
    ])
    for purchase in season.purchases {
      let award = purchase.award
      table.add(
        purchase.campaign.rawValue,
        "\(purchase.orders.count)",
        "\(award.cost)",
        award.standaloneCost?.description ?? unknown,
        award.saving?.description ?? unknown,
        "\(award.report.uncovered.count) needs"
      )
    }
    let savings = season.purchases.compactMap(\.award.saving).reduce(Money.zero, +)
    return """
      THE GROUP ORDERS
      \(table.text())
      \(spent) € in all without VAT, \(savings) € less than each centre would have paid alone for the same goods.
      Left to themselves the centres would have spent \(spentAlone) €, and run out as shown above.

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
