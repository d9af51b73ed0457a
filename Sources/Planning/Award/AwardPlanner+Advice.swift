extension AwardPlanner {
  /// How many limits are looked at by solving again without, or with more of, each.
  private static let resolvedLimits = 8
  private static let shownTiers = 5

  func advice(
    _ index: AwardIndex,
    _ plan: AwardPlan,
    _ outcome: AwardOutcome,
    _ cancellation: Cancellation
  ) throws(SolverError) -> [AwardAdvice] {
    var advice = index.nextTiers(plan).prefix(Self.shownTiers).map { $0 }
    for (limit, step) in index.bindingLimits(plan).prefix(Self.resolvedLimits) {
      let eased = index.problem.easing(limit, by: step)
      guard let saving = try saving(outcome, in: eased, plan, cancellation) else { continue }
      if saving.cents > 0 || saving.evidence == .exact {
        advice.append(.binding(limit, step: step, saving))
      }
    }
    if index.problem.items.contains(where: { ($0.maximumShare ?? 100) < 100 }) {
      var free = index.problem
      for item in free.items.indices { free.items[item].maximumShare = nil }
      if let saving = try saving(outcome, in: free, plan, cancellation) {
        advice.append(.maximumShares(saving))
      }
    }
    return advice
  }

  /// What `eased` costs less, by solving it again within a share of the time.
  private func saving(
    _ outcome: AwardOutcome,
    in eased: AwardProblem,
    _ plan: AwardPlan,
    _ cancellation: Cancellation
  ) throws(SolverError) -> AwardAdvice.Saving? {
    guard let cost = outcome.costs?.total, !cancellation.isCancelled else { return nil }
    var limits = options
    limits.timeLimit = options.timeLimit / Self.resolvedLimits
    let again = try AwardSearch(solver, limits).solve(AwardIndex(eased), cancellation)
    guard let found = again.costs?.total else { return nil }
    let isExact = outcome.status == .optimal && again.status == .optimal
    return .init(cents: max(0, cost - found), evidence: isExact ? .exact : .estimate)
  }
}

extension AwardIndex {
  /// The order lines below a further tier, those first whose extra units cost least.
  func nextTiers(_ plan: AwardPlan) -> [AwardAdvice] {
    let found = lines(of: plan).compactMap { line -> (cost: Int, advice: AwardAdvice)? in
      let offer = problem.offers[line.offer]
      guard line.tier + 1 < offer.tiers.count else { return nil }
      let next = offer.tiers[line.tier + 1]
      let packs = max(next.from, 1).dividedRoundingUp(by: offer.pack).roundedUp(to: offer.multiple)
      if let capacity = offer.capacity.at(line.period), packs * offer.pack > capacity { return nil }
      let extra = offer.cost(packs: packs) - line.amount
      let advice = AwardAdvice.nextTier(
        offer: line.offer,
        period: line.period,
        missing: packs * offer.pack - line.quantity,
        price: next.price,
        extraCost: extra
      )
      return (extra, advice)
    }
    return found.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
      .map(\.element.advice)
  }

  /// Limits with no room for one more pack, and a step by which it would be worth easing them.
  func bindingLimits(_ plan: AwardPlan) -> [(AwardLimit, step: Int)] {
    let packs = plan.packs(sources.count)
    let costs = costs(of: plan)
    var binding: [(AwardLimit, step: Int)] = []
    if let budget = problem.budget, budget - costs.spent < max(1, budget / 50) {
      binding.append((.budget, step: max(1, budget / 100)))
    }
    for agreement in problem.agreements.indices {
      if let step = bindingStep(agreement, packs, costs) {
        binding.append((.maximum(agreement: agreement), step))
      }
    }
    for order in costs.orders {
      let pack = sources.filter { $0.supplier == order.supplier }.map(\.pack).min() ?? 1
      if let capacity = problem.suppliers[order.supplier].capacity.at(order.period),
        capacity - order.quantity < pack,
        !binding.contains(where: { $0.0 == .supplierCapacity(order.supplier) })
      {
        binding.append((.supplierCapacity(order.supplier), step: pack))
      }
    }
    for (source, packs) in zip(sources, packs) where packs > 0 && packs == source.capacityPacks {
      if !binding.contains(where: { $0.0 == .offerCapacity(source.offer) }) {
        binding.append((.offerCapacity(source.offer), step: source.pack * source.multiple))
      }
    }
    return binding
  }

  /// A hundredth of the ceiling that has less than a fiftieth left; nil where none of the lot's has.
  private func bindingStep(_ agreement: Int, _ packs: [Int], _ costs: AwardCosts) -> Int? {
    let lot = problem.agreements[agreement]
    let groups = [(lot.limits, nil)] + lot.holders.map { ($0.limits, Optional($0.supplier)) }
    for (limits, supplier) in groups {
      var value = supplier == nil ? charges(under: lot, costs) : 0
      var quantity = 0
      for (source, packs) in zip(sources, packs)
      where packs > 0 && lot.items.contains(source.item) && source.supplier == supplier ?? source.supplier {
        value += source.cost(packs) ?? 0
        quantity += packs * source.pack
      }
      if let maximum = limits.maximumValue, maximum - value < max(1, maximum / 50) {
        return max(1, maximum / 100)
      }
      if let maximum = limits.maximumQuantity, maximum - quantity < max(1, maximum / 50) {
        return max(1, maximum / 100)
      }
    }
    return nil
  }
}

extension AwardProblem {
  /// The problem with `step` more of one limit.
  func easing(_ limit: AwardLimit, by step: Int) -> AwardProblem {
    var problem = self
    switch limit {
    case .budget: problem.budget = budget.map { $0 + step }
    case .offerCapacity(let offer):
      problem.offers[offer].capacity = offers[offer].capacity.map { $0.map { $0 + step } }
    case .supplierCapacity(let supplier):
      problem.suppliers[supplier].capacity = suppliers[supplier].capacity.map { $0.map { $0 + step } }
    case .maximum(let agreement):
      problem.agreements[agreement].limits = agreements[agreement].limits.eased(by: step)
      for holder in agreements[agreement].holders.indices {
        problem.agreements[agreement].holders[holder].limits =
          agreements[agreement].holders[holder].limits.eased(by: step)
      }
    default: break
    }
    return problem
  }
}

extension AwardProblem.Limits {
  fileprivate func eased(by step: Int) -> Self {
    var limits = self
    limits.maximumValue = maximumValue.map { $0 + step }
    limits.maximumQuantity = maximumQuantity.map { $0 + step }
    return limits
  }
}
