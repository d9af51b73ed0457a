import Inventory
import Planning

/// What can be done for a place that is at risk, each thing played against the same futures.
///
/// Each action is judged by itself, as if nobody else were helped: two centres may be offered the same surplus, and whoever
/// transfers first has it. A donor never falls below its own reorder point and must have reported lately.
struct ActionAdvisor {
  let supply: ItemSupply
  let stocks: [CentreStock]
  let substitutes: [Item.SKU: [DemandReading]]

  /// Days after which a donor's figures are too old to give from.
  static let donorStaleDays: Int64 = 14
  /// Demand that is still served, in percent, tried from the gentlest.
  static let rations = [90, 80, 70, 60, 50]

  /// Those that bring the probability to the policy's clear level first, the gentlest of them first; then the others by
  /// what they leave. `signals` are those of the supply side that concern every centre.
  func actions(for stock: CentreStock, signals: [SupplySignal] = []) -> [PlanLine.Action] {
    guard let outlook = stock.outlook else { return [] }
    let before = PlanLine.Risk(outlook, supply, wholeHorizon: stock.centre == nil)
    let policy = supply.item.policy
    let isAtRisk = before.waitingPermille >= policy.watchPermille || before.permille >= policy.alertPermille
    let isCalled = signals.contains { $0.severity != nil }
    guard isAtRisk || isCalled else { return [] }
    var found = supplyActions(for: stock, signals)
    if isAtRisk {
      found += [transfer(to: stock, before), campaign(for: stock), substitute(for: stock), ration(stock)]
        .compactMap(\.self)
    }
    if let order = order(for: stock, quantity: isCalled ? wanted(stock) : missing(stock)) {
      found.append(order)
    }
    return found.compactMap { useful($0, before) }.sorted(by: isBetter)
  }

  /// Nil where the action changes nothing.
  private func useful(_ action: PlanLine.Action, _ before: PlanLine.Risk) -> PlanLine.Action? {
    var action = action
    // Who has nothing today runs out whatever is done: then it counts how much is missing.
    if before.permille < 1_000 { action.meanShort = nil }
    let lasts = before.horizonPermille.map { (action.horizonPermille ?? $0) < $0 } ?? false
    let helps =
      action.waitingPermille < before.waitingPermille || action.permille < before.permille || lasts
      || action.meanShort.map { $0 < before.meanShort } ?? false
    return helps ? action : nil
  }

  private func isBetter(_ first: PlanLine.Action, _ second: PlanLine.Action) -> Bool {
    let (left, right) = (first.waitingPermille, second.waitingPermille)
    let clear = supply.item.policy.clearPermille
    if (left <= clear) != (right <= clear) { return left <= clear }
    if left > clear, left != right { return left < right }
    if let less = first.meanShort, let more = second.meanShort, less != more { return less < more }
    if let less = first.horizonPermille, let more = second.horizonPermille, less != more {
      return less < more
    }
    return first.kind.rank < second.kind.rank
  }

  func action(
    _ kind: PlanLine.Action.Kind,
    for stock: CentreStock,
    _ outlook: StockoutOutlook?,
    quantity: Int64? = nil,
    with: String? = nil,
    arrives: Day? = nil
  ) -> PlanLine.Action? {
    guard let outlook else { return nil }
    let after = PlanLine.Risk(outlook, supply, wholeHorizon: stock.centre == nil)
    return PlanLine.Action(
      kind: kind,
      quantity: quantity.map { Quantity($0) },
      with: with,
      arrives: arrives,
      permille: after.permille,
      waitingPermille: after.waitingPermille,
      meanShort: after.meanShort,
      horizonPermille: after.horizonPermille
    )
  }

