/// Packs of one size that all arrive in time: the points are one point that takes `least…most` packs, and any
/// split over them works. Cost: sources, or sources and pieces, a question.
struct PooledRelaxation: BlockRelaxation {
  let least: Int
  let most: Int
  let sourceCount: Int

  func cheapest(_ prices: [Double]) -> BlockTotals? {
    var packs = [Int](repeating: 0, count: sourceCount)
    guard let rest = fill(0, prices, excluding: nil) else { return nil }
    if let source = rest.source { packs[source] = rest.packs }
    return BlockTotals(cost: rest.cost, packs: packs, shipped: [])
  }

  func cheapest(
    _ prices: [Double],
    exact source: Int,
    _ price: BlockPrice,
    _ range: BlockRange
  ) -> BlockTotals? {
    var best: BlockTotals?
    func consider(_ count: Int) {
      guard range.contains(count), count <= most, let rest = fill(count, prices, excluding: source) else {
        return
      }
      let cost = price.cost(count) + rest.cost
      guard cost < best?.cost ?? .infinity else { return }
      var packs = [Int](repeating: 0, count: sourceCount)
      packs[source] = count
      if let other = rest.source { packs[other] = rest.packs }
      best = BlockTotals(cost: cost, packs: packs, shipped: [])
    }
    // Both costs are linear between these, so one of them is best.
    consider(0)
    if let allowed = range.packs {
      for piece in price.pieces where piece.packs.overlaps(allowed) {
        let packs = piece.packs.clamped(to: allowed)
        consider(packs.lowerBound)
        consider(packs.upperBound)
        if packs.contains(least) { consider(least) }
        if packs.contains(most) { consider(most) }
      }
    }
    return best
  }

  /// What the cheapest other source must or may add to `taken` packs.
  private func fill(
    _ taken: Int,
    _ prices: [Double],
    excluding excluded: Int?
  ) -> (cost: Double, source: Int?, packs: Int)? {
    var cheapest: Int?
    for source in prices.indices where source != excluded && prices[source].isFinite {
      if prices[source] < cheapest.map({ prices[$0] }) ?? .infinity { cheapest = source }
    }
    guard let cheapest else { return taken >= least ? (0, nil, 0) : nil }
    let packs = prices[cheapest] < 0 ? most - taken : max(0, least - taken)
    return (prices[cheapest] * Double(packs), cheapest, packs)
  }
}
