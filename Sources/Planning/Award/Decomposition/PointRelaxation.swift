/// Packs of different sizes, or sources that reach only some points: each point is a covering knapsack, read
/// from a table that all points reached by the same sources share.
///
/// Ranges of single sources join the points. They are kept by multipliers (a source over its range is made
/// dearer until it fits, one under it cheaper), which gives a bound, and by dealing out what is left of each
/// range point by point, which gives a plan. With few packs one source is joined exactly instead.
struct PointRelaxation: BlockRelaxation {
  struct Point {
    var need: Int
    var most: Int
    /// Which group of sources arrives in time for all of the point's needs.
    var group: Int
  }

  private let points: [Point]
  /// Sources of each group.
  private let groups: [[Int]]
  private let sizes: [Int]
  private let largest: [Int]

  /// Needs, maximums and sizes are in units of the packs' common divisor.
  init(points: [Point], groups: [[Int]], sizes: [Int]) {
    self.points = points
    self.groups = groups
    self.sizes = sizes
    largest = groups.indices.map { group in points.reduce(0) { $1.group == group ? max($0, $1.most) : $0 } }
  }

  private func tables(_ prices: [Double], except: Set<Int> = []) -> [CoverTable] {
    groups.indices.map { group in
      let usable = groups[group].filter { !except.contains($0) }
      return CoverTable(largest[group], sizes: sizes, prices: prices, usable: usable)
    }
  }

  private var nothing: BlockTotals {
    BlockTotals(
      bound: 0,
      packs: Array(repeating: 0, count: sizes.count),
      shipped: Array(repeating: Array(repeating: 0, count: sizes.count), count: points.count)
    )
  }

  /// Every point at its own best; ranges not looked at.
  private func unlimited(_ prices: [Double]) -> BlockTotals? {
    let tables = tables(prices)
    var totals = nothing
    for (number, point) in points.enumerated() {
      guard let quantity = tables[point.group].best(point.need, point.most) else { return nil }
      totals.bound += tables[point.group].costs[quantity]
      tables[point.group].trace(quantity, into: &totals.shipped[number])
    }
    totals.count()
    return totals
  }

  func cheapest(_ prices: [Double], _ ranges: [BlockRange]) -> BlockTotals? {
    guard var found = unlimited(prices) else { return nil }
    var adjusted = prices
    for _ in 0..<6 {
      guard let source = outOfRange(found.packs, ranges) else { break }
      guard let next = steered(source, adjusted, ranges, prices, found) else { return nil }
      (found, adjusted) = (next.totals, next.prices)
    }
    if adjusted != prices { improve(&found, prices, ranges) }
    found.prices = adjusted
    return found
  }

  private func outOfRange(_ packs: [Int], _ ranges: [BlockRange]) -> Int? {
    packs.indices.first { source in
      guard let range = ranges[source].packs else { return packs[source] > 0 }
      return packs[source] > range.upperBound
        || (!ranges[source].allowsNone && packs[source] < range.lowerBound)
    }
  }

  /// The value and the watched source's packs with every point at its own best.
  private func look(_ source: Int, _ prices: [Double]) -> (value: Double, packs: Int)? {
    let tables = groups.indices.map { group in
      CoverTable(largest[group], sizes: sizes, prices: prices, usable: groups[group], watching: source)
    }
    var seen = (value: 0.0, packs: 0)
    for point in points {
      guard let quantity = tables[point.group].best(point.need, point.most) else { return nil }
      seen.value += tables[point.group].costs[quantity]
      seen.packs += Int(tables[point.group].watchedPacks[quantity])
    }
    return seen
  }

