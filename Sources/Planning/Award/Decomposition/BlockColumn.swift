/// One way to serve an item: packs of each of its sources and where they go, with its own cost.
struct BlockColumn {
  var block: Int
  /// Packs by the block's sources, in their order.
  var packs: [Int]
  var shipments: [AwardPlan.Shipment]
  /// Goods and holding, in euros; the holding is without the constant that the needs take away.
  var cost: Double
}

/// What the ties ask of a source at the current multipliers: a factor on its value and euros a base unit.
struct SourcePenalty {
  var value = 0.0
  var unit = 0.0
  /// Nothing may be ordered.
  var isClosed = false
}

/// What serving an item at some prices has shown.
struct BlockAnswer: Sendable {
  /// No plan of the block undercuts this; infinite where the item cannot be served.
  var bound: Double
  /// The best plan found, where it is better than what is known already.
  var column: BlockColumn?
  /// Others that cost little more.
  var others: [BlockColumn] = []
}

/// Serves one item at penalised prices, again and again.
protocol BlockPricer: Sendable {
  /// The best columns and a bound at the penalised cost. A plan at `effort.known` is known already.
  func price(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort
  ) throws(SolverError) -> BlockAnswer

  /// The same with the solver's help for what the block's own search leaves open.
  func polish(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort,
    _ solver: any Solver
  ) throws(SolverError) -> BlockAnswer
}

extension BlockPricer {
  func polish(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort,
    _ solver: any Solver
  ) throws(SolverError) -> BlockAnswer {
    try price(penalties, effort)
  }
}

extension AwardIndex {
  /// Euros of holding for each pack of the source, before what the needs take away.
  func holdingPerPack(_ source: Int) -> Double {
    let this = sources[source]
    let rate = problem.items[this.item].holdingCost
    guard rate > 0 else { return 0 }
    let ends = problem.periods.count { $0.lastDay >= this.arrivalDay }
    return Double(rate * ends * this.pack) / AwardModel.centsPerUnit
  }

  /// Goods and holding of the block's packs, in euros.
  func blockCost(_ block: Block, _ packs: [Int]) -> Double {
    zip(block.sources, packs).reduce(0) { sum, part in
      let (source, packs) = part
      let goods = Double(sources[source].cost(packs) ?? 0) / AwardModel.centsPerUnit
      return sum + goods + holdingPerPack(source) * Double(packs)
    }
  }

  /// What the needs take away from the holding that columns count, in euros.
  var holdingOffset: Double {
    let cents = problem.needs.reduce(0) { sum, need in
      let rate = problem.items[need.item].holdingCost
      return rate == 0
        ? sum : sum + rate * need.quantity * problem.periods.count { $0.lastDay >= need.dueDay }
    }
    return Double(cents) / AwardModel.centsPerUnit
  }
}
