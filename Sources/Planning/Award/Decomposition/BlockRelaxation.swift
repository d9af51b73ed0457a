/// A block's delivery points under prices that are linear in packs: what the search over tiers asks again and
/// again.
protocol BlockRelaxation {
  var sourceCount: Int { get }

  /// The cheapest packs of each source that serve every point, at `prices` a pack; nil where none do.
  mutating func cheapest(_ prices: [Double]) -> BlockTotals?

  /// The same, with one source's packs paid at its true price and kept to `range`.
  mutating func cheapest(
    _ prices: [Double],
    exact source: Int,
    _ price: BlockPrice,
    _ range: BlockRange
  ) -> BlockTotals?
}

/// Packs of each source, what the relaxation says they cost, and where they go.
struct BlockTotals {
  var cost: Double
  var packs: [Int]
  /// By point and source; empty where any split of the packs over the points will do.
  var shipped: [[Int]]
}
