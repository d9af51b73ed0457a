/// A limit on several sources of a block together, in whole numbers. Prices of packs do not keep it: the search
/// tightens ranges by it, takes no plan that breaks it, and splits ranges until it is kept.
enum BlockRule {
  /// One offer's packs over all periods.
  case most(sources: [Int], packs: Int)
  /// Each holder's part of what all of them sell.
  case parts(HolderParts)

  var sources: [Int] {
    switch self {
    case .most(let sources, _): sources
    case .parts(let parts): parts.sources
    }
  }

  /// What it leaves a source and the others of its offer together, of so many packs.
  func most(of source: Int, _ useful: Int) -> Int {
    if case .most(let sources, let packs) = self, sources.contains(source) {
      min(useful, packs)
    } else {
      useful
    }
  }

  func holds(_ packs: [Int]) -> Bool {
    switch self {
    case .most(let sources, let most): sources.reduce(0) { $0 + packs[$1] } <= most
    case .parts(let parts): parts.holds(packs)
    }
  }

  /// Packs that the rule leaves to each of its sources while the others keep their ranges; nil where it cannot
  /// be kept.
  func bounds(_ ranges: [BlockRange]) -> [(least: Int, most: Int)]? {
    switch self {
    case .most(let sources, let most):
      let low = sources.reduce(0) { $0 + ranges[$1].least }
      return low > most ? nil : sources.map { (0, most - low + ranges[$0].least) }
    case .parts(let parts): return parts.bounds(ranges)
    }
  }
}

/// `|1000 × holder's units − share × all holders' units| ≤ 1000 × slack` for every holder.
struct HolderParts {
  struct Holder {
    /// Thousandths.
    var share: Int
    var sources: [Int]
  }

  let holders: [Holder]
  /// Units of a pack, by source.
  let sizes: [Int]
  let slack: Int
  let sources: [Int]

  init(holders: [Holder], sizes: [Int], slack: Int) {
    self.holders = holders
    self.sizes = sizes
    self.slack = slack
    sources = holders.flatMap(\.sources)
  }

  func holds(_ packs: [Int]) -> Bool {
    let sold = holders.map { holder in holder.sources.reduce(0) { $0 + packs[$1] * sizes[$1] } }
    let total = sold.reduce(0, +)
    return zip(holders, sold).allSatisfy { abs(1_000 * $1 - $0.share * total) <= 1_000 * slack }
  }

  /// What each holder may sell follows from what all may, and the other way round.
  func bounds(_ ranges: [BlockRange]) -> [(least: Int, most: Int)]? {
    var sold = holders.map { holder in
      (
        low: holder.sources.reduce(0) { $0 + ranges[$1].least * sizes[$1] },
        high: holder.sources.reduce(0) { $0 + ranges[$1].most * sizes[$1] }
      )
    }
    var total = (low: sold.reduce(0) { $0 + $1.low }, high: sold.reduce(0) { $0 + $1.high })
    for (holder, sold) in zip(holders, sold) where holder.share > 0 {
      total.low = max(total.low, (1_000 * max(0, sold.low - slack)).dividedRoundingUp(by: holder.share))
      total.high = min(total.high, 1_000 * (sold.high + slack) / holder.share)
    }
    guard total.low <= total.high else { return nil }
    for (number, holder) in holders.enumerated() {
      let least = (max(0, holder.share * total.low - 1_000 * slack)).dividedRoundingUp(by: 1_000)
      sold[number].low = max(sold[number].low, least)
      sold[number].high = min(sold[number].high, (holder.share * total.high + 1_000 * slack) / 1_000)
      guard sold[number].low <= sold[number].high else { return nil }
    }
    return zip(holders, sold).flatMap { bounds($0, $1, ranges) }
  }

  private func bounds(
    _ holder: Holder,
    _ sold: (low: Int, high: Int),
    _ ranges: [BlockRange]
  ) -> [(least: Int, most: Int)] {
    let low = holder.sources.reduce(0) { $0 + ranges[$1].least * sizes[$1] }
    let high = holder.sources.reduce(0) { $0 + ranges[$1].most * sizes[$1] }
    return holder.sources.map { source in
      let size = sizes[source]
      let least = max(0, sold.low - high + ranges[source].most * size).dividedRoundingUp(by: size)
      let room = sold.high - low + ranges[source].least * size
      return (least, room < 0 ? -1 : room / size)
    }
  }
}
