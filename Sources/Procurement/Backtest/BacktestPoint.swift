import Inventory
import Planning
import Storage

/// One centre and item on one day of a history, as both rules saw it then, with what the ledger of the day shows.
struct BacktestPoint: Sendable {
  struct Place: Hashable, Comparable, Sendable {
    let item: Item.SKU
    let centre: Centre.Code

    static func < (left: Place, right: Place) -> Bool {
      (left.item, left.centre) < (right.item, right.centre)
    }
  }

  let place: Place
  let day: Day
  /// What lay there at the end of the day, usable or not.
  let onHand: Int64
  /// Used in the week that ends with the day; nil where nobody reported.
  let used: Int64?
  let byCover: ShortageEvidence
  let byPlan: ShortageEvidence
  let criticality: Item.Criticality
  /// Days from an order to its delivery, and from one look at the stock to the next: what the probabilities are stated of.
  let leadTimes: LeadTimes
  let reviewDays: Int
  /// What lay there and what was awaited, as the probabilities saw it.
  let lots: [UsableLot]
  let awaited: [AwaitedDelivery]
}

/// Looks at a database as it was known on the mornings of a history.
struct BacktestReader {
  let parameters: PlanParameters
  let rule: ReorderRule

  /// The points of one day: read as known at eight the morning after it. Nothing is stored.
  func points(in database: any Database) async throws -> [BacktestPoint] {
    let parameters = parameters
    let knownAt = Instant(parameters.asOf + 1, hour: 8)
    let survey = try await database.read { try LedgerSurvey(parameters, knownAt: knownAt, in: $0) }
    let panel = await survey.reader.panel(leadWeeks: parameters.leadWeeks)
    let rule = rule
    return try await database.read { connection in
      let surroundings = try PlanSurroundings(asOf: parameters.asOf, knownAt: knownAt, in: connection)
      let frozen = try surroundings.freeze(survey.items.map(\.sku), in: connection)
      let items = Dictionary(uniqueKeysWithValues: frozen.map { ($0.item, $0) })
      let planner = ItemPlanner(parameters: parameters, panel: panel)
      var points: [BacktestPoint] = []
      let scope = DemandReading.Scope(window: parameters.window, knownAt: knownAt)
      try DemandReading.forEachItem(scope, in: connection) { sku, readings in
        guard let item = items[sku] else { return }
        let supply = ItemSupply(item, parameters)
        let lines = planner.lines(for: item, readings: readings, advising: false).filter { $0.centre != nil }
        for (reading, line) in zip(readings, lines) {
          points.append(BacktestPoint(reading, line, supply: supply, rule: rule))
        }
      }
      return points
    }
  }
}

extension BacktestPoint {
  init(_ reading: DemandReading, _ line: PlanLine, supply: ItemSupply, rule: ReorderRule) {
    let asOf = supply.parameters.asOf
    place = Place(item: reading.item, centre: reading.centre)
    day = asOf
    onHand = reading.onHand
    used = reading.buckets.last?.used?.units
    criticality = supply.item.policy.criticality
    leadTimes = supply.leadTimes
    reviewDays = Int(supply.item.policy.reviewDays)
    let stock = CentreStock(reading, part: .unknown, supply: supply)
    (lots, awaited) = (stock.lots, stock.awaited)
    byPlan = ShortageEvidence(line, run: 0, asOf: asOf, staleDays: 7)
    byCover = reading.coverEvidence(coming: line.coming, rule: rule, asOf: asOf)
  }
}

extension BacktestPoint {
  /// Days from the order of the next review to its delivery, at the most.
  var longestSpan: Int { (leadTimes.days.keys.max() ?? 0) + reviewDays }

  /// What the probability, if ordered only at the next review, would have been had the use that came been known: what is
  /// left to chance is then how deliveries go. In thousandths; nil where too few weeks are known.
  func permille(knowing weeks: [Int64], futures: Int) -> Int64? {
    guard weeks.count * 7 >= longestSpan else { return nil }
    let outlook = StockoutOutlook(
      demand: DailyDemand(known: weeks.map(Int.init), paths: futures),
      lots: lots,
      awaited: awaited,
      today: Int(day.rawValue),
      span: longestSpan
    )
    return Int64(outlook.permille(before: leadTimes, plus: reviewDays))
  }
}

extension DemandReading {
  /// What the rule of days of cover looks at: the use of the last four weeks and the usable stock at that use.
  fileprivate func coverEvidence(coming: Quantity, rule: ReorderRule, asOf: Day) -> ShortageEvidence {
    let known = buckets.suffix(4).filter { $0.used != nil }
    let days = known.reduce(Int64(0)) { $0 + 7 - $1.daysWithoutStock }
    let units = known.reduce(Int64(0)) { $0 + ($1.used?.units ?? 0) }
    let use: Inventory.DailyUse = days > 0 ? .known(units: units, days: days) : .unknown
    let stock = UsableStock(of: lots, on: asOf, use: use)
    return ShortageEvidence(
      usable: Quantity(stock.usable),
      coming: coming,
      used: use.used,
      observedDays: use.days,
      reorderPoint: rule.reorderPoint(at: use),
      reportedOn: reported,
      isStale: false
    )
  }
}