  /// From the centre with the largest surplus above its reorder point, as much as one future in ten lacks.
  private func transfer(to stock: CentreStock, _ risk: PlanLine.Risk) -> PlanLine.Action? {
    guard stock.centre != nil else { return nil }
    let asOf = supply.parameters.asOf
    let donors = stocks.compactMap { donor -> (stock: CentreStock, spare: Int64)? in
      guard donor.centre != stock.centre, let policy = donor.policy, let reported = donor.reportedOn,
        asOf - reported <= Self.donorStaleDays
      else { return nil }
      let spare = donor.usable - Int64(policy.reorderPoint)
      return spare > 0 ? (donor, spare) : nil
    }
    guard
      let best = donors.max(by: {
        ($0.spare, $1.stock.name) < ($1.spare, $0.stock.name)
      }), let donor = best.stock.centre
    else { return nil }
    let quantity = min(best.spare, max(1, risk.highShort.units))
    let arrives = asOf + ItemSupply.transferDays
    let lot = UsableLot(Int(quantity), from: Int(arrives.rawValue))
    var found = action(
      .transfer,
      for: stock,
      stock.outlook(adding: lot),
      quantity: quantity,
      with: donor.rawValue,
      arrives: arrives
    )
    found?.donorPermille = best.stock.outlook(without: quantity).map {
      Int64($0.permille(before: supply.leadTimes))
    }
    return found
  }

  /// From the quickest supplier that delivers and under whose lot something may still be ordered; for the network one
  /// that is not in trouble first.
  private func order(for stock: CentreStock, quantity: Int64) -> PlanLine.Action? {
    let able = supply.item.sources.filter {
      $0.state.delivers && supply.room(under: $0) >= $0.packUnits.units
    }
    func rank(_ source: PlanSource) -> (Int, Int64, Offer.Code) {
      (stock.centre == nil && source.state.isTrouble ? 1 : 0, source.leadDays, source.offer)
    }
    guard quantity > 0, let best = able.min(by: { rank($0) < rank($1) }) else { return nil }
    let pack = best.packUnits.units
    let packs = min(Rounding.up.divide(quantity, by: pack), supply.room(under: best) / pack)
    let arrives = supply.parameters.asOf + max(1, best.leadDays)
    return action(
      .order,
      for: stock,
      stock.outlook(adding: UsableLot(Int(packs * pack), from: Int(arrives.rawValue))),
      quantity: packs * pack,
      with: best.offer.rawValue,
      arrives: arrives
    )
  }

  /// A campaign that is under way, ordered today instead: its goods come after the longest usual lead time.
  private func campaign(for stock: CentreStock) -> PlanLine.Action? {
    guard let next = supply.item.campaigns.first else { return nil }
    let lead = Int64(supply.leadTimes.days.keys.max() ?? 1)
    let arrives = supply.parameters.asOf + lead
    let quantity = missing(stock)
    guard quantity > 0, arrives < next.neededBy else { return nil }
    return action(
      .bringForward,
      for: stock,
      stock.outlook(adding: UsableLot(Int(quantity), from: Int(arrives.rawValue))),
      quantity: quantity,
      with: next.code.rawValue,
      arrives: arrives
    )
  }

  func missing(_ stock: CentreStock) -> Int64 {
    Int64(stock.policy?.orderUpTo ?? 0) - stock.usable - stock.counted
  }

  /// What the place has of a substitute beyond eight weeks of its own use, centre by centre.
  private func substitute(for stock: CentreStock) -> PlanLine.Action? {
    let asOf = supply.parameters.asOf
    let offers = supply.item.substitutes.compactMap { known -> (sku: Item.SKU, units: Int64)? in
      let readings = (substitutes[known.sku] ?? []).filter {
        stock.centre == nil || $0.centre == stock.centre
      }
      let units = readings.reduce(Int64(0)) { sum, reading in
        let kept = Int64((reading.series(category: "").meanRate * 8).rounded(.up))
        let spare = max(0, Int64(reading.usableLots(after: asOf).units) - kept)
        return sum + Rounding.down.divide(spare * known.perQuantity.units, by: known.quantity.units)
      }
      return units > 0 ? (known.sku, units) : nil
    }
    guard let best = offers.max(by: { ($0.units, $1.sku) < ($1.units, $0.sku) }) else { return nil }
    let lot = UsableLot(Int(best.units), from: Int(asOf.rawValue + 1))
    return action(
      .substitute,
      for: stock,
      stock.outlook(adding: lot),
      quantity: best.units,
      with: best.sku.rawValue,
      arrives: asOf + 1
    )
  }

  /// The gentlest ration that brings the probability to the clear level, or the hardest tried.
  private func ration(_ stock: CentreStock) -> PlanLine.Action? {
    var last: PlanLine.Action?
    for percent in Self.rations {
      last = action(.ration, for: stock, stock.outlook(rationedTo: percent))
      last?.percent = Int64(percent)
      if let last, last.waitingPermille <= supply.item.policy.clearPermille { return last }
    }
    return last
  }
}
