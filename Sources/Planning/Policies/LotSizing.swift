/// Orders of one item for a known demand period by period, each order at a fixed cost.
package struct LotSizing: Hashable, Sendable {
  package struct Period: Hashable, Sendable {
    package var demand: Int
    package var fixedCost: Double
    package var unitCost: Double
    /// For a unit held at the end of the period.
    package var holdingCost: Double

    package init(demand: Int, fixedCost: Double, unitCost: Double = 0, holdingCost: Double) {
      (self.demand, self.fixedCost) = (demand, fixedCost)
      (self.unitCost, self.holdingCost) = (unitCost, holdingCost)
    }
  }

  package struct Plan: Hashable, Sendable {
    package var orders: [Int]
    package var cost: Double
    /// The least cost from each period to the end.
    package var costsToGo: [Double]
    /// Where the next decision is taken after an order in each period.
    package var next: [Int]
  }

  package var periods: [Period]

  package init(_ periods: [Period]) { self.periods = periods }

  /// The cheapest plan: an order brings the demand of whole periods (Wagner and Whitin, "Dynamic version of
  /// the economic lot size model", Management Science 5, 1958). O(T²).
  package func plan() -> Plan {
    var toGo = Array(repeating: 0.0, count: periods.count + 1)
    var next = Array(repeating: periods.count, count: periods.count)
    for first in periods.indices.reversed() {
      (toGo[first], next[first]) = best(from: first, toGo)
    }
    var orders = periods.map { _ in 0 }
    var period = 0
    while period < periods.count {
      orders[period] = periods[period..<next[period]].reduce(0) { $0 + $1.demand }
      period = next[period]
    }
    return Plan(orders: orders, cost: toGo[0], costsToGo: Array(toGo.dropLast()), next: next)
  }

  /// The least cost of an order in `first` that lasts until just before some later period.
  private func best(from first: Int, _ toGo: [Double]) -> (Double, Int) {
    var (least, until) = (Double.infinity, first + 1)
    var (quantity, held, carriage) = (0, 0.0, 0.0)
    for last in first..<periods.count {
      if last > first { carriage += periods[last - 1].holdingCost }
      quantity += periods[last].demand
      held += Double(periods[last].demand) * carriage
      let order = quantity > 0 ? periods[first].fixedCost + periods[first].unitCost * Double(quantity) : 0
      let cost = order + held + toGo[last + 1]
      if cost < least { (least, until) = (cost, last + 1) }
    }
    return (least, until)
  }
}
