/// Packs of different sizes, or sources that reach only some points: each point is a covering knapsack, solved
/// for every quantity at once, and the points are joined by one source's number of packs.
///
/// With `u` the largest quantity of a point in units of the packs' common divisor, `k` sources, `p` points and
/// `n` packs of the joined source: k·u a point, and p·n·(packs of it a point takes) to join them.
struct PointRelaxation: BlockRelaxation {
  struct Point {
    var need: Int
    var most: Int
    /// Sources that arrive in time for all of the point's needs.
    var usable: [Int]
  }

  let sourceCount: Int
  private let points: [Point]
  private let sizes: [Int]
  /// For each quantity of the point at hand, its least cost and the source of its last pack.
  private var tables: [[Double]]
  private var lasts: [[Int]]

  /// Needs, maximums and sizes are in units of the common divisor.
  init(points: [Point], sizes: [Int]) {
    self.points = points
    self.sizes = sizes
    sourceCount = sizes.count
    tables = points.map { Array(repeating: .infinity, count: $0.most + 1) }
    lasts = points.map { Array(repeating: -1, count: $0.most + 1) }
  }

  mutating func cheapest(_ prices: [Double]) -> BlockTotals? {
    var totals = BlockTotals(
      cost: 0,
      packs: Array(repeating: 0, count: sourceCount),
      shipped: Array(repeating: Array(repeating: 0, count: sourceCount), count: points.count)
    )
    for point in points.indices {
      fill(point, prices, excluding: -1)
      guard let quantity = best(point, points[point].need, points[point].most) else { return nil }
      totals.cost += tables[point][quantity]
      trace(point, quantity, into: &totals)
    }
    return totals
  }

  mutating func cheapest(
    _ prices: [Double],
    exact source: Int,
    _ price: BlockPrice,
    _ range: BlockRange
  ) -> BlockTotals? {
    for point in points.indices { fill(point, prices, excluding: source) }
    let most = range.packs?.upperBound ?? 0
    var joined = Joined(most: most, points: points.count)
    for point in points.indices { join(point, source, &joined) }
    var best = (cost: Double.infinity, packs: -1)
    for packs in 0...most where range.contains(packs) && joined.costs[packs].isFinite {
      let cost = joined.costs[packs] + price.cost(packs)
      if cost < best.cost { best = (cost, packs) }
    }
    return best.packs < 0 ? nil : totals(best.packs, best.cost, source, joined)
  }

  /// Least cost of each total of the joined source over the points so far, and each point's part of it.
  private struct Joined {
    var costs: [Double]
    var parts: [[Int]]

    init(most: Int, points: Int) {
      costs = Array(repeating: .infinity, count: most + 1)
      costs[0] = 0
      parts = Array(repeating: Array(repeating: 0, count: most + 1), count: points)
    }
  }

  /// The least cost of every quantity up to the point's most: an unbounded knapsack over its usable sources.
  private mutating func fill(_ point: Int, _ prices: [Double], excluding excluded: Int) {
    let usable = points[point].usable.filter { $0 != excluded && prices[$0].isFinite }
    let most = points[point].most
    tables[point].withUnsafeMutableBufferPointer { table in
      lasts[point].withUnsafeMutableBufferPointer { last in
        table[0] = 0
        guard most > 0 else { return }
        for quantity in 1...most {
          var least = Double.infinity
          var source = -1
          for candidate in usable where sizes[candidate] <= quantity {
            let cost = table[quantity - sizes[candidate]] + prices[candidate]
            if cost < least {
              least = cost
              source = candidate
            }
          }
          table[quantity] = least
          last[quantity] = source
        }
      }
    }
  }

  private func best(_ point: Int, _ lowest: Int, _ highest: Int) -> Int? {
    guard lowest <= highest else { return nil }
    var best: Int?
    for quantity in lowest...highest
    where tables[point][quantity] < best.map({ tables[point][$0] }) ?? .infinity {
      best = quantity
    }
    return best
  }

  private mutating func join(_ point: Int, _ source: Int, _ joined: inout Joined) {
    let this = points[point]
    let limit = this.usable.contains(source) ? this.most / sizes[source] : 0
    let rest = (0...limit).map { packs -> Double in
      let taken = packs * sizes[source]
      return best(point, max(0, this.need - taken), this.most - taken).map { tables[point][$0] } ?? .infinity
    }
    var costs = [Double](repeating: .infinity, count: joined.costs.count)
    for total in costs.indices {
      for part in 0...min(limit, total) {
        let cost = joined.costs[total - part] + rest[part]
        if cost < costs[total] {
          costs[total] = cost
          joined.parts[point][total] = part
        }
      }
    }
    joined.costs = costs
  }

  private func totals(_ packs: Int, _ cost: Double, _ source: Int, _ joined: Joined) -> BlockTotals {
    var totals = BlockTotals(
      cost: cost,
      packs: Array(repeating: 0, count: sourceCount),
      shipped: Array(repeating: Array(repeating: 0, count: sourceCount), count: points.count)
    )
    var left = packs
    for point in points.indices.reversed() {
      let part = joined.parts[point][left]
      left -= part
      totals.packs[source] += part
      totals.shipped[point][source] += part
      let taken = part * sizes[source]
      if let quantity = best(point, max(0, points[point].need - taken), points[point].most - taken) {
        trace(point, quantity, into: &totals)
      }
    }
    return totals
  }

  private func trace(_ point: Int, _ quantity: Int, into totals: inout BlockTotals) {
    var left = quantity
    while left > 0 {
      let source = lasts[point][left]
      totals.packs[source] += 1
      totals.shipped[point][source] += 1
      left -= sizes[source]
    }
  }
}