  /// Changes one source's price until its packs just fit its range, first by growing steps, then by halving;
  /// the bound is the best met on the way.
  private func steered(
    _ source: Int,
    _ prices: [Double],
    _ ranges: [BlockRange],
    _ original: [Double],
    _ start: BlockTotals
  ) -> (totals: BlockTotals, prices: [Double])? {
    let most = ranges[source].packs?.upperBound ?? 0
    let isOver = start.packs[source] > most
    let target = isOver ? most : ranges[source].packs?.lowerBound ?? 0
    var changed = prices
    var bound = start.bound
    var near = prices[source]
    var step = max(abs(near), 1e-6) * 0.02
    var fitting: Double?
    for trial in 0..<22 {
      let price = fitting.map { (near + $0) / 2 } ?? (isOver ? near + step : near - step)
      changed[source] = price
      guard let seen = look(source, changed) else { return nil }
      bound = max(bound, seen.value + lagrangian(changed, original, ranges))
      if isOver ? seen.packs <= target : seen.packs >= target {
        fitting = price
        if seen.packs == target { break }
      } else {
        near = price
        step *= 3
      }
      if let fitting, abs(fitting - near) < 1e-4 * abs(near) || trial > 14 { break }
    }
    changed[source] = isOver ? near : fitting ?? near
    guard var totals = dealt(changed, ranges) ?? unlimited(changed) else { return nil }
    changed[source] = fitting ?? near
    totals.bound = bound
    return (totals, changed)
  }

  /// What the changed prices add for packs within their ranges: the multiplier's part of the bound.
  private func lagrangian(_ changed: [Double], _ original: [Double], _ ranges: [BlockRange]) -> Double {
    changed.indices.reduce(0) { sum, source in
      let dearer = changed[source] - original[source]
      if dearer > 0 { return sum - dearer * Double(ranges[source].packs?.upperBound ?? 0) }
      if dearer < 0 { return sum - dearer * Double(ranges[source].packs?.lowerBound ?? 0) }
      return sum
    }
  }

  /// Serves point after point from what is left of each source's range.
  private func dealt(_ prices: [Double], _ ranges: [BlockRange]) -> BlockTotals? {
    var left = ranges.map { $0.packs?.upperBound ?? 0 }
    var cache = TableCache()
    var totals = nothing
    for (number, point) in points.enumerated() {
      guard let packs = served(point, prices, left, &cache) else { return nil }
      totals.shipped[number] = packs
      for source in packs.indices { left[source] -= packs[source] }
    }
    totals.count()
    return totals
  }

  /// Serves each point again from what the others leave, as long as that saves anything.
  private func improve(_ totals: inout BlockTotals, _ prices: [Double], _ ranges: [BlockRange]) {
    var left = zip(ranges, totals.packs).map { ($0.packs?.upperBound ?? 0) - $1 }
    guard left.allSatisfy({ $0 >= 0 }) else { return }
    let least = ranges.map { $0.allowsNone ? 0 : $0.packs?.lowerBound ?? 0 }
    var cache = TableCache()
    for _ in 0..<3 {
      var isBetter = false
      for number in points.indices {
        let old = totals.shipped[number]
        let room = zip(left, old).map { $0 + $1 }
        guard let new = served(points[number], prices, room, &cache), new != old else { continue }
        let saved = zip(prices, zip(old, new)).reduce(0) {
          $0 + ($1.1.0 == $1.1.1 ? 0 : $1.0 * Double($1.1.0 - $1.1.1))
        }
        let keeps = new.indices.allSatisfy {
          totals.packs[$0] - old[$0] + new[$0] >= least[$0] || new[$0] >= old[$0]
        }
        guard saved > 1e-9, keeps else { continue }
        totals.shipped[number] = new
        totals.count()
        for source in left.indices { left[source] = room[source] - new[source] }
        isBetter = true
      }
      guard isBetter else { break }
    }
  }

  /// Tables by the sources left out of them.
  private typealias TableCache = [Set<Int>: [CoverTable]]

  /// The cheapest packs for one point from at most `left` of each source: a source that the point would take
  /// too much of is tried at every number it has left, and then left out.
  private func served(
    _ point: Point,
    _ prices: [Double],
    _ left: [Int],
    _ cache: inout TableCache
  ) -> [Int]? {
    var excluded = Set(left.indices.filter { left[$0] <= 0 })
    var fixed = [Int](repeating: 0, count: sizes.count)
    var taken = 0
    while true {
      guard let packs = filled(point, taken, fixed, table(point, prices, excluded, &cache)) else {
        return nil
      }
      guard let over = packs.indices.first(where: { packs[$0] > left[$0] }) else { return packs }
      excluded.insert(over)
      let rest = table(point, prices, excluded, &cache)
      var best = (cost: Double.infinity, packs: -1)
      for count in 0...left[over] {
        let all = taken + count * sizes[over]
        guard all <= point.most, let quantity = rest.best(point.need - all, point.most - all) else {
          continue
        }
        let cost = rest.costs[quantity] + (count == 0 ? 0 : prices[over] * Double(count))
        if cost < best.cost { best = (cost, count) }
      }
      guard best.packs >= 0 else { return nil }
      fixed[over] = best.packs
      taken += best.packs * sizes[over]
    }
  }

