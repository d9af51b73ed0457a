/// Prices a block by the solver: items with an allocation rule, or with needs that only some sources reach in
/// time.
struct SolvedBlock: BlockPricer {
  private let index: AwardIndex
  private let block: Int
  private let model: AwardModel
  private let solver: any Solver

  init(_ index: AwardIndex, _ block: Int, _ solver: any Solver) {
    self.index = index
    self.block = block
    self.solver = solver
    model = AwardModel(AwardIndex(index.problem.withoutTies(item: block)))
  }

  func price(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort
  ) throws(SolverError) -> BlockAnswer {
    try price(penalties, effort, within: nil)
  }

  /// The same with each source's packs kept to a range.
  func price(
    _ penalties: [SourcePenalty],
    _ effort: SearchEffort,
    within ranges: [BlockRange]?
  ) throws(SolverError) -> BlockAnswer {
    let this = index.blocks[block]
    var penalised = model.model
    for (own, source) in this.sources.enumerated() {
      if penalties[source].isClosed { penalised.setBounds(model.packs[own], lower: 0, upper: 0) }
      for (piece, terms) in index.sources[source].pieces.enumerated() {
        let value = penalties[source].value / AwardModel.centsPerUnit
        penalised.addCost(value * Double(terms.fixed), to: model.chosen[own][piece])
        let unit = penalties[source].unit * Double(index.sources[source].pack)
        penalised.addCost(value * Double(terms.perPack) + unit, to: model.within[own][piece])
      }
    }
    if let ranges { keep(ranges, &penalised) }
    var options = SolverOptions(relativeGap: effort.tolerance, timeLimit: .seconds(10))
    options.feasibilityTolerance = 1e-9
    let found = try solver.solve(penalised, options, Cancellation())
    let offset = -model.model.offset
    guard !found.values.isEmpty else {
      return BlockAnswer(
        bound: found.status == .infeasible ? .infinity : (found.bound ?? -.infinity) + offset
      )
    }
    let shipments = model.plan(found.values).shipments.map {
      AwardPlan.Shipment(source: this.sources[$0.source], deliveryPoint: $0.deliveryPoint, packs: $0.packs)
    }
    var packs = [Int](repeating: 0, count: this.sources.count)
    for own in packs.indices { packs[own] = Int(found.values[model.packs[own]].rounded()) }
    let column = BlockColumn(
      block: block,
      packs: packs,
      shipments: shipments,
      cost: index.blockCost(this, packs)
    )
    return BlockAnswer(bound: (found.bound ?? -.infinity) + offset, column: column)
  }
}

extension SolvedBlock {
  private func keep(_ ranges: [BlockRange], _ model: inout LinearModel) {
    for (own, range) in ranges.enumerated() {
      let least = range.allowsNone ? 0 : range.packs?.lowerBound ?? 0
      let most = range.packs?.upperBound ?? 0
      model.setBounds(self.model.packs[own], lower: Double(least), upper: Double(most))
      let pieces = index.sources[index.blocks[block].sources[own]].pieces
      for (piece, terms) in pieces.enumerated() {
        let overlaps = range.packs.map { terms.packs.overlaps($0) } ?? false
        if !overlaps { model.setBounds(self.model.chosen[own][piece], lower: 0, upper: 0) }
      }
    }
  }
}

extension AwardProblem {
  /// One item with its own limits and rules, and nothing that it shares with others.
  func withoutTies(item: Int) -> AwardProblem {
    var problem = self
    problem.needs = needs.filter { $0.item == item }
    problem.budget = nil
    problem.suppliers = suppliers.map { Supplier(code: $0.code) }
    problem.agreements = agreements.filter { $0.items.contains(item) }.map { lot in
      var lot = lot
      lot.limits = Limits()
      for holder in lot.holders.indices { lot.holders[holder].limits = Limits() }
      return lot
    }
    return problem
  }
}
