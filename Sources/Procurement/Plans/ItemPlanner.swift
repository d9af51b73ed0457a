import Inventory
import Planning

/// Plans one item at every centre and for the network. Pure: the same item, readings, panel and parameters give the same
/// lines, whatever is planned beside it.
struct ItemPlanner {
  let parameters: PlanParameters
  let panel: PlanPanel

  /// The network's line first, where more than one centre has the item, then the centres' by code.
  /// `substitutes` are readings of the items that may stand in for this one; without
  /// `advising` no actions are tried.
  func lines(
    for item: PlanItem,
    readings: [DemandReading],
    substitutes: [Item.SKU: [DemandReading]] = [:],
    advising: Bool = true
  ) -> [PlanLine] {
    let supply = ItemSupply(item, parameters)
    let forecast = forecast(item, readings, weeks: supply.weeks)
    let stocks = readings.indices.map { index in
      CentreStock(readings[index], part: forecast.centres[index], supply: supply)
    }
    let isSingle = stocks.count == 1
    let advisor = ActionAdvisor(supply: supply, stocks: stocks, substitutes: substitutes)
    let centres = stocks.map { stock -> PlanLine in
      var line = supply.signalled(stock.line, single: isSingle)
      if advising { line.actions = advisor.actions(for: stock, signals: isSingle ? line.signals : []) }
      return line
    }
    guard !isSingle else { return centres }
    let network = CentreStock(stocks, part: forecast.network, supply: supply)
    var line = supply.signalled(network.line, single: false)
    if advising { line.actions = advisor.actions(for: network, signals: line.signals) }
    return ([line] + centres).addedUp()
  }

  /// The forecasts of an item's centres and of the network, with what planners expect.
  func forecast(_ item: PlanItem, _ readings: [DemandReading], weeks: Int) -> NetworkForecast {
    let series = readings.map { $0.series(category: item.category) }
    var forecast = NetworkForecast(
      series,
      elsewhere: readings.map { panel.beside(item: item, centre: $0.centre, window: parameters.window) },
      steps: weeks,
      forecaster: Forecaster(panel: panel.prior, parameters: parameters.forecast, seed: parameters.seed)
    )
    func mathematical(_ stated: [PlanScenario]) -> [Scenario] {
      stated.compactMap { $0.scenario.scenario(after: parameters.asOf, component: $0.component) }
    }
    forecast.follow(
      network: mathematical(item.scenarios.filter { $0.scenario.centre == nil }),
      centres: readings.map { reading in
        mathematical(item.scenarios.filter { $0.scenario.centre == reading.centre })
      }
    )
    return forecast
  }
}

extension [PlanLine] {
  /// Makes the means of a network's line, the first, and of its centres' add up week by week, to the thousandth: they were
  /// reconciled, and each is rounded from its own simulated futures. What that left is spread by the largest remainder.
  fileprivate func addedUp() -> [PlanLine] {
    guard let weeks = first?.forecast?.weeks else { return self }
    var lines = self
    let known = indices.dropFirst().filter { lines[$0].forecast != nil }
    for step in weeks.indices {
      let means = known.map { Int(lines[$0].forecast?.weeks[step].mean ?? 0) }
      let agreed = LargestRemainder.split(Int(weeks[step].mean), inProportionTo: means)
      for (index, mean) in zip(known, agreed) { lines[index].forecast?.weeks[step].mean = Int64(mean) }
      if !known.isEmpty { lines[0].forecast?.weeks[step].mean = Int64(agreed.reduce(0, +)) }
    }
    return lines
  }
}

/// What holds for an item at every centre: lead times, terms, and how far ahead is simulated.
struct ItemSupply {
  let item: PlanItem
  let parameters: PlanParameters
  let leadTimes: LeadTimes
  /// Days over which shortages are counted: the longest lead time and the review.
  let span: Int
  /// Weeks to simulate, as many as are asked for or the span needs.
  let weeks: Int

  /// Days that a delivery takes where no offer says.
  static let unknownLeadDays = 28
  /// Days that a transfer takes.
  static let transferDays: Int64 = 2

  init(_ item: PlanItem, _ parameters: PlanParameters) {
    self.item = item
    self.parameters = parameters
    leadTimes = Self.leadTimes(of: item)
    span = (leadTimes.days.keys.max() ?? 0) + Int(item.policy.reviewDays)
    weeks = max(parameters.horizon, min(26, (span + 6) / 7))
  }

  /// Each supplier that delivers counts alike: its stated lead time, moved by how late the first part of each of its
  /// deliveries was; what it states counts as one more of them. Where none delivers, the times of before stand.
  private static func leadTimes(of item: PlanItem) -> LeadTimes {
    let able = item.sources.filter(\.state.delivers)
    let sources = able.isEmpty ? item.sources : able
    guard !sources.isEmpty else { return .fixed(unknownLeadDays) }
    var days: [Int: Int] = [:]
    for source in sources {
      let delays = (item.records[source.supplier.rawValue] ?? []).compactMap(\.firstDelay) + [0]
      for delay in delays {
        days[max(1, Int(source.leadDays) + delay), default: 0] += max(1, 1000 / delays.count)
      }
    }
    return LeadTimes(days)
  }

  var today: Int { Int(parameters.asOf.rawValue) }

  func day(_ offset: Int?) -> Day? { offset.map { parameters.asOf + Int64($0) } }

  func awaited(at centre: Centre.Code) -> [AwaitedDelivery] {
    item.awaited.filter { $0.centre == centre }.map { delivery in
      AwaitedDelivery(
        quantity: Int(delivery.quantity.units),
        promised: Int(delivery.promised.rawValue),
        records: delivery.supplier.flatMap { item.records[$0.rawValue] } ?? [],
        prospect: delivery.declared?.prospect(of: delivery.promised, asOf: parameters.asOf) ?? .usual
      )
    }
  }

  var terms: PolicyTerms {
    PolicyTerms(
      serviceLevel: Double(item.policy.servicePermille) / 1000,
      leadTime: leadTimes.moments,
      reviewDays: Int(item.policy.reviewDays),
      cycleDays: Int(item.policy.cycleDays),
      legalCoverDays: Int(item.legalCoverDays)
    )
  }

  /// Whether nobody who sells it delivers; not so where nobody is known to sell it.
  var isInRupture: Bool { !item.sources.isEmpty && !item.sources.contains(where: \.state.delivers) }

  var packUnits: Int64 { max(1, item.sources.map(\.packUnits.units).min() ?? 1) }
}
