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
  /// that; nil where that is too much to compute. Without packs where no plan costs less than the cutoff.
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
