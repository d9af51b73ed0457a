extension CapacitatedProblem {
  /// The problem in integers, if it is one that is searched here: nobody is split, no budget, and numbers so small
  /// that every sum of the search is exact.
  var singleSourceModel: SingleSourceModel? {
    guard !isSplit, budget == nil, !loads.isEmpty, !capacities.isEmpty else { return nil }
    guard (loads + capacities + machineCosts + service.time).allSatisfy({ $0 >= 0 }) else { return nil }
    let most = zip(existing, mostMachines).map { max($0, $1) }
    let load = loads.reduce(Int128(0)) { $0 + Int128($1) }
    let capacity = zip(capacities, most).reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1) }
    guard max(load, capacity) < 1 << 50, greatestCost(most) < 1 << 50 else { return nil }
    let sites = capacities.indices.map { j in
      SingleSourceModel.Site(
        capacity: Int(capacities[j]),
        price: Int(machineCosts[j]),
        least: existing[j],
        most: most[j]
      )
    }
    let inAll = min(machines ?? .max, most.reduce(0, +))
    return SingleSourceModel(
      sites: sites,
      loads: loads.map { Int($0) },
      limit: inAll,
      service,
      far: Int(greatestCost(most)) + 1
    )
  }

  /// No plan costs more.
  private func greatestCost(_ most: [Int]) -> Int128 {
    let journeys = loads.indices.reduce(Int128(0)) { $0 + Int128(service.legs(from: $1).last?.time ?? 0) }
    return zip(machineCosts, most).reduce(journeys) { $0 + Int128($1.0) * Int128($1.1) }
  }

  /// Searches for the cheapest plan that splits nobody, until it is proven or one of the limits is reached.
  func solve(
    _ model: SingleSourceModel,
    _ options: SolverOptions,
    _ cancellation: Cancellation
  ) -> CapacitatedPlan {
    let begin = ContinuousClock.now
    let limit = options.timeLimit
    var search = SingleSourceSearch(model, gap: options.relativeGap) {
      cancellation.isCancelled || limit.map { ContinuousClock.now - begin >= $0 } ?? false
    }
    search.run()
    let isProven = search.bound >= min(model.far, search.value)
    if cancellation.isCancelled && !isProven { return CapacitatedPlan(status: .cancelled) }
    guard let found = search.plan, let machines = model.machines(for: found.site) else {
      return CapacitatedPlan(status: isProven ? .infeasible : .unknown)
    }
    var plan = CapacitatedPlan(status: .feasible, objective: Double(found.value), bound: Double(search.bound))
    plan.gap = Double(found.value - search.bound) / max(1, Double(found.value))
    plan.machines = machines
    plan.shares = found.site.map { [.init(site: Int($0), part: 1)] }
    if (plan.gap ?? 1) <= options.relativeGap { plan.status = .optimal }
    return plan
  }
}
