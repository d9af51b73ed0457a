/// What a branch of the search over tiers asks of a block's delivery points.
struct BlockBranch {
  /// Below each source's true price, over its range.
  var lines: [CostLine]
  var ranges: [BlockRange]
  /// A bound above this is as good as any.
  var cutoff: Double
}

/// A block's delivery points under prices that are lines: what the search over tiers asks again and again.
protocol BlockRelaxation {
  var extent: BlockExtent { get }

  /// The cheapest packs of each source that serve every point, within the ranges; nil where none do.
  mutating func cheapest(_ branch: BlockBranch) -> BlockTotals?

  /// The same, with one source's packs (and those of sources like it) paid at their true price, from the answer without
  /// that; nil where none do, or where that is too much to compute.
  mutating func cheapest(_ branch: BlockBranch, exact source: Int, _ relaxed: BlockTotals) -> BlockTotals?
}

/// Packs of each source and where they go, with a bound that nothing under the same prices undercuts.
struct BlockTotals {
  var bound: Double
  /// Packs by source; empty where no plan was found.
  var packs: [Int]
  /// By point and source; empty where any split of the packs over the points will do.
  var shipped: [[Int]]
  /// Where the plan breaks a range or none was found: what the sources would be asked for.
  var wanted: [Int] = []
  /// What the bound has charged for each source's packs.
  var lines: [CostLine]
  /// Sources at their true price.
  var exact: [Int] = []
  /// A source of the kind that prices alone do not settle.
  var contested: Int?
  /// Prices of packs behind the bound, by kind.
  var prices: [Double] = []
}

/// What all points of a block together must and may have, in units, and how many units a pack of each source is.
struct BlockExtent {
  var least: Int
  var most: Int
  var sizes: [Int]

  /// The ranges without what the other sources' ranges leave no room or no need for; nil where nothing is left.
  func tightened(_ ranges: [BlockRange], _ prices: [BlockPrice]) -> [BlockRange]? {
    var ranges = ranges
    for _ in 0..<3 {
      let before = ranges
      var low = 0
      var high = 0
      for (range, size) in zip(ranges, sizes) {
        guard let packs = range.packs else { continue }
        low += range.allowsNone ? 0 : packs.lowerBound * size
        high += packs.upperBound * size
      }
      guard low <= most, high >= least else { return nil }
      for source in ranges.indices {
        guard let packs = ranges[source].packs else { continue }
        let size = sizes[source]
        let ownLow = ranges[source].allowsNone ? 0 : packs.lowerBound * size
        let upper = min(packs.upperBound, (most - low + ownLow) / size)
        let needed = max(0, least - high + packs.upperBound * size).dividedRoundingUp(by: size)
        if needed > 0 { ranges[source].allowsNone = false }
        let range = prices[source].tightened(max(packs.lowerBound, needed), upper)
        guard range != nil || ranges[source].allowsNone else { return nil }
        ranges[source].packs = range
      }
      if ranges == before { break }
    }
    return ranges
  }
}

extension BlockPrice {
  /// The range cut to numbers of packs that a piece has; nil where none has.
  fileprivate func tightened(_ lower: Int, _ upper: Int) -> ClosedRange<Int>? {
    guard let first = pieces.first(where: { $0.packs.upperBound >= lower }),
      let last = pieces.last(where: { $0.packs.lowerBound <= upper })
    else { return nil }
    let low = max(lower, first.packs.lowerBound)
    let high = min(upper, last.packs.upperBound)
    return low <= high ? low...high : nil
  }
}
