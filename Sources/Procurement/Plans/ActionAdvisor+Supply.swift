import Inventory
import Planning

/// What can be done where the supply side is the trouble: agreements, suppliers, offers.
extension ActionAdvisor {
  /// Raises the ceilings that are nearly spent, and finds another supplier where none is left or the only one is in trouble.
  func supplyActions(for stock: CentreStock, _ signals: [SupplySignal]) -> [PlanLine.Action] {
    let spent = supply.item.ceilings.filter { ceiling in
      signals.contains { signal in
        guard case .ceiling(let agreement, let lot, _, _) = signal else { return false }
        return agreement == ceiling.agreement && lot == ceiling.lot
      }
    }
    return (spent.map { raise($0, for: stock) } + [newSupplier(for: stock, signals)]).compactMap(\.self)
  }

  /// What the place lacks to its order-up-to level, or for the simulated weeks without what suppliers in rupture owe until
  /// later, whichever is more; zero where it lacks nothing.
  func wanted(_ stock: CentreStock) -> Int64 {
    let coming = stock.expected(within: supply.weeks * 7)
    return max(0, missing(stock), expected(stock) - stock.usable - coming)
  }

  /// Units expected to be used in the simulated weeks, rounded up.
  private func expected(_ stock: CentreStock) -> Int64 {
    stock.daily.map { Int64($0.meanTotal(days: $0.days)) } ?? 0
  }

  /// A lot's ceiling raised, or the lot renewed, by what the simulated weeks need beyond the stock and what may still be
  /// ordered; then all of it ordered from the quickest of its offers.
  private func raise(_ ceiling: PlanCeiling, for stock: CentreStock) -> PlanLine.Action? {
    let offers = supply.item.sources.filter { ceiling.offers.contains($0.offer) && $0.state.delivers }
    guard let lead = offers.map(\.leadDays).min(), let room = ceiling.roomInUnits else { return nil }
    let (wanted, arrives) = (wanted(stock), supply.parameters.asOf + max(1, lead))
    let quantity = wanted - room
    guard quantity > 0 else { return nil }
    return action(
      .raiseCeiling,
      for: stock,
      stock.outlook(adding: UsableLot(Int(wanted), from: Int(arrives.rawValue))),
      quantity: quantity,
      with: "\(ceiling.agreement), lot \(ceiling.lot)",
      arrives: arrives
    )
  }

  /// Where nobody else sells it and the one who does is in trouble, or nobody sells it: a delivery after as long as one takes
  /// of which nothing is known.
  private func newSupplier(for stock: CentreStock, _ signals: [SupplySignal]) -> PlanLine.Action? {
    let sound = supply.item.sources.contains { !$0.state.isTrouble }
    let isTroubled = signals.contains { signal in
      if case .declared = signal { true } else { signal == .noOffer }
    }
    let (quantity, arrives) = (wanted(stock), supply.parameters.asOf + Int64(ItemSupply.unknownLeadDays))
    guard isTroubled, !sound, quantity > 0 else { return nil }
    return action(
      .newSupplier,
      for: stock,
      stock.outlook(adding: UsableLot(Int(quantity), from: Int(arrives.rawValue))),
      quantity: quantity,
      arrives: arrives
    )
  }
}

extension ItemSupply {
  /// Units that may still be ordered of an offer under its lot's ceiling; as good as endless where none is known.
  func room(under source: PlanSource) -> Int64 {
    let ceilings = item.ceilings.filter { $0.offers.contains(source.offer) }
    return ceilings.compactMap(\.roomInUnits).min() ?? .max
  }
}

extension PlanLine.Action.Kind {
  /// The gentlest first.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
