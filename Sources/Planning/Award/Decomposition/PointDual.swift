/// Prices of packs, one for each kind, at which what the points take and what the sources offer in a branch
/// agree as far as prices can make them: a Lagrangian dual in a few dimensions.
///
/// Maximised by a proximal bundle (Lemaréchal 1975; Kiwiel 1990), from prices that would be right if packs could
/// be opened. Prices are moved by base unit, so that kinds are comparable.
struct PointDual {
  /// The best bound, and the prices and packs that give it.
  private(set) var bound = -Double.infinity
  private(set) var prices: [Double] = []
  private(set) var demand: [Int] = []
  /// Packs that the points take beyond the offer (or, negative, short of it), by kind.
  private(set) var excess: [Int] = []

  private struct Cut {
    var gradient: [Double]
    /// Value of the cut's plane at the centre, above the value there.
    var error: Double
    var weight: Double
  }

  private var cuts: [Cut] = []
  private let supply: KindSupply
  private let active: [Int]

  /// Nil where the branch cannot serve the points. Ends early at a bound above `cutoff`.
  init?(_ supply: KindSupply, _ tables: inout PointTables, cutoff: Double, tolerance: Double, steps: Int) {
    let need = tables.points.reduce(0) { $0 + $1.need }
    guard let start = supply.startingPrices(need: need) else { return nil }
    self.supply = supply
    active = start.indices.filter { start[$0].isFinite }
    guard let first = evaluate(start, &tables) else { return nil }
    accept(start, first)
    climb(&tables, cutoff, tolerance, steps)
  }

  private struct Seen {
    var value: Double
    var demand: [Int]
    var excess: [Int]
  }

  private func evaluate(_ prices: [Double], _ tables: inout PointTables) -> Seen? {
    guard let points = tables.evaluate(prices) else { return nil }
    var seen = Seen(value: points.cost, demand: points.demand, excess: points.demand)
    for kind in active {
      let offer = supply.answer(kind, prices[kind])
      seen.value += offer.value
      seen.excess[kind] -= min(max(points.demand[kind], offer.least), offer.most)
    }
    return seen
  }

  private mutating func accept(_ prices: [Double], _ seen: Seen) {
    bound = seen.value
    demand = seen.demand
    excess = seen.excess
    self.prices = prices
  }

  private func gradient(_ excess: [Int]) -> [Double] {
    active.map { Double(excess[$0] * supply.sizes[$0]) }
  }

  private mutating func climb(
    _ tables: inout PointTables,
    _ cutoff: Double,
    _ tolerance: Double,
    _ steps: Int
  ) {
    guard excess.contains(where: { $0 != 0 }) else { return }
    cuts = [Cut(gradient: gradient(excess), error: 0, weight: 1)]
    var reach = firstReach
    for _ in 0..<steps where bound < cutoff {
      solve(reach)
      let direction = aggregate
      let steepness = direction.reduce(0) { $0 + $1 * $1 }
      let promised = reach * steepness + cuts.reduce(0) { $0 + $1.weight * $1.error }
      if promised <= tolerance * max(1e-6, abs(bound)) { return }
      var trial = prices
      for (position, kind) in active.enumerated() {
        trial[kind] += reach * direction[position] * Double(supply.sizes[kind])
      }
      guard let seen = evaluate(trial, &tables) else { return }
      let moved = direction.map { reach * $0 }
      let slope = gradient(seen.excess)
      if seen.value >= bound + 0.1 * promised {
        let risen = seen.value - bound
        for cut in cuts.indices {
          cuts[cut].error += zip(cuts[cut].gradient, moved).reduce(0) { $0 + $1.0 * $1.1 } - risen
          cuts[cut].error = max(0, cuts[cut].error)
        }
        accept(trial, seen)
        cuts.append(Cut(gradient: slope, error: 0, weight: 0))
        if seen.excess.allSatisfy({ $0 == 0 }) { return }
        if risen > 0.5 * promised { reach *= 2.5 }
      } else {
        let error = seen.value - zip(slope, moved).reduce(0) { $0 + $1.0 * $1.1 } - bound
        cuts.append(Cut(gradient: slope, error: max(0, error), weight: 0))
        reach *= 0.6
      }
      prune()
    }
  }

  /// So long a step that the first one moves prices by some hundredths.
  private var firstReach: Double {
    let steep = gradient(excess).reduce(0) { $0 + $1 * $1 }.squareRoot()
    let unit = active.reduce(0.0) { max($0, abs(prices[$1]) / Double(supply.sizes[$1])) }
    return 0.03 * max(unit, 1e-6) / max(steep, 1e-9)
  }

  private var aggregate: [Double] {
    var sum = [Double](repeating: 0, count: active.count)
    for cut in cuts where cut.weight > 0 {
      for position in sum.indices { sum[position] += cut.weight * cut.gradient[position] }
    }
    return sum
  }

  private mutating func prune() {
    guard cuts.count > 12, let idle = cuts.indices.dropLast().min(by: { cuts[$0].weight < cuts[$1].weight })
    else { return }
    cuts.remove(at: idle)
    let sum = cuts.reduce(0) { $0 + $1.weight }
    if sum > 0 { for cut in cuts.indices { cuts[cut].weight /= sum } } else { cuts[0].weight = 1 }
  }

  /// Weights of the cuts, `min ½ reach |Σ w g|² + Σ w e` over the simplex, by pairwise steps.
  private mutating func solve(_ reach: Double) {
    var sum = aggregate
    for _ in 0..<40 {
      var low = (value: Double.infinity, cut: 0)
      var high = (value: -Double.infinity, cut: 0)
      for cut in cuts.indices {
        var value = cuts[cut].error
        for position in sum.indices { value += reach * sum[position] * cuts[cut].gradient[position] }
        if value < low.value { low = (value, cut) }
        if cuts[cut].weight > 0, value > high.value { high = (value, cut) }
      }
      guard high.value - low.value > 1e-9 * max(1e-9, abs(high.value)) else { return }
      var curve = 0.0
      for position in sum.indices {
        let change = cuts[low.cut].gradient[position] - cuts[high.cut].gradient[position]
        curve += reach * change * change
      }
      let step = min(cuts[high.cut].weight, curve > 0 ? (high.value - low.value) / curve : .infinity)
      cuts[low.cut].weight += step
      cuts[high.cut].weight -= step
      for position in sum.indices {
        sum[position] += step * (cuts[low.cut].gradient[position] - cuts[high.cut].gradient[position])
      }
    }
  }
}
