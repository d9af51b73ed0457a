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
  /// what they leave.
  func actions(for stock: CentreStock) -> [PlanLine.Action] {
    guard let outlook = stock.outlook else { return [] }
    let before = PlanLine.Risk(outlook, supply)
    let policy = supply.item.policy
    guard before.waitingPermille >= policy.watchPermille || before.permille >= policy.alertPermille else {
      return []
    }
    let found = [
      transfer(to: stock, before), order(for: stock), campaign(for: stock), substitute(for: stock),
      ration(stock),
    ].compactMap(\.self).compactMap { action -> PlanLine.Action? in
      var action = action
      // Who has nothing today runs out whatever is done: then it counts how much is missing.
      if before.permille < 1_000 { action.meanShort = nil }
      let helps =
        action.waitingPermille < before.waitingPermille || action.permille < before.permille
        || action.meanShort.map { $0 < before.meanShort } ?? false
      return helps ? action : nil
    }
    let rank = Dictionary(
      uniqueKeysWithValues: PlanLine.Action.Kind.allCases.enumerated().map { ($1, $0) }
    )
    return found.sorted { first, second in
      let (left, right) = (first.waitingPermille, second.waitingPermille)
      let (clearsLeft, clearsRight) = (left <= policy.clearPermille, right <= policy.clearPermille)
      if clearsLeft != clearsRight { return clearsLeft }
      if !clearsLeft, left != right { return left < right }
      if let less = first.meanShort, let more = second.meanShort, less != more { return less < more }
      return (rank[first.kind] ?? 0) < (rank[second.kind] ?? 0)
    }
  }

  private func action(
    _ kind: PlanLine.Action.Kind,
    _ outlook: StockoutOutlook?,
    quantity: Int64? = nil,
    with: String? = nil,
    arrives: Day? = nil
  ) -> PlanLine.Action? {
    guard let outlook else { return nil }
    let after = PlanLine.Risk(outlook, supply)
    return PlanLine.Action(
      kind: kind,
      quantity: quantity.map { Quantity($0) },
      with: with,
      arrives: arrives,
      permille: after.permille,
      waitingPermille: after.waitingPermille,
      meanShort: after.meanShort
    )
  }

  /// From the centre with the largest surplus above its reorder point, as much as one future in ten lacks.
  private func transfer(to stock: CentreStock, _ risk: PlanLine.Risk) -> PlanLine.Action? {
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

  /// From the quickest supplier that delivers, up to the order-up-to level.
  private func order(for stock: CentreStock) -> PlanLine.Action? {
    let able = supply.item.sources.filter(\.state.delivers)
    guard let quickest = able.min(by: { ($0.leadDays, $0.offer) < ($1.leadDays, $1.offer) }) else {
      return nil
    }
    let quantity = missing(stock)
    guard quantity > 0 else { return nil }
    let packs = Rounding.up.divide(quantity, by: quickest.packUnits.units)
    let units = packs * quickest.packUnits.units
    let arrives = supply.parameters.asOf + max(1, quickest.leadDays)
    return action(
      .order,
      stock.outlook(adding: UsableLot(Int(units), from: Int(arrives.rawValue))),
      quantity: units,
      with: quickest.offer.rawValue,
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
      stock.outlook(adding: UsableLot(Int(quantity), from: Int(arrives.rawValue))),
      quantity: quantity,
      with: next.code.rawValue,
      arrives: arrives
    )
  }

  private func missing(_ stock: CentreStock) -> Int64 {
    Int64(stock.policy?.orderUpTo ?? 0) - stock.usable - stock.coming
  }

  /// What the centre has of a substitute beyond eight weeks of its own use.
  private func substitute(for stock: CentreStock) -> PlanLine.Action? {
    let asOf = supply.parameters.asOf
    let offers = supply.item.substitutes.compactMap { known -> (sku: Item.SKU, units: Int64)? in
      guard let reading = substitutes[known.sku]?.first(where: { $0.centre == stock.centre }) else {
        return nil
      }
      let rate = reading.series(category: "").meanRate
      let kept = Int64((rate * 8).rounded(.up))
      let spare = Int64(reading.usableLots(after: asOf).units) - kept
      let units = Rounding.down.divide(max(0, spare) * known.perQuantity.units, by: known.quantity.units)
      return units > 0 ? (known.sku, units) : nil
    }
    guard let best = offers.max(by: { ($0.units, $1.sku) < ($1.units, $0.sku) }) else { return nil }
    let lot = UsableLot(Int(best.units), from: Int(asOf.rawValue + 1))
    return action(
      .substitute,
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
      last = action(.ration, stock.outlook(rationedTo: percent))
      last?.percent = Int64(percent)
      if let last, last.waitingPermille <= supply.item.policy.clearPermille { return last }
    }
    return last
  }
}
