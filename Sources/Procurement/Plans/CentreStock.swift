import Inventory
import Planning

/// One place's stock of an item, what comes to it and what will be asked of it, played against every future.
struct CentreStock {
  let supply: ItemSupply
  let centre: Centre.Code?
  let lots: [UsableLot]
  let awaited: [AwaitedDelivery]
  let daily: DailyDemand?
  let outlook: StockoutOutlook?
  private let part: NetworkForecast.Part
  let reportedOn: Day?
  let policy: StockPolicy?

  init(_ reading: DemandReading, part: NetworkForecast.Part, supply: ItemSupply) {
    let promised = supply.item.promised[reading.centre.rawValue] ?? 0
    self.init(
      centre: reading.centre,
      lots: reading.usableLots(after: supply.parameters.asOf).without(promised),
      awaited: supply.awaited(at: reading.centre),
      part: part,
      reportedOn: reading.reported,
      supply: supply
    )
  }

  /// The network as one place: everything the centres have, against everything asked of them.
  init(_ parts: [CentreStock], part: NetworkForecast.Part, supply: ItemSupply) {
    let reports = parts.map(\.reportedOn)
    self.init(
      centre: nil,
      lots: parts.flatMap(\.lots),
      awaited: parts.flatMap(\.awaited),
      part: part,
      reportedOn: reports.contains(nil) ? nil : reports.compactMap(\.self).min(),
      supply: supply
    )
  }

  private init(
    centre: Centre.Code?,
    lots: [UsableLot],
    awaited: [AwaitedDelivery],
    part: NetworkForecast.Part,
    reportedOn: Day?,
    supply: ItemSupply
  ) {
    self.supply = supply
    self.centre = centre
    self.lots = lots
    self.awaited = awaited
    self.part = part
    self.reportedOn = reportedOn
    let daily = part.paths.map { DailyDemand(weeks: $0) }
    self.daily = daily
    outlook = daily.map {
      StockoutOutlook(demand: $0, lots: lots, awaited: awaited, today: supply.today, span: supply.span)
    }
    policy = daily.map {
      StockPolicy(paths: $0.demandPaths, leadTimes: supply.leadTimes, terms: supply.terms)
    }
  }

  /// For a fixed order among places.
  var name: String { centre?.rawValue ?? "" }
  var usable: Int64 { Int64(lots.units) }
  var coming: Int64 { Int64(awaited.reduce(0) { $0 + $1.quantity }) }

  /// Of what is coming, what is expected within so many days: not what a supplier in rupture owes until later.
  func expected(within days: Int) -> Int64 {
    Int64(awaited.reduce(0) { $1.isExpected(within: days, today: supply.today) ? $0 + $1.quantity : $0 })
  }

  /// What an order of today can count on: what comes in the days that the policy protects.
  var counted: Int64 { expected(within: supply.span) }

  /// The outlook after something changed; nil where the use is unknown.
  func outlook(
    adding lot: UsableLot? = nil,
    without given: Int64 = 0,
    rationedTo percent: Int? = nil
  ) -> StockoutOutlook? {
    daily.map { daily in
      StockoutOutlook(
        demand: percent.map { daily.rationed(to: $0) } ?? daily,
        lots: (given > 0 ? lots.without(given) : lots) + (lot.map { [$0] } ?? []),
        awaited: awaited,
        today: supply.today,
        span: supply.span
      )
    }
  }
}

extension CentreStock {
  var line: PlanLine {
    PlanLine(
      item: supply.item.item,
      centre: centre,
      usable: Quantity(usable),
      coming: Quantity(coming),
      uncounted: counted < coming ? Quantity(coming - counted) : nil,
      reportedOn: reportedOn,
      forecast: forecast,
      policy: policy.map(PlanLine.Policy.init),
      risk: outlook.map { PlanLine.Risk($0, supply, wholeHorizon: centre == nil) },
      proposal: proposal
    )
  }

  private var forecast: PlanLine.Forecast? {
    guard let paths = part.paths else { return nil }
    let asOf = supply.parameters.asOf
    let followed = supply.item.scenarios.filter { stated in
      stated.scenario.centre == nil || centre == nil || stated.scenario.centre == centre
    }
    let predicted = paths.predictions(
      supply.parameters.horizon,
      quantiles: supply.parameters.forecast.quantiles
    )
    return PlanLine.Forecast(
      pattern: part.pattern,
      isSurging: part.isSurging,
      borrowed: part.borrowed,
      scenarios: Set(followed.map(\.scenario.source)).sorted(),
      weeks: predicted.enumerated().map { step, week in
        PlanLine.Week(
          from: asOf + 1 + 7 * Int64(step),
          mean: week.mean.thousandths,
          quantiles: week.quantiles
        )
      }
    )
  }

  /// Up to the order-up-to level, in whole packs of the smallest offered, rounded up; nil where nobody delivers.
  private var proposal: PlanLine.Proposal? {
    guard centre != nil, !supply.isInRupture, let policy else { return nil }
    let position = usable + counted
    let (point, level) = (Int64(policy.reorderPoint), Int64(policy.orderUpTo))
    guard position <= point, level > position else { return nil }
    let packs = Rounding.up.divide(level - position, by: supply.packUnits)
    return PlanLine.Proposal(
      quantity: Quantity(packs * supply.packUnits),
      packs: packs,
      packUnits: Quantity(supply.packUnits),
      why: "\(usable) usable + \(counted) coming ≤ reorder point \(point): up to \(level), in packs of "
        + "\(supply.packUnits)"
    )
  }
}

extension PlanLine.Policy {
  init(_ policy: StockPolicy) {
    self.init(
      safetyStock: Quantity(Int64(policy.safetyStock)),
      reorderPoint: Quantity(Int64(policy.reorderPoint)),
      orderUpTo: Quantity(Int64(policy.orderUpTo)),
      reviewDays: Int64(policy.reviewDays),
      why: [
        policy.explanation.safetyStock, policy.explanation.reorderPoint, policy.explanation.orderUpTo,
      ]
    )
  }
}

extension PlanLine.Risk {
  init(_ outlook: StockoutOutlook, _ supply: ItemSupply, wholeHorizon: Bool) {
    let days = supply.leadTimes.days.keys.sorted()
    self.init(
      permille: Int64(outlook.permille(before: supply.leadTimes)),
      waitingPermille: Int64(
        outlook.permille(before: supply.leadTimes, plus: Int(supply.item.policy.reviewDays))
      ),
      early: supply.day(outlook.runsOut(0.1)),
      median: supply.day(outlook.runsOut(0.5)),
      late: supply.day(outlook.runsOut(0.9)),
      meanShort: Quantity(Int64(outlook.meanShort)),
      highShort: Quantity(Int64(outlook.highShort)),
      horizonPermille: wholeHorizon ? Int64(outlook.permilleOfHorizon) : nil,
      leadDays: [days.first, days.last].compactMap { $0.map(Int64.init) }
    )
  }
}
