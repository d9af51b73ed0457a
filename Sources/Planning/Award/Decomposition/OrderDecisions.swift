/// Orders that a branch of the award has decided on: placed or not, freight paid or not.
///
/// An order's fee, minimum and freight are all or nothing, which multipliers see only in proportion to the goods. They
/// are few, so they are decided one by one where they matter.
struct OrderDecisions {
  var placed: [OrderKey: Bool] = [:]
  var freighted: [OrderKey: Bool] = [:]

  /// `min Σ cost × x` over what the decisions leave of [0, 1].
  func least(_ costs: [OrderKey: Double], _ decisions: [OrderKey: Bool]) -> Double {
    costs.keys.sorted().reduce(0) { sum, key in
      let cost = costs[key] ?? 0
      guard let decision = decisions[key] else { return sum + min(0, cost) }
      return decision ? sum + cost : sum
    }
  }

  /// Both ways to decide what the master mixes most: charges that it has not paid yet, by order. Nil where
  /// nothing is mixed.
  func split(_ orders: [MixedOrder]) -> [OrderDecisions]? {
    let placements = orders.filter { placed[$0.key] == nil && $0.placed > 1e-6 && $0.placed < 1 - 1e-6 }
    if let order = placements.max(by: { $0.unpaid < $1.unpaid }), order.unpaid > 0 {
      return [true, false].map { decision in
        var decisions = self
        decisions.placed[order.key] = decision
        if !decision { decisions.freighted[order.key] = false }
        return decisions
      }
    }
    let freights = orders.filter {
      freighted[$0.key] == nil && $0.freighted > 1e-6 && $0.freighted < 1 - 1e-6
    }
    guard let order = freights.max(by: { $0.freightCost < $1.freightCost }) else { return nil }
    return [true, false].map { decision in
      var decisions = self
      decisions.freighted[order.key] = decision
      return decisions
    }
  }
}

/// How far the continuous master places an order and pays its freight, with what both cost in euros.
struct MixedOrder {
  var key: OrderKey
  var placed: Double
  var freighted: Double
  var placedCost: Double
  var freightCost: Double
  /// Goods below which it may not be placed.
  var minimum: Double

  /// A minimum costs something too where the order would be smaller: how much is a guess that only orders the
  /// branches.
  var unpaid: Double { (1 - placed) * (placedCost + freightCost + minimum / 20) }
}
