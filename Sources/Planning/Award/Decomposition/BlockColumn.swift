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

/// Serves one item at penalised prices, again and again.
protocol BlockPricer: Sendable {
  /// A bound on the penalised cost that no plan of the block undercuts, and the best column found. A plan at
  /// `effort.known` is known already: there is a column only where one is better. The bound is infinite where
  /// the item cannot be served.
  func price(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort
  ) throws(SolverError) -> (bound: Double, column: BlockColumn?)

  /// The same with the solver's help for what the block's own search leaves open.
  func polish(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort,
    _ solver: any Solver
  ) throws(SolverError) -> (bound: Double, column: BlockColumn?)
}

extension BlockPricer {
  func polish(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort,
    _ solver: any Solver
  ) throws(SolverError) -> (bound: Double, column: BlockColumn?) {
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
