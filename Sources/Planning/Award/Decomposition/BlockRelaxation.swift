/// A block's delivery points under prices that are linear in packs: what the search over tiers asks again and
/// again.
protocol BlockRelaxation {
  /// The cheapest packs of each source that serve every point, at `prices` a pack and within `ranges`; nil
  /// where none do.
  mutating func cheapest(_ prices: [Double], _ ranges: [BlockRange]) -> BlockTotals?

  /// The same, with one source's packs paid at its true price, from the answer without that; nil where none do, or where that is too much
  /// to compute.
  mutating func cheapest(
    _ prices: [Double],
    _ ranges: [BlockRange],
    exact source: Int,
    _ price: BlockPrice,
    _ relaxed: BlockTotals
  ) -> BlockTotals?
}

/// Packs of each source and where they go, with a bound that nothing under the same prices undercuts. The
/// packs may miss a range that the bound has been raised for.
struct BlockTotals {
  var bound: Double
  var packs: [Int]
  /// By point and source; empty where any split of the packs over the points will do.
  var shipped: [[Int]]
  /// The prices with the ranges' multipliers in them; empty where none were needed.
  var prices: [Double] = []
}
