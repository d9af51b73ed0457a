/// One kind of pack paid at its true price, the others at lines: the least cost of each total of the kind over
/// the points, by convolution point after point. Cost: points × total × packs at a point.
struct PointJoin {
  /// More steps than this are left to the multipliers.
  static let mostSteps = 3_000_000

  private let kind: Int
  private let tables: PointTables
  /// Of the other kinds; the joined one costs nothing here.
  private let prices: [Double]
  /// Least cost of each total over the points so far.
  private var layers: [[Double]]
  /// By point and its packs of the kind: what the other kinds cost beside them.
  private var rests: [[Double]] = []

  /// Nil where that is too much to compute. `prices` are those of the other kinds.
  init?(_ base: PointTables, _ kind: Int, _ prices: [Double], most: Int) {
    let size = base.kinds[kind].size
    let limits = base.points.map { base.kinds[kind].groups[$0.group] ? min(most, $0.most / size) : 0 }
    guard limits.reduce(0, { $0 + most * ($1 + 1) }) <= Self.mostSteps else { return nil }
    self.kind = kind
    var tables = base
    var others = prices
    others[kind] = .infinity
    tables.fill(others)
    self.tables = tables
    others[kind] = 0
    self.prices = others
    layers = [[0]]
    for (point, limit) in zip(base.points, limits) { add(point, limit, size, most) }
  }

  private mutating func add(_ point: PointTables.Point, _ limit: Int, _ size: Int, _ most: Int) {
    let rest =
      tables.isDue(point, after: kind)
      ? tables.rests(point, beside: kind, prices, limit: limit)
      : (0...limit).map { packs -> Double in
        tables.best(point, taken: packs * size).map { tables.cost(point, $0) } ?? .infinity
      }
    let before = layers[layers.count - 1]
    var joined = [Double](repeating: .infinity, count: min(most, before.count - 1 + limit) + 1)
    for packs in 0...limit where rest[packs].isFinite {
      KindCost.lower(&joined, before, by: packs, rest[packs])
    }
    layers.append(joined)
    rests.append(rest)
  }

  /// The total with the least cost, the kind's own included; nil where none serves the points.
  func best(_ own: KindCost) -> (cost: Double, total: Int)? {
    var best: (cost: Double, total: Int)?
    let last = layers[layers.count - 1]
    for total in 0..<min(last.count, own.costs.count) {
      let cost = last[total] + own.costs[total]
      if cost < best?.cost ?? .infinity { best = (cost, total) }
    }
    return best
  }

  /// Packs of every kind at each point for so many of the joined one.
  func packs(_ total: Int) -> [[Int]]? {
    var left = total
    var packs = [[Int]](repeating: [], count: rests.count)
    for number in rests.indices.reversed() {
      let before = layers[number]
      var best = (cost: Double.infinity, part: 0)
      for part in rests[number].indices where part <= left && left - part < before.count {
        let cost = before[left - part] + rests[number][part]
        if cost < best.cost { best = (cost, part) }
      }
      guard let taken = beside(best.part, tables.points[number]) else { return nil }
      packs[number] = taken
      left -= best.part
    }
    return packs
  }

  private func beside(_ part: Int, _ point: PointTables.Point) -> [Int]? {
    var taken = [Int](repeating: 0, count: tables.kinds.count)
    if tables.isDue(point, after: kind) {
      var least = taken
      var most = [Int](repeating: .max, count: taken.count)
      least[kind] = part
      most[kind] = part
      return tables.cover(point, prices, least: least, most: most)
    }
    if let quantity = tables.best(point, taken: part * tables.kinds[kind].size) {
      tables.addPacks(point, quantity, to: &taken)
    }
    taken[kind] = part
    return taken
  }
}
