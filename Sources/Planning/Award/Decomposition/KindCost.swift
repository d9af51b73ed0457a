/// What exactly so many packs of one kind cost at true prices, for the best split over its sources.
///
/// Sources are joined one by one. Costs are linear between the ends of pieces, so that in the best split of a
/// total over two of them one is at such an end: that makes a join cost ends × packs instead of packs².
struct KindCost {
  /// By packs.
  private(set) var costs: [Double] = [0]
  private var ends: [Int] = [0]
  /// Costs before each source, and the source's own.
  private var stages: [(before: [Double], source: Int, own: [Double], ends: [Int])] = []
  private let most: Int
  /// Then every number of packs counts as an end: between multiples there is no line.
  private var hasMultiples = false

  init(most: Int) { self.most = most }

  mutating func add(_ source: Int, _ price: BlockPrice, _ range: BlockRange) {
    let limit = min(most, range.packs?.upperBound ?? 0)
    var own = [Double](repeating: .infinity, count: limit + 1)
    var ownEnds: [Int] = []
    if range.allowsNone {
      own[0] = 0
      ownEnds = [0]
    }
    for piece in price.pieces {
      guard let allowed = range.packs, piece.packs.overlaps(allowed) else { continue }
      let packs = piece.packs.clamped(to: allowed)
      guard packs.lowerBound <= limit else { continue }
      let upper = min(limit, packs.upperBound)
      let first = packs.lowerBound.roundedUp(to: price.multiple)
      let counts = Array(stride(from: first, through: upper, by: price.multiple))
      for count in counts { own[count] = piece.cost(count) }
      if price.multiple > 1 {
        ownEnds += counts
      } else {
        ownEnds += upper > first ? [first, upper] : [upper]
      }
    }
    // All that it can have are ends then, which leaves nothing to meet from the other side.
    let isListed = price.multiple > 1
    hasMultiples = hasMultiples || isListed
    join(source, own, ownEnds, isListed)
  }

  private mutating func join(_ source: Int, _ own: [Double], _ ownEnds: [Int], _ isListed: Bool) {
    let before = costs
    let limit = min(most, before.count + own.count - 2)
    var joined = [Double](repeating: .infinity, count: limit + 1)
    for end in ownEnds where own[end].isFinite { Self.lower(&joined, before, by: end, own[end]) }
    for end in ends where !isListed && before[end].isFinite { Self.lower(&joined, own, by: end, before[end]) }
    stages.append((before, source, own, ownEnds))
    if hasMultiples {
      ends = joined.indices.filter { joined[$0].isFinite }
      costs = joined
      return
    }
    let sums = Set(ends.flatMap { end in ownEnds.map { $0 + end } }).filter {
      $0 <= limit && joined[$0].isFinite
    }
    ends = sums.sorted()
    costs = joined
  }

  /// `joined[n + shift] = min(itself, costs[n] + added)`.
  static func lower(_ joined: inout [Double], _ costs: [Double], by shift: Int, _ added: Double) {
    let count = min(costs.count, joined.count - shift)
    guard count > 0 else { return }
    joined.withUnsafeMutableBufferPointer { joined in
      costs.withUnsafeBufferPointer { costs in
        for index in 0..<count {
          let cost = costs[index] + added
          let old = joined[shift &+ index]
          joined[shift &+ index] = cost < old ? cost : old
        }
      }
    }
  }

  /// Packs of each source in the best split of a total whose cost is finite.
  func split(_ total: Int, into packs: inout [Int]) {
    var left = total
    for stage in stages.reversed() {
      var best = (cost: Double.infinity, own: 0)
      for own in max(0, left - stage.before.count + 1)...max(0, min(left, stage.own.count - 1)) {
        guard own < stage.own.count, left - own < stage.before.count else { continue }
        let cost = stage.own[own] + stage.before[left - own]
        if cost < best.cost { best = (cost, own) }
      }
      packs[stage.source] = best.own
      left -= best.own
    }
  }
}
