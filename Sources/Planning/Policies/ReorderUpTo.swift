import Glibc

/// Stock reviewed each period: when the position is at or below s, it is ordered up to S.
///
/// Whole units, demand waits, the order comes at once. Zheng and Federgruen, "Finding optimal (s, S) policies
/// is about as simple as evaluating a single policy", Operations Research 39 (1991).
package struct ReorderUpTo: Hashable, Sendable {
  package var costs: Newsvendor
  package var fixedCost: Double
  package var demand: DiscreteDemand
  /// Expected visits of each depth below S between two orders.
  private var renewals: [Double]

  package init(costs: Newsvendor, fixedCost: Double, demand: DiscreteDemand) {
    (self.costs, self.fixedCost, self.demand) = (costs, fixedCost, demand)
    renewals = []
  }

  /// The mean cost of a period under (s, S).
  package func cost(reorderPoint s: Int, orderUpTo big: Int) -> Double {
    var copy = self
    return copy.mean(s, big)
  }

  /// The best whole s and S, exactly. O((S − s)²) for the renewals.
  package func exact() -> (reorderPoint: Int, orderUpTo: Int, cost: Double) {
    var search = self
    let middle = costs.stock(for: demand)
    var (s, big) = (middle - 1, middle)
    while search.mean(s, big) > search.period(s) { s -= 1 }
    var best = search.mean(s, big)
    var candidate = big + 1
    while search.period(candidate) <= best {
      if search.mean(s, candidate) < best {
        big = candidate
        while search.mean(s, big) <= search.period(s + 1) { s += 1 }
        best = search.mean(s, big)
      }
      candidate += 1
    }
    return (s, big, best)
  }

  private func period(_ stock: Int) -> Double { costs.cost(of: stock, for: demand) }

  private mutating func mean(_ s: Int, _ big: Int) -> Double {
    extend(to: big - s)
    var (total, visits) = (fixedCost, 0.0)
    for depth in 0..<(big - s) {
      total += renewals[depth] * period(big - depth)
      visits += renewals[depth]
    }
    return total / visits
  }

  private mutating func extend(to count: Int) {
    let p = demand.probabilities
    while renewals.count < count {
      let depth = renewals.count
      let reached = stride(from: 1, through: min(depth, p.count - 1), by: 1)
        .reduce(0.0) { $0 + p[$1] * renewals[depth - $1] }
      renewals.append(((depth == 0 ? 1 : 0) + reached) / (1 - p[0]))
    }
  }

  /// s and S by the revised power approximation of Ehrhardt and Mosier (1984), for a normal demand.
  package static func power(
    costs: Newsvendor,
    fixedCost: Double,
    demand: NormalDemand
  ) -> (reorderPoint: Double, orderUpTo: Double) {
    let relative = demand.deviation / demand.mean
    let q =
      1.3 * pow(demand.mean, 0.494) * pow(fixedCost / costs.holding, 0.506)
      * pow(1 + relative * relative, 0.116)
    let z = (q * costs.holding / (demand.deviation * costs.shortage)).squareRoot()
    let s = 0.973 * demand.mean + demand.deviation * (0.183 / z + 1.063 - 2.192 * z)
    return (s, s + q)
  }
}
