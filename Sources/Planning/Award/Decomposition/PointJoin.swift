/// One kind of pack paid at its true price, the others at lines: the least cost of each total of the kind over
/// the points, by convolution point after point.
///
/// Costs are counted above what each point costs by itself at the multiplier of the kind: no plan that costs less than
/// the cutoff has more of that than lies between the bound so far and the cutoff, so that only few packs at a point and few
/// totals need to be looked at. Cost: points × such totals × such packs.
struct PointJoin {
  /// More steps than this are left to the multipliers.
  static let mostSteps = 3_000_000
  /// Nor is it tried where that many would be left to be left out.
  static let mostTried = 12_000_000

  /// Costs of consecutive totals, from the first on.
  private struct Layer {
    var first = 0
    var costs: [Double] = [0]

    /// Without the totals at both ends that cost more; nil where all do.
    func within(_ slack: Double) -> Layer? {
      func isLeft(_ cost: Double) -> Bool { cost <= slack && cost.isFinite }
      guard let start = costs.firstIndex(where: isLeft), let end = costs.lastIndex(where: isLeft) else {
        return nil
      }
      return Layer(first: first + start, costs: Array(costs[start...end]))
    }
  }

  private let kind: Int
  private let tables: PointTables
  /// Of the other kinds; the joined one costs nothing here.
  private let prices: [Double]
  private let multiplier: Double
  private let slack: Double
  /// What the points cost by themselves.
  private var least = 0.0
  private var steps = 0
  /// Least cost of each total over the points so far.
  private var layers = [Layer()]
  /// By point, for its packs of the kind: what the point costs beside them, above its least.
  private var excesses: [Layer] = []
  /// Whether no plan costs less than the cutoff.
  private var isEmpty = false

  /// Nil where that is too much to compute.
  /// - Parameters:
  ///   - base: the points and kinds.
  ///   - kind: the one that is joined.
  ///   - prices: those of the other kinds, and the multiplier of the kind.
  ///   - most: packs of the kind.
  ///   - slack: the cutoff less the bound at these prices; infinite where every total is asked for.
  init?(_ base: PointTables, _ kind: Int, _ prices: [Double], most: Int, slack: Double) {
    self.kind = kind
    self.slack = prices[kind].isFinite ? slack : .infinity
    multiplier = prices[kind].isFinite ? prices[kind] : 0
    var tables = base
    var others = prices
    others[kind] = .infinity
    tables.fill(others)
    self.tables = tables
    others[kind] = 0
    self.prices = others
    let size = base.kinds[kind].size
    let limits = base.points.map { base.kinds[kind].groups[$0.group] ? min(most, $0.most / size) : 0 }
    // Without a cutoff nothing is left out on the way.
    let whole = limits.reduce(0) { $0 + most * ($1 + 1) }
    guard whole <= Self.mostSteps || slack.isFinite && whole <= Self.mostTried else { return nil }
    for (point, limit) in zip(base.points, limits) {
      if tables.isDue(point, after: kind) { steps += (limit + 1) * point.most / 2 }
      guard steps <= Self.mostSteps else { return nil }
      guard let excess = excess(point, limit, size), let layer = joined(with: excess, most) else {
        isEmpty = true
        return
      }
      guard steps <= Self.mostSteps else { return nil }
      layers.append(layer)
      excesses.append(excess)
    }
  }

  /// Nil where the point cannot be served for less than the cutoff.
  private mutating func excess(_ point: PointTables.Point, _ limit: Int, _ size: Int) -> Layer? {
    var costs =
      tables.isDue(point, after: kind)
      ? tables.rests(point, beside: kind, prices, limit: limit)
      : (0...limit).map { packs -> Double in
        tables.best(point, taken: packs * size).map { tables.cost(point, $0) } ?? .infinity
      }
    for packs in costs.indices { costs[packs] += multiplier * Double(packs) }
    guard let lowest = costs.min(), lowest.isFinite else { return nil }
    least += lowest
    for packs in costs.indices { costs[packs] -= lowest }
    return Layer(costs: costs).within(slack)
  }

  /// The last layer and one point more, unless that takes too many steps; nil where it costs too much.
  private mutating func joined(with excess: Layer, _ most: Int) -> Layer? {
    let before = layers[layers.count - 1]
    let first = before.first + excess.first
    let last = min(most, first + before.costs.count + excess.costs.count - 2)
    guard last >= first else { return nil }
    steps += before.costs.count * excess.costs.count
    guard steps <= Self.mostSteps else { return before }
    var joined = [Double](repeating: .infinity, count: last - first + 1)
    for (packs, cost) in excess.costs.enumerated() where cost <= slack && packs < joined.count {
      KindCost.lower(&joined, before.costs, by: packs, cost)
    }
    return Layer(first: first, costs: joined).within(slack)
  }

  /// The total with the least cost, the kind's own included; nil where none serves the points for less than the cutoff.
  func best(_ own: KindCost) -> (cost: Double, total: Int)? {
    guard !isEmpty else { return nil }
    var best: (cost: Double, total: Int)?
    let last = layers[layers.count - 1]
    for (offset, excess) in last.costs.enumerated() where last.first + offset < own.costs.count {
      let total = last.first + offset
      let cost = least + excess - multiplier * Double(total) + own.costs[total]
      if cost < best?.cost ?? .infinity { best = (cost, total) }
    }
    return best
  }

  /// Packs of every kind at each point for so many of the joined one.
  func packs(_ total: Int) -> [[Int]]? {
    var left = total
    var packs = [[Int]](repeating: [], count: excesses.count)
    for number in excesses.indices.reversed() {
      let before = layers[number]
      let own = excesses[number]
      var best = (cost: Double.infinity, part: 0)
      for (offset, excess) in own.costs.enumerated() {
        let place = left - own.first - offset - before.first
        guard place >= 0, place < before.costs.count else { continue }
        let cost = before.costs[place] + excess
        if cost < best.cost { best = (cost, own.first + offset) }
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
