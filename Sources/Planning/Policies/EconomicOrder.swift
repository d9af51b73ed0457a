/// The order quantity that balances the cost of ordering against that of holding, for a steady demand.
///
/// Costs and rates are real parameters of a formula, in one currency and one unit of time; quantities become
/// stock only through `wholeUnits`. Snyder and Shen, "Fundamentals of Supply Chain Theory" (2nd edition,
/// 2019), chapter 3; Harris (1913) for the classic case.
package struct EconomicOrder: Hashable, Sendable {
  package var fixedCost: Double
  /// For a unit and a unit of time.
  package var holdingCost: Double
  package var demandRate: Double

  package init(fixedCost: Double, holdingCost: Double, demandRate: Double) {
    (self.fixedCost, self.holdingCost, self.demandRate) = (fixedCost, holdingCost, demandRate)
  }

  /// Q* = √(2Kλ/h).
  package var quantity: Double { (2 * fixedCost * demandRate / holdingCost).squareRoot() }

  /// Cost by unit of time: Kλ/Q + hQ/2.
  package func cost(of quantity: Double) -> Double {
    fixedCost * demandRate / quantity + holdingCost * quantity / 2
  }

  /// The whole quantity of least cost: one of the two neighbours of Q*, at least one unit.
  package var wholeUnits: Int {
    let below = max(1, quantity.rounded(.down))
    return Int(cost(of: below) <= cost(of: below + 1) ? below : below + 1)
  }

  /// Days between two orders, from the whole quantity: at least one, rounded to the nearest.
  package func reviewDays(perDay use: Double) -> Int { max(1, Int((Double(wholeUnits) / use).rounded())) }
}

extension EconomicOrder {
  /// With demand that waits at `stockoutCost` for a unit and a unit of time: the quantity and the share of
  /// time out of stock, x* = h/(h + p) and Q* = √(2Kλ(h + p)/(hp)).
  package func withBackorders(stockoutCost: Double) -> (quantity: Double, stockoutShare: Double) {
    let both = holdingCost + stockoutCost
    let quantity = (2 * fixedCost * demandRate * both / (holdingCost * stockoutCost)).squareRoot()
    return (quantity, holdingCost / both)
  }

  package func cost(of quantity: Double, stockoutShare share: Double, stockoutCost: Double) -> Double {
    holdingCost * quantity * (1 - share) * (1 - share) / 2 + stockoutCost * quantity * share * share / 2
      + fixedCost * demandRate / quantity
  }

  /// What is made at a finite rate is held less: the same order with holding cost h(1 − λ/μ).
  package func produced(atRate rate: Double) -> Self {
    Self(
      fixedCost: fixedCost,
      holdingCost: holdingCost * (1 - demandRate / rate),
      demandRate: demandRate
    )
  }
}

/// Quantity discounts: unit costs from breakpoints on, in increasing order of breakpoint, the first at zero.
package struct QuantityDiscounts: Hashable, Sendable {
  package struct Choice: Hashable, Sendable {
    package var quantity: Double
    package var tier: Int
    /// Purchase, ordering and holding by unit of time.
    package var cost: Double
  }

  package var fixedCost: Double
  /// Share of the unit cost for a unit of time.
  package var holdingRate: Double
  package var demandRate: Double
  package var breakpoints: [Double]
  package var unitCosts: [Double]

  package init(
    fixedCost: Double,
    holdingRate: Double,
    demandRate: Double,
    breakpoints: [Double],
    unitCosts: [Double]
  ) {
    precondition(breakpoints.count == unitCosts.count && breakpoints.first == 0, "one cost for each tier")
    (self.fixedCost, self.holdingRate, self.demandRate) = (fixedCost, holdingRate, demandRate)
    (self.breakpoints, self.unitCosts) = (breakpoints, unitCosts)
  }

  /// The price of the tier holds for the whole order: in each tier the economic quantity, moved to the
  /// nearest end of the tier when it lies outside. O(tiers).
  package var allUnits: Choice? {
    unitCosts.indices.map { tier -> Choice in
      let order = self.order(fixed: fixedCost, tier)
      let above = tier + 1 < breakpoints.count ? breakpoints[tier + 1].nextDown : .infinity
      let quantity = min(max(order.quantity, breakpoints[tier]), above)
      return Choice(
        quantity: quantity,
        tier: tier,
        cost: unitCosts[tier] * demandRate + order.cost(of: quantity)
      )
    }.min { $0.cost < $1.cost }
  }

  /// Each price holds for its own part of the order: what is overpaid below the tier acts as a fixed cost.
  /// O(tiers).
  package var incremental: Choice? {
    var overpaid = 0.0
    var choices: [Choice] = []
    for tier in unitCosts.indices {
      if tier > 0 { overpaid += (unitCosts[tier - 1] - unitCosts[tier]) * breakpoints[tier] }
      let order = order(fixed: fixedCost + overpaid, tier)
      let isInside = tier + 1 == breakpoints.count || order.quantity < breakpoints[tier + 1]
      guard order.quantity >= breakpoints[tier], isInside else { continue }
      let cost = unitCosts[tier] * demandRate + holdingRate * overpaid / 2 + order.cost(of: order.quantity)
      choices.append(Choice(quantity: order.quantity, tier: tier, cost: cost))
    }
    return choices.min { $0.cost < $1.cost }
  }

  private func order(fixed: Double, _ tier: Int) -> EconomicOrder {
    EconomicOrder(fixedCost: fixed, holdingCost: holdingRate * unitCosts[tier], demandRate: demandRate)
  }
}
