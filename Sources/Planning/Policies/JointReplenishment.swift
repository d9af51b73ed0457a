/// Items ordered together: a cost for each joint order and one for each item that it holds.
///
/// Silver's heuristic (1976): the item that is cheapest to repeat sets the base cycle, and every other is
/// ordered each so many cycles. Not exact; usually within a percent. O(n).
package struct JointReplenishment: Hashable, Sendable {
  package var cycle: Double
  package var multiples: [Int]
  package var quantities: [Double]
  package var cost: Double

  package init(sharedCost: Double, fixedCosts: [Double], holdingCosts: [Double], demandRates: [Double]) {
    let rates = zip(holdingCosts, demandRates).map(*)
    let ratios = zip(fixedCosts, rates).map(/)
    let base = ratios.indices.min { ratios[$0] < ratios[$1] } ?? 0
    let unit = (sharedCost + fixedCosts[base]) / rates[base]
    let multiples = ratios.indices.map { item in
      item == base ? 1 : max(1, Int((ratios[item] / unit).squareRoot().rounded()))
    }
    let ordering = zip(fixedCosts, multiples).reduce(sharedCost) { $0 + $1.0 / Double($1.1) }
    let holding = zip(rates, multiples).reduce(0) { $0 + $1.0 * Double($1.1) }
    let cycle = (2 * ordering / holding).squareRoot()
    self.cycle = cycle
    self.multiples = multiples
    quantities = zip(demandRates, multiples).map { $0 * cycle * Double($1) }
    cost = ordering / cycle + holding * cycle / 2
  }
}
