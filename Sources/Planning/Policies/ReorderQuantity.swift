/// Stock watched all the time: when the position falls to r, Q are ordered and come a lead time later.
///
/// Demand waits. Snyder and Shen (2019), chapter 5.
package struct ReorderQuantity: Hashable, Sendable {
  package var costs: Newsvendor
  package var fixedCost: Double
  package var demandRate: Double

  package init(costs: Newsvendor, fixedCost: Double, demandRate: Double) {
    (self.costs, self.fixedCost, self.demandRate) = (costs, fixedCost, demandRate)
  }

  /// For a whole-unit demand of the lead time: (Kλ + Σ g(y), y from r + 1 to r + Q) / Q.
  package func cost(reorderPoint r: Int, quantity q: Int, leadTimeDemand: DiscreteDemand) -> Double {
    let sum = (r + 1...r + q).reduce(0.0) { $0 + costs.cost(of: $1, for: leadTimeDemand) }
    return (fixedCost * demandRate + sum) / Double(q)
  }

  /// The best whole r and Q, exactly.
  ///
  /// Federgruen and Zheng, "An efficient algorithm for computing an optimal (r, Q) policy", Operations
  /// Research 40 (1992): the interval grows on its cheaper side while that lowers the mean. O(Q).
  package func exact(leadTimeDemand demand: DiscreteDemand) -> (
    reorderPoint: Int, quantity: Int, cost: Double
  ) {
    func g(_ y: Int) -> Double { costs.cost(of: y, for: demand) }
    let best = costs.stock(for: demand)
    var (low, high) = (best - 1, best)
    var total = fixedCost * demandRate + g(best)
    while true {
      let next = min(g(low), g(high + 1))
      guard next < total / Double(high - low) else { break }
      if g(low) <= g(high + 1) { low -= 1 } else { high += 1 }
      total += next
    }
    return (low, high - low, total / Double(high - low))
  }
}

extension ReorderQuantity {
  /// For a normal demand of the lead time, with the integral of g in closed form.
  package func cost(reorderPoint r: Double, quantity q: Double, leadTimeDemand d: NormalDemand) -> Double {
    let held = costs.holding * (q * (r - d.mean) + q * q / 2)
    let both = costs.holding + costs.shortage
    return (fixedCost * demandRate + held + both * (d.secondLoss(r) - d.secondLoss(r + q))) / q
  }

  /// The best r for a given Q: where g(r) = g(r + Q), by bisection to 1e-9.
  package func reorderPoint(forQuantity q: Double, leadTimeDemand d: NormalDemand) -> Double {
    Self.root(between: d.mean - 2 * q - 40 * d.deviation, and: d.mean + 40 * d.deviation) { r in
      costs.cost(of: r + q, for: d) - costs.cost(of: r, for: d)
    }
  }

  /// The economic order with backorders sets Q, then r is the best for it.
  package func byBackorders(leadTimeDemand d: NormalDemand) -> (reorderPoint: Double, quantity: Double) {
    let q = economic.withBackorders(stockoutCost: costs.shortage).quantity
    return (reorderPoint(forQuantity: q, leadTimeDemand: d), q)
  }

  /// The economic order sets Q, and the newsvendor's stock of the lead time sets r.
  package func bySafetyStock(leadTimeDemand d: NormalDemand) -> (reorderPoint: Double, quantity: Double) {
    (costs.stock(for: d), economic.quantity)
  }

  /// r and Q in turn until neither moves, taking nobody to wait above r + Q:
  /// n(r) = hQ/(h + p) and Q = √(2(Kλ + (h + p)·n₂(r))/h).
  package func byLoss(leadTimeDemand d: NormalDemand) -> (reorderPoint: Double, quantity: Double) {
    let both = costs.holding + costs.shortage
    return settle { q in
      let wanted = costs.holding * q / both
      let r = Self.root(between: d.mean + 40 * d.deviation, and: d.mean - wanted - 40 * d.deviation) {
        d.loss($0) - wanted
      }
      return (r, (2 * (fixedCost * demandRate + both * d.secondLoss(r)) / costs.holding).squareRoot())
    }
  }

  /// Expected inventory level (Hadley and Whitin, 1963), where `shortage` is paid for each unit short:
  /// F(r) = 1 − hQ/(pλ) and Q = √(2λ(K + p·n(r))/h).
  package func byInventoryLevel(
    leadTimeDemand d: NormalDemand
  ) -> (reorderPoint: Double, quantity: Double, cost: Double) {
    let (r, q) = settle { q in
      let r = d.quantile(1 - q * costs.holding / (costs.shortage * demandRate))
      return (r, (2 * demandRate * (fixedCost + costs.shortage * d.loss(r)) / costs.holding).squareRoot())
    }
    let cost =
      costs.holding * (r - d.mean + q / 2)
      + (fixedCost + costs.shortage * d.loss(r)) * demandRate / q
    return (r, q, cost)
  }

  private var economic: EconomicOrder {
    EconomicOrder(fixedCost: fixedCost, holdingCost: costs.holding, demandRate: demandRate)
  }

  private func settle(_ next: (Double) -> (Double, Double)) -> (reorderPoint: Double, quantity: Double) {
    var q = economic.quantity
    for _ in 0..<1000 {
      let (r, better) = next(q)
      if abs(better - q) < 1e-9 { return (r, better) }
      q = better
    }
    return (next(q).0, q)
  }

  /// Where an increasing function of the segment from `low` to `high` (in either direction) is zero.
  private static func root(between low: Double, and high: Double, _ f: (Double) -> Double) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if f(middle) < 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

extension NormalDemand {
  /// ∫ E[max(D − y, 0)] dy from x to infinity.
  package func secondLoss(_ x: Double) -> Double {
    let z = (x - mean) / deviation
    let share = (z * z + 1) * StandardNormal.cumulative(-z) - z * StandardNormal.density(z)
    return deviation * deviation * share / 2
  }
}
