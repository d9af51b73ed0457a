/// A block with what its cascades say decided: which holders' sources are used up, and with that which sources may
/// deliver to which points. Without a cascade a block has one scenario.
struct BlockScenario {
  /// Packs of each source that the scenario allows.
  private let least: [Int]
  private let isOpen: [Bool]
  private let extent: BlockExtent
  /// Nil where packs have one size and all arrive in time: then points do not matter.
  private let tables: PointTables?
  private let offers: [Int]
  private let isCascade: Bool

  var isPooled: Bool { tables == nil }

  /// The scenarios that together hold every plan of the block; nil where it needs the solver.
  static func all(_ index: AwardIndex, _ block: Int) -> [BlockScenario]? {
    guard let rules = BlockRule.rules(index, block),
      let cases = CascadeCases(index, index.blocks[block])?.all
    else { return nil }
    var scenarios: [BlockScenario] = []
    for choice in cases {
      let isCascade = cases.count > 1
      guard let scenario = BlockScenario(index, index.blocks[block], choice, rules, isCascade) else {
        return nil
      }
      scenarios.append(scenario)
    }
    return scenarios
  }

  private init?(
    _ index: AwardIndex,
    _ block: AwardIndex.Block,
    _ choice: CascadeCases.Case,
    _ rules: [BlockRule],
    _ isCascade: Bool
  ) {
    self.isCascade = isCascade || choice.least.contains { $0 > 0 }
    offers = block.sources.map { index.sources[$0].offer }
    least = choice.least
    let open = block.sources.indices.map { source in choice.reach.contains { $0[source] } }
    isOpen = open
    if let pack = index.pooledPack(block) {
      tables = nil
      extent = BlockExtent(
        least: block.points.reduce(0) { $0 + $1.need.dividedRoundingUp(by: pack) },
        most: block.points.reduce(0) { $0 + $1.most / pack },
        sizes: block.sources.map { _ in 1 },
        rules: rules
      )
    } else {
      let points = BlockPoints(index, block, choice.reach)
      guard let tables = points.tables else { return nil }
      self.tables = tables
      var extent = points.extent
      extent.rules = rules
      self.extent = extent
    }
  }

  struct Answer {
    var bound = Double.infinity
    var best: BlockTotals?
    /// The best among them, where one is.
    var plans: [BlockTotals] = []
    var unsettled: [(ranges: [BlockRange], bound: Double)] = []
  }

  func search(
    _ prices: [BlockPrice],
    _ effort: SearchEffort
  ) -> Answer {
    if let tables {
      let relaxation = PointRelaxation(tables, extent, prices, tolerance: effort.tolerance / 4)
      return search(relaxation, prices, effort)
    }
    return search(PooledRelaxation(extent: extent, prices: prices), prices, effort)
  }

  private func search(
    _ relaxation: some BlockRelaxation,
    _ prices: [BlockPrice],
    _ effort: SearchEffort
  ) -> Answer {
    var search = TierSearch(relaxation, prices, effort)
    guard let ranges = ranges(prices) else { return Answer() }
    let (bound, best) = search.solve(ranges)
    return Answer(
      bound: bound,
      best: best,
      plans: search.plans,
      unsettled: search.unsettled.map { ($0.ranges, $0.bound) }
    )
  }

  /// Nil where a source that should be used up is closed.
  private func ranges(_ prices: [BlockPrice]) -> [BlockRange]? {
    var ranges: [BlockRange] = []
    let dispensable = dispensable(prices)
    for (source, price) in prices.enumerated() {
      var range = BlockRange(allowsNone: least[source] == 0, packs: nil)
      if isOpen[source], !dispensable[source], let first = price.pieces.first, let last = price.pieces.last {
        let lower = max(first.packs.lowerBound, least[source])
        if lower <= last.packs.upperBound { range.packs = lower...last.packs.upperBound }
      }
      guard range.packs != nil || range.allowsNone else { return nil }
      ranges.append(range)
    }
    return ranges
  }

  /// Under a cascade it matters who has sold how much: nobody's packs stand for another's.
  private func dispensable(_ prices: [BlockPrice]) -> [Bool] {
    guard !isCascade, Set(offers).count < offers.count else { return prices.map { _ in false } }
    let kinds = tables?.kindOfSource(prices.count) ?? []
    return RepeatedOffers(
      prices: prices,
      offers: offers,
      useful: prices.indices.map { source in
        extent.rules.reduce(tables?.useful(extent.sizes[source]) ?? extent.most) { $1.most(of: source, $0) }
      },
      reaches: { tables?.reaches(kinds[$0], kinds[$1]) ?? true }
    ).dispensable
  }
}

extension BlockRule {
  /// What several sources of the block must keep together, cascades left out; nil where a supplier holds a lot
  /// twice.
  fileprivate static func rules(_ index: AwardIndex, _ block: Int) -> [BlockRule]? {
    let this = index.blocks[block]
    let offers = this.sources.map { index.sources[$0].offer }
    var rules: [BlockRule] = []
    for (offer, packs) in this.sharePacks.sorted(by: { $0.key < $1.key }) {
      let sources = offers.indices.filter { offers[$0] == offer }
      if sources.count > 1 { rules.append(.most(sources: sources, packs: packs)) }
    }
    for lot in index.problem.agreements where lot.rule == .share && lot.items.contains(block) {
      guard Set(lot.holders.map(\.supplier)).count == lot.holders.count else { return nil }
      let suppliers = this.sources.map { index.sources[$0].supplier }
      let holders = lot.holders.map { holder in
        HolderParts.Holder(
          share: holder.share,
          sources: suppliers.indices.filter { suppliers[$0] == holder.supplier }
        )
      }
      let sizes = this.sources.map { index.sources[$0].pack }
      rules.append(
        .parts(HolderParts(holders: holders, sizes: sizes, slack: index.largestPack(of: lot, block)))
      )
    }
    return rules
  }
}
