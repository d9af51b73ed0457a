/// Prices a block by the search over tiers, within each of its scenarios.
struct TieredBlock: BlockPricer {
  private let index: AwardIndex
  private let block: Int
  private let scenarios: [BlockScenario]
  private let solver: any Solver

  /// Nil where the block needs the solver in any case.
  init?(_ index: AwardIndex, _ block: Int, _ solver: any Solver) {
    guard let scenarios = BlockScenario.all(index, block) else { return nil }
    self.index = index
    self.block = block
    self.scenarios = scenarios
    self.solver = solver
  }

  func price(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort
  ) throws(SolverError) -> BlockAnswer {
    let found = search(penalties, effort)
    guard found.cost == .infinity, found.bound < .infinity else { return found.answer }
    // Without any plan of the block there is nothing to join: the first one may come from the solver.
    var effort = effort
    effort.tolerance = max(effort.tolerance, Self.firstTolerance)
    var answer = try SolvedBlock(index, block, solver).price(penalties, effort)
    answer.bound = max(answer.bound, found.bound)
    return answer
  }

  private static let firstTolerance = 1e-3

  private struct Found {
    var bound = Double.infinity
    var cost: Double
    var best: BlockColumn?
    var others: [BlockColumn] = []
    var unsettled: [(ranges: [BlockRange], bound: Double)] = []

    var answer: BlockAnswer { BlockAnswer(bound: bound, column: best, others: others) }
  }

  /// One scenario after the other, each for a better plan than those before.
  private func search(_ penalties: [SourcePenalty], _ effort: SearchEffort) -> Found {
    let prices = prices(penalties)
    var effort = effort
    var found = Found(cost: effort.known)
    for scenario in scenarios {
      effort.known = found.cost
      let answer = scenario.search(prices, effort)
      found.bound = min(found.bound, answer.bound)
      found.unsettled += answer.unsettled
      found.others += answer.plans.map { column($0, scenario) }
      guard let best = answer.best else { continue }
      found.cost = best.bound
      found.best = column(best, scenario)
    }
    found.unsettled.sort { $0.bound < $1.bound }
    return found
  }

  /// Each branch that its own search could not settle is settled by the solver, most promising first; within
  /// a branch few or no tiers are left to choose, which makes it easy.
  func polish(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort,
    _ solver: any Solver
  ) throws(SolverError) -> BlockAnswer {
    let found = search(penalties, effort)
    let solved = SolvedBlock(index, block, solver)
    guard !found.unsettled.isEmpty else { return found.answer }
    guard found.unsettled.count <= Self.mostSettled, found.cost < .infinity else {
      return try solved.price(penalties, effort)
    }
    var best = (cost: found.cost, column: found.best)
    var settled = Double.infinity
    for branch in found.unsettled {
      guard branch.bound < best.cost - effort.tolerance * abs(best.cost) else { break }
      let answer = try solved.price(penalties, effort, within: branch.ranges)
      settled = min(settled, max(branch.bound, answer.bound))
      guard let column = answer.column else { continue }
      let cost = zip(column.packs, prices(penalties)).reduce(0) { $0 + $1.1.cost($1.0) }
      if cost < best.cost { best = (cost, column) }
    }
    return BlockAnswer(
      bound: min(settled, best.cost - effort.tolerance * abs(best.cost)),
      column: best.column,
      others: found.others
    )
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
          },
        multiple: this.multiple
      )
    }
  }

  private func column(_ totals: BlockTotals, _ scenario: BlockScenario) -> BlockColumn {
    let this = index.blocks[block]
    var column = BlockColumn(
      block: block,
      packs: totals.packs,
      shipments: [],
      cost: index.blockCost(this, totals.packs)
    )
    if scenario.isPooled {
      let pack = index.pooledPack(this) ?? 1
      let packs = zip(this.sources, totals.packs).map { (source: $0, packs: $1) }
      column.shipments = AwardPlan.spread(packs, over: this.points, pack: pack)
    } else {
      for (point, shipped) in zip(this.points, totals.shipped) {
        for (source, packs) in zip(this.sources, shipped) where packs > 0 {
          column.shipments.append(.init(source: source, deliveryPoint: point.deliveryPoint, packs: packs))
        }
      }
    }
    return column
  }
}

func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
  second == 0 ? first : greatestCommonDivisor(second, first % second)
}