  private func table(
    _ point: Point,
    _ prices: [Double],
    _ excluded: Set<Int>,
    _ cache: inout TableCache
  ) -> CoverTable {
    if let known = cache[excluded] { return known[point.group] }
    let tables = tables(prices, except: excluded)
    cache[excluded] = tables
    return tables[point.group]
  }

  private func filled(_ point: Point, _ taken: Int, _ fixed: [Int], _ table: CoverTable) -> [Int]? {
    guard let quantity = table.best(point.need - taken, point.most - taken) else { return nil }
    var packs = fixed
    table.trace(quantity, into: &packs)
    return packs
  }
}

extension BlockTotals {
  fileprivate mutating func count() {
    for source in packs.indices { packs[source] = shipped.reduce(0) { $0 + $1[source] } }
  }

  fileprivate func with(bound: Double) -> Self {
    var totals = self
    totals.bound = bound
    return totals
  }
}

extension PointRelaxation {
  /// More steps than this are left to the multipliers.
  private static let mostSteps = 400_000

  /// Least cost of each total of the joined source over the points so far, and each point's part of it.
  private struct Joined {
    var costs: [Double]
    var parts: [[Int]]
  }

  func cheapest(
    _ prices: [Double],
    _ ranges: [BlockRange],
    exact source: Int,
    _ price: BlockPrice,
    _ relaxed: BlockTotals
  ) -> BlockTotals? {
    let most = ranges[source].packs?.upperBound ?? 0
    let steps = points.reduce(0) { $0 + most * ($1.most / sizes[source] + 1) }
    guard steps <= Self.mostSteps else { return nil }
    // The other sources' ranges are kept by their multipliers.
    var adjusted = relaxed.prices.isEmpty ? prices : relaxed.prices
    adjusted[source] = prices[source]
    let tables = tables(adjusted, except: [source])
    var joined = Joined(costs: [0] + Array(repeating: .infinity, count: most), parts: [])
    for point in points { join(point, source, tables[point.group], &joined) }
    var best = (cost: Double.infinity, packs: -1)
    for packs in 0...most where ranges[source].contains(packs) && joined.costs[packs].isFinite {
      let cost = joined.costs[packs] + price.cost(packs)
      if cost < best.cost { best = (cost, packs) }
    }
    guard best.packs >= 0 else { return nil }
    let bound = best.cost + lagrangian(adjusted, prices, ranges)
    var found = totals(best.packs, bound, source, tables, joined)
    if adjusted != prices { improve(&found, prices, ranges) }
    return found
  }

  private func join(_ point: Point, _ source: Int, _ table: CoverTable, _ joined: inout Joined) {
    let limit = groups[point.group].contains(source) ? point.most / sizes[source] : 0
    let rest = (0...limit).map { packs -> Double in
      let taken = packs * sizes[source]
      return table.best(point.need - taken, point.most - taken).map { table.costs[$0] } ?? .infinity
    }
    var costs = [Double](repeating: .infinity, count: joined.costs.count)
    var parts = [Int](repeating: 0, count: joined.costs.count)
    for total in costs.indices {
      for part in 0...min(limit, total) {
        let cost = joined.costs[total - part] + rest[part]
        if cost < costs[total] {
          costs[total] = cost
          parts[total] = part
        }
      }
    }
    joined.costs = costs
    joined.parts.append(parts)
  }

  private func totals(
    _ packs: Int,
    _ bound: Double,
    _ source: Int,
    _ tables: [CoverTable],
    _ joined: Joined
  ) -> BlockTotals {
    var totals = nothing
    var left = packs
    for (number, point) in points.enumerated().reversed() {
      let part = joined.parts[number][left]
      left -= part
      totals.shipped[number][source] = part
      let taken = part * sizes[source]
      if let quantity = tables[point.group].best(point.need - taken, point.most - taken) {
        tables[point.group].trace(quantity, into: &totals.shipped[number])
      }
    }
    totals.count()
    return totals.with(bound: bound)
  }
}
