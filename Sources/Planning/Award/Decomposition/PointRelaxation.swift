/// Packs of different sizes, or sources that reach only some points. Sources with packs of one size that reach the
/// same points are one kind; a Lagrangian dual over the kinds' prices gives a bound, dealing out what the kinds
/// have at those prices gives a plan, and one kind can be paid at its true price.
struct PointRelaxation: BlockRelaxation {
  private var tables: PointTables
  private let prices: [BlockPrice]
  private let kindOfSource: [Int]
  private let tolerance: Double
  let extent: BlockExtent

  init(_ tables: PointTables, _ extent: BlockExtent, _ prices: [BlockPrice], tolerance: Double) {
    self.extent = extent
    self.tables = tables
    self.prices = prices
    self.tolerance = tolerance
    kindOfSource = tables.kindOfSource(prices.count)
  }

  private static let dualSteps = 24

  mutating func cheapest(_ branch: BlockBranch) -> BlockTotals? {
    let supply = KindSupply(tables.kinds, branch.lines, branch.ranges)
    let base = branch.lines.reduce(0) { $0 + $1.base }
    let dual = PointDual(
      supply,
      &tables,
      cutoff: branch.cutoff - base,
      tolerance: tolerance,
      steps: Self.dualSteps
    )
    guard let dual else { return nil }
    var totals = BlockTotals(
      bound: base + dual.bound,
      packs: [],
      shipped: [],
      lines: charged(branch, supply, dual.prices)
    )
    totals.prices = dual.prices
    totals.contested = contested(dual, supply)
    guard totals.bound < branch.cutoff else { return totals }
    if let dealt = dealt(supply, dual.prices) { fill(&totals, dealt, supply, except: nil) }
    if totals.packs.isEmpty { totals.wanted = wanted(dual.demand, supply) }
    return totals
  }

  /// Packs by point and kind: first from the sources that cost no more than the dual's prices, or else from all.
  private func dealt(_ supply: KindSupply, _ prices: [Double]) -> [[Int]]? {
    let kinds = tables.kinds.indices
    let offered = kinds.map { kind -> (least: Int, most: Int) in
      guard prices[kind].isFinite else { return (supply.least(kind), supply.most(kind)) }
      let margin = 1e-3 * abs(prices[kind])
      return (
        supply.answer(kind, prices[kind] - margin).least, supply.answer(kind, prices[kind] + margin).most
      )
    }
    var deal = PointDeal(tables, prices)
    if deal.deal(least: offered.map(\.least), most: offered.map(\.most)) { return deal.packs }
    deal.clear()
    let isDealt = deal.deal(least: kinds.map { supply.least($0) }, most: kinds.map { supply.most($0) })
    return isDealt ? deal.packs : nil
  }

  /// Each source's line at its kind's price: no more than its own line anywhere in its range.
  private func charged(_ branch: BlockBranch, _ supply: KindSupply, _ prices: [Double]) -> [CostLine] {
    var lines = branch.lines
    for (kind, sources) in supply.sources.enumerated() where prices[kind].isFinite {
      for source in sources {
        let margin = source.slope - prices[kind]
        lines[source.source].base += margin * Double(margin < 0 ? source.most : source.least)
        lines[source.source].slope = prices[kind]
      }
    }
    return lines
  }

  private func contested(_ dual: PointDual, _ supply: KindSupply) -> Int? {
    let kind = dual.excess.indices.filter { dual.excess[$0] != 0 }
      .max { abs(dual.excess[$0]) * supply.sizes[$0] < abs(dual.excess[$1]) * supply.sizes[$1] }
    return kind.flatMap { supply.sources[$0].first?.source }
  }

  /// Packs of the sources for packs of the kinds; left empty where the ranges do not allow them.
  private func fill(_ totals: inout BlockTotals, _ dealt: [[Int]], _ supply: KindSupply, except joined: Int?)
  {
    var packs = totals.packs.isEmpty ? [Int](repeating: 0, count: prices.count) : totals.packs
    totals.packs = []
    for kind in tables.kinds.indices where kind != joined {
      let total = dealt.reduce(0) { $0 + $1[kind] }
      guard supply.split(kind, total, into: &packs) else { return }
    }
    totals.packs = packs
    totals.shipped = shipped(dealt, packs)
  }

  /// Sources of a kind are interchangeable at its points.
  private func shipped(_ dealt: [[Int]], _ packs: [Int]) -> [[Int]] {
    var left = packs
    return dealt.map { kinds in
      var shipped = [Int](repeating: 0, count: packs.count)
      for (kind, count) in kinds.enumerated() {
        var missing = count
        for source in tables.kinds[kind].sources where missing > 0 {
          let part = min(missing, left[source])
          shipped[source] += part
          left[source] -= part
          missing -= part
        }
      }
      return shipped
    }
  }

  /// What the points ask for at the dual's prices, whatever the ranges say.
  private func wanted(_ demand: [Int], _ supply: KindSupply) -> [Int] {
    var packs = [Int](repeating: 0, count: prices.count)
    for kind in tables.kinds.indices {
      let total = min(max(demand[kind], supply.least(kind)), supply.most(kind))
      _ = supply.split(kind, total, into: &packs)
    }
    return packs
  }

  mutating func cheapest(_ branch: BlockBranch, exact source: Int, _ relaxed: BlockTotals) -> BlockTotals? {
    let kind = kindOfSource[source]
    let joined = tables.kinds[kind]
    let useful = tables.points.reduce(0) { $0 + (joined.groups[$1.group] ? $1.most / joined.size : 0) }
    let most = min(useful, joined.sources.reduce(0) { $0 + (branch.ranges[$1].packs?.upperBound ?? 0) })
    let slack = branch.cutoff - relaxed.bound + 1e-9 * max(1, abs(relaxed.bound))
    guard let join = PointJoin(tables, kind, relaxed.prices, most: most, slack: slack) else { return nil }
    var own = KindCost(most: most)
    // Multiples come last: before them few numbers of packs are ends.
    let ordered = joined.sources.sorted { (prices[$0].multiple, $0) < (prices[$1].multiple, $1) }
    for source in ordered { own.add(source, prices[source], branch.ranges[source]) }
    guard let best = join.best(own) else {
      return branch.cutoff.isFinite
        ? BlockTotals(bound: branch.cutoff, packs: [], shipped: [], lines: relaxed.lines) : nil
    }
    let supply = KindSupply(tables.kinds, branch.lines, branch.ranges)
    var bound = best.cost
    for other in tables.kinds.indices where other != kind {
      bound += tables.kinds[other].sources.reduce(0) { $0 + branch.lines[$1].base }
      if relaxed.prices[other].isFinite { bound += supply.answer(other, relaxed.prices[other]).value }
    }
    // Totals that were not looked at cost more than the cutoff.
    bound = min(bound, branch.cutoff)
    var totals = BlockTotals(bound: bound, packs: [], shipped: [], lines: relaxed.lines)
    totals.exact = joined.sources
    totals.prices = relaxed.prices
    guard let dealt = join.packs(best.total) else { return nil }
    totals.packs = Array(repeating: 0, count: prices.count)
    own.split(best.total, into: &totals.packs)
    let exact = totals.packs
    fill(&totals, dealt, supply, except: kind)
    if totals.packs.isEmpty {
      totals.wanted = wanted(tables.kinds.indices.map { kind in dealt.reduce(0) { $0 + $1[kind] } }, supply)
      for source in joined.sources { totals.wanted[source] = exact[source] }
    }
    return totals
  }
}
