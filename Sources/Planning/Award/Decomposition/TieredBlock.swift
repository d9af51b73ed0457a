/// Prices a block whose sources each arrive in time for all of a point's needs or for none, and that no
/// allocation rule touches: by the search over tiers.
struct TieredBlock: BlockPricer {
  private let index: AwardIndex
  private let block: Int
  private let relaxation: Relaxation

  private enum Relaxation {
    case pooled(least: Int, most: Int)
    case points(PointTables)
  }

  /// Nil where the block needs the solver.
  init?(_ index: AwardIndex, _ block: Int, isRuled: Bool) {
    let this = index.blocks[block]
    guard !isRuled, index.problem.periods.count == 1 || this.sharePacks.isEmpty,
      this.sources.allSatisfy({ index.sources[$0].multiple == 1 })
    else { return nil }
    self.index = index
    self.block = block
    if let pack = index.pooledPack(this) {
      relaxation = .pooled(
        least: this.points.reduce(0) { $0 + $1.need.dividedRoundingUp(by: pack) },
        most: this.points.reduce(0) { $0 + $1.most / pack }
      )
    } else if let points = Self.points(index, this) {
      relaxation = .points(points)
    } else {
      return nil
    }
  }

  /// Larger tables than this are the solver's.
  private static let largestTable = 200_000

  private static func points(_ index: AwardIndex, _ block: AwardIndex.Block) -> PointTables? {
    let packs = block.sources.map { index.sources[$0].pack }
    let unit = packs.reduce(0) { greatestCommonDivisor($0, $1) }
    var groups: [[Int]] = []
    var points: [PointTables.Point] = []
    for point in block.points {
      guard let first = point.dues.first?.day else { return nil }
      let arrivals = block.sources.map { index.sources[$0].arrivalDay }
      guard arrivals.allSatisfy({ $0 <= first || $0 > point.lastDay }) else { return nil }
      let usable = arrivals.indices.filter { arrivals[$0] <= first }
      if !groups.contains(usable) { groups.append(usable) }
      let group = groups.firstIndex(of: usable) ?? 0
      points.append(
        .init(need: point.need.dividedRoundingUp(by: unit), most: point.most / unit, group: group)
      )
    }
    let kinds = kinds(packs.map { $0 / unit }, groups)
    guard points.allSatisfy({ $0.most <= largestTable }), kinds.count <= mostKinds else { return nil }
    return PointTables(points: points, kinds: kinds, groups: groups.count)
  }

  private static let mostKinds = 60

  private static func kinds(_ sizes: [Int], _ groups: [[Int]]) -> [PointTables.Kind] {
    var kinds: [PointTables.Kind] = []
    for (source, size) in sizes.enumerated() {
      let reached = groups.map { $0.contains(source) }
      if let known = kinds.firstIndex(where: { $0.size == size && $0.groups == reached }) {
        kinds[known].sources.append(source)
      } else {
        kinds.append(.init(size: size, groups: reached, sources: [source]))
      }
    }
    return kinds
  }

  func price(_ penalties: [SourcePenalty], _ effort: SearchEffort) -> (bound: Double, column: BlockColumn?) {
    let (bound, best, _) = search(penalties, effort)
    return (bound, best.map { column($0) })
  }

  private func search(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort
  ) -> (bound: Double, best: BlockTotals?, unsettled: [(ranges: [BlockRange], bound: Double)]) {
    let prices = prices(penalties)
    switch relaxation {
    case .pooled(let least, let most):
      let relaxation = PooledRelaxation(least: least, most: most, prices: prices)
      var search = TierSearch(relaxation, prices, effort)
      let (bound, best) = search.solve()
      return (bound, best, search.unsettled.map { ($0.ranges, $0.bound) })
    case .points(let tables):
      let relaxation = PointRelaxation(tables, prices, tolerance: effort.tolerance / 4)
      var search = TierSearch(relaxation, prices, effort)
      let (bound, best) = search.solve()
      return (bound, best, search.unsettled.map { ($0.ranges, $0.bound) })
    }
  }

  /// Each branch that its own search could not settle is settled by the solver, most promising first; within
  /// a branch few or no tiers are left to choose, which makes it easy.
  func polish(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort,
    _ solver: any Solver
  ) throws(SolverError) -> (bound: Double, column: BlockColumn?) {
    let (bound, totals, unsettled) = search(penalties, effort)
    let solved = SolvedBlock(index, block, solver)
    guard !unsettled.isEmpty else { return (bound, totals.map { column($0) }) }
    guard unsettled.count <= Self.mostSettled, min(totals?.bound ?? .infinity, effort.known) < .infinity
    else {
      return try solved.price(penalties, effort)
    }
    var best = (cost: min(totals?.bound ?? .infinity, effort.known), column: totals.map { column($0) })
    var settled = Double.infinity
    for branch in unsettled {
      guard branch.bound < best.cost - effort.tolerance * abs(best.cost) else { break }
      let answer = try solved.price(penalties, effort, within: branch.ranges)
      settled = min(settled, max(branch.bound, answer.bound))
      guard let column = answer.column else { continue }
      let cost = zip(column.packs, prices(penalties)).reduce(0) { $0 + $1.1.cost($1.0) }
      if cost < best.cost { best = (cost, column) }
    }
    return (min(settled, best.cost - effort.tolerance * abs(best.cost)), best.column)
  }

  private static let mostSettled = 40

  private func prices(_ penalties: [SourcePenalty]) -> [BlockPrice] {
    index.blocks[block].sources.map { source in
      let this = index.sources[source]
      let factor = (1 + penalties[source].value) / AwardModel.centsPerUnit
      let unit = penalties[source].unit * Double(this.pack) + index.holdingPerPack(source)
      return BlockPrice(
        pieces: penalties[source].isClosed
          ? []
          : this.pieces.map {
            .init(
              packs: $0.packs,
              fixed: factor * Double($0.fixed),
              perPack: factor * Double($0.perPack) + unit
            )
          }
      )
    }
  }

  private func column(_ totals: BlockTotals) -> BlockColumn {
    let this = index.blocks[block]
    var column = BlockColumn(
      block: block,
      packs: totals.packs,
      shipments: [],
      cost: index.blockCost(this, totals.packs)
    )
    if case .points = relaxation {
      for (point, shipped) in zip(this.points, totals.shipped) {
        for (source, packs) in zip(this.sources, shipped) where packs > 0 {
          column.shipments.append(.init(source: source, deliveryPoint: point.deliveryPoint, packs: packs))
        }
      }
    } else {
      let pack = index.pooledPack(this) ?? 1
      let packs = zip(this.sources, totals.packs).map { (source: $0, packs: $1) }
      column.shipments = AwardPlan.spread(packs, over: this.points, pack: pack)
    }
    return column
  }
}

func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
  second == 0 ? first : greatestCommonDivisor(second, first % second)
}
