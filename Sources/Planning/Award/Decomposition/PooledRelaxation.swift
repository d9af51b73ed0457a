/// Packs of one size that all arrive in time: the points are one point that takes `least…most` packs, and any
/// split over them works. Under linear prices, filling up from the cheapest source is best.
struct PooledRelaxation: BlockRelaxation {
  let extent: BlockExtent
  let prices: [BlockPrice]

  private var least: Int { extent.least }
  private var most: Int { extent.most }

  func cheapest(_ branch: BlockBranch) -> BlockTotals? {
    let ranges = branch.ranges
    var packs = ranges.map { $0.allowsNone ? 0 : $0.packs?.lowerBound ?? 0 }
    guard let cost = fill(&packs, branch.lines.map(\.slope), ranges, except: nil) else { return nil }
    return BlockTotals(
      bound: branch.lines.reduce(cost) { $0 + $1.base },
      packs: packs,
      shipped: [],
      lines: branch.lines
    )
  }

  /// Both the source's price and what the others cost beside it are piecewise linear in its packs, so the best
  /// number is an end of a piece or one at which another source is full.
  func cheapest(_ branch: BlockBranch, exact source: Int, _ relaxed: BlockTotals) -> BlockTotals? {
    let ranges = branch.ranges
    let slopes = branch.lines.map(\.slope)
    let base = branch.lines.reduce(0) { $0 + $1.base } - branch.lines[source].base
    let price = prices[source]
    var best: BlockTotals?
    for count in candidates(slopes, ranges, source, price)
    where ranges[source].contains(count) && price.cost(count).isFinite {
      var packs = ranges.map { $0.allowsNone ? 0 : $0.packs?.lowerBound ?? 0 }
      packs[source] = count
      guard let rest = fill(&packs, slopes, ranges, except: source) else { continue }
      let cost = base + price.cost(count) + rest
      if cost < best?.bound ?? .infinity {
        best = BlockTotals(bound: cost, packs: packs, shipped: [], lines: branch.lines, exact: [source])
      }
    }
    return best
  }

  private func candidates(
    _ prices: [Double],
    _ ranges: [BlockRange],
    _ source: Int,
    _ price: BlockPrice
  ) -> Set<Int> {
    let others = ranges.indices.filter { $0 != source && prices[$0].isFinite }
    var kinks: Set<Int> = [least, most]
    var left = (least: least, most: most)
    for other in others where !ranges[other].allowsNone {
      left.least -= ranges[other].packs?.lowerBound ?? 0
      left.most -= ranges[other].packs?.lowerBound ?? 0
    }
    kinks.formUnion([left.least, left.most])
    for other in others.sorted(by: { prices[$0] < prices[$1] }) {
      let range = ranges[other]
      let room = (range.packs?.upperBound ?? 0) - (range.allowsNone ? 0 : range.packs?.lowerBound ?? 0)
      left.least -= room
      left.most -= room
      kinks.formUnion([left.least, left.most])
    }
    var candidates: Set<Int> = [0]
    for piece in price.pieces {
      guard let allowed = ranges[source].packs, piece.packs.overlaps(allowed) else { continue }
      let packs = piece.packs.clamped(to: allowed)
      candidates.formUnion([packs.lowerBound, packs.upperBound])
      // Between kinks the best multiple is next to one.
      for kink in kinks where kink >= 0 && packs.contains(kink) {
        candidates.formUnion([kink.roundedDown(to: price.multiple), kink.roundedUp(to: price.multiple)])
      }
    }
    return candidates
  }

  /// Tops `packs` up to `least`, cheapest source first (and with negative prices up to `most`); the cost of
  /// all sources but `except`.
  private func fill(
    _ packs: inout [Int],
    _ prices: [Double],
    _ ranges: [BlockRange],
    except: Int?
  ) -> Double? {
    var total = packs.reduce(0, +)
    let order = prices.indices.filter { $0 != except && prices[$0].isFinite }.sorted {
      prices[$0] < prices[$1]
    }
    for source in order {
      let target = prices[source] < 0 ? most : least
      let room = (ranges[source].packs?.upperBound ?? 0) - packs[source]
      let added = min(max(0, target - total), max(0, room))
      packs[source] += added
      total += added
    }
    guard total >= least, total <= most else { return nil }
    return packs.indices.reduce(0) {
      $1 == except || packs[$1] == 0 ? $0 : $0 + prices[$1] * Double(packs[$1])
    }
  }
}
