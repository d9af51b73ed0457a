/// Packs of each kind for each point, from what the kinds have: point after point, each for least at given
/// prices from what is left.
struct PointDeal {
  /// By point and kind.
  private(set) var packs: [[Int]]
  /// By kind.
  private(set) var totals: [Int]
  private let prices: [Double]
  private let base: PointTables
  private var tables: [UInt64: PointTables] = [:]

  init(_ base: PointTables, _ prices: [Double]) {
    self.base = base
    self.prices = prices
    packs = Array(repeating: Array(repeating: 0, count: base.kinds.count), count: base.points.count)
    totals = Array(repeating: 0, count: base.kinds.count)
  }

  /// Deals to all points; false where something is missing.
  mutating func deal(least: [Int], most: [Int]) -> Bool {
    for point in base.points.indices {
      let left = zip(most, totals).map { $0 - $1 }
      guard let served = served(point, left) else { return false }
      replace(point, served)
    }
    return reach(least, most)
  }

  /// Takes everything back.
  mutating func clear() {
    for point in packs.indices { replace(point, Array(repeating: 0, count: totals.count)) }
  }

  private mutating func replace(_ point: Int, _ served: [Int]) {
    for kind in served.indices { totals[kind] += served[kind] - packs[point][kind] }
    packs[point] = served
  }

  /// The cheapest packs for the point from at most `left` of each kind: a kind that it would take too much of is
  /// tried at every number it has left, and then left out.
  private mutating func served(_ number: Int, _ left: [Int]) -> [Int]? {
    let point = base.points[number]
    if !base.dues[point.group].isEmpty { return servedByDates(point, left) }
    var excluded: UInt64 = 0
    for kind in left.indices where left[kind] <= 0 || prices[kind] == .infinity {
      excluded |= 1 << UInt64(kind)
    }
    var fixed = [Int](repeating: 0, count: left.count)
    var taken = 0
    while true {
      let all = table(excluded)
      guard let quantity = all.best(point, taken: taken) else { return nil }
      var found = fixed
      all.addPacks(point, quantity, to: &found)
      guard let over = found.indices.first(where: { found[$0] > left[$0] }) else { return found }
      excluded |= 1 << UInt64(over)
      let rest = table(excluded)
      let size = base.kinds[over].size
      var best = (cost: Double.infinity, packs: -1)
      for count in 0...left[over] where taken + count * size <= point.most {
        guard let quantity = rest.best(point, taken: taken + count * size) else { continue }
        let cost = rest.cost(point, quantity) + prices[over] * Double(count)
        if cost < best.cost { best = (cost, count) }
      }
      guard best.packs >= 0 else { return nil }
      fixed[over] = best.packs
      taken += best.packs * size
    }
  }

  /// The same where dates part the kinds: what it takes without limits where that is left, or else a search of the
  /// point's own.
  private mutating func servedByDates(_ point: PointTables.Point, _ left: [Int]) -> [Int]? {
    let all = table(0)
    if let quantity = all.best(point, taken: 0) {
      var found = [Int](repeating: 0, count: left.count)
      all.addPacks(point, quantity, to: &found)
      if found.indices.allSatisfy({ found[$0] <= max(0, left[$0]) }) { return found }
    }
    return base.cover(
      point,
      prices,
      least: Array(repeating: 0, count: left.count),
      most: left.map { max(0, $0) }
    )
  }

  private mutating func table(_ excluded: UInt64) -> PointTables {
    if let known = tables[excluded] { return known }
    var table = base
    table.fill(prices.indices.map { excluded >> UInt64($0) & 1 == 1 ? .infinity : prices[$0] })
    tables[excluded] = table
    return table
  }

  private static let mostRaises = 300
  /// A raise between dates asks every point for a search of its own.
  private static let mostRaisesByDates = 40

  /// Raises kinds below their least, a pack at the point where one more costs least.
  private mutating func reach(_ least: [Int], _ most: [Int]) -> Bool {
    let raises = base.dues.allSatisfy(\.isEmpty) ? Self.mostRaises : Self.mostRaisesByDates
    for kind in least.indices where totals[kind] < least[kind] {
      guard least[kind] - totals[kind] <= raises, raise(kind, least, most) else { return false }
    }
    return true
  }

  private struct Raise {
    var point: Int
    var cost: Double
    var served: [Int]
  }

  /// Raises one kind. What a raise costs at a point is known until that point changes, or the others leave no room for it:
  /// what they leave more may make it cheaper, which is not looked for.
  private mutating func raise(_ kind: Int, _ least: [Int], _ most: [Int]) -> Bool {
    let rest = table(1 << UInt64(kind))
    var known = base.points.indices.compactMap { cheapest(kind, at: $0, rest, least, most) }
    while totals[kind] < least[kind] {
      guard let next = known.indices.min(by: { known[$0].cost < known[$1].cost }) else { return false }
      let raise = known.remove(at: next)
      if fits(raise, least, most) { replace(raise.point, raise.served) }
      // Tried again as long as it fits anew.
      if let again = cheapest(kind, at: raise.point, rest, least, most) { known.append(again) }
    }
    return true
  }

  private func cheapest(_ kind: Int, at number: Int, _ rest: PointTables, _ least: [Int], _ most: [Int])
    -> Raise?
  {
    let point = base.points[number]
    guard base.kinds[kind].groups[point.group] else { return nil }
    let count = packs[number][kind] + 1
    guard count * base.kinds[kind].size <= point.most,
      let served = raised(number, kind, to: count, rest, most)
    else { return nil }
    let cost = zip(prices, zip(served, packs[number])).reduce(0) { sum, part in
      part.1.0 == part.1.1 ? sum : sum + part.0 * Double(part.1.0 - part.1.1)
    }
    let raise = Raise(point: number, cost: cost, served: served)
    return fits(raise, least, most) ? raise : nil
  }

  private func fits(_ raise: Raise, _ least: [Int], _ most: [Int]) -> Bool {
    let before = packs[raise.point]
    return raise.served.indices.allSatisfy { other in
      let total = totals[other] - before[other] + raise.served[other]
      return total <= most[other] && (total >= least[other] || raise.served[other] >= before[other])
    }
  }

  /// What the point takes for least beside so many packs of a kind.
  private func raised(_ number: Int, _ kind: Int, to count: Int, _ rest: PointTables, _ most: [Int]) -> [Int]?
  {
    let point = base.points[number]
    if base.dues[point.group].isEmpty {
      guard let quantity = rest.best(point, taken: count * base.kinds[kind].size) else { return nil }
      var served = [Int](repeating: 0, count: totals.count)
      rest.addPacks(point, quantity, to: &served)
      served[kind] = count
      return served
    }
    var least = [Int](repeating: 0, count: totals.count)
    var limits = totals.indices.map { max(0, most[$0] - totals[$0] + packs[number][$0]) }
    least[kind] = count
    limits[kind] = count
    return base.cover(point, prices, least: least, most: limits)
  }
}
