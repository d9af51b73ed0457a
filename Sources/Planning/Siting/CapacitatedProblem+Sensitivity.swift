extension CapacitatedProblem {
  /// What makes the question unanswerable before any search; nil when nothing was found that does.
  var contradiction: SitingObstacle? {
    let standing = existing.reduce(0, +)
    if let machines, machines < standing { return .fewerThanExisting(asked: machines, existing: standing) }
    let lost = loads.indices.filter { service.legs(from: $0).isEmpty }
    if !lost.isEmpty { return .unreached(points: lost, limit: nil) }
    let most = capacities.indices.map { max(existing[$0], mostMachines[$0]) }
    if !isSplit {
      let large = loads.indices.filter { point in
        service.legs(from: point).allSatisfy { leg in
          Int128(capacities[leg.site]) * Int128(most[leg.site]) < Int128(loads[point])
        }
      }
      if !large.isEmpty { return .loadTooLarge(points: large) }
    }
    return shortage(most)
  }

  /// The largest machines that may be added do not serve everybody, or the cheapest that would cost too much.
  private func shortage(_ most: [Int]) -> SitingObstacle? {
    let load = loads.reduce(Int128(0)) { $0 + Int128($1) }
    var capacity = zip(existing, capacities).reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1) }
    var missing = load - capacity
    var room = machines.map { $0 - existing.reduce(0, +) } ?? .max
    for site in capacities.indices.sorted(by: { capacities[$0] > capacities[$1] }) where room > 0 {
      let added = min(room, most[site] - existing[site])
      capacity += Int128(added) * Int128(capacities[site])
      room -= added
    }
    if capacity < load { return .capacityShort(load: load, capacity: capacity) }
    guard let budget, missing > 0 else { return nil }
    // As if a part of a machine could be bought: no plan costs less.
    var needed = 0.0
    let useful = capacities.indices.filter { capacities[$0] > 0 }
    func price(_ site: Int) -> Double { Double(machineCosts[site]) / Double(capacities[site]) }
    for site in useful.sorted(by: { price($0) < price($1) }) where missing > 0 {
      let served = min(missing, Int128(most[site] - existing[site]) * Int128(capacities[site]))
      needed += Double(served) * price(site)
      missing -= served
    }
    let least = Int128((needed - 1e-6 * max(1, needed)).rounded(.up))
    return least > Int128(budget) ? .budgetTooSmall(budget: budget, needed: least) : nil
  }
}

/// How firm a plan of machines is: each answer to the same question with one thing changed.
package struct CapacitatedSensitivity: Sendable {
  package enum Change: Sendable, Equatable {
    /// Nothing may be added at a site of the plan.
    case without(site: Int)
    case machines(Int)
    /// What a machine serves, in per cent of what it does.
    case capacity(percent: Int64)
    case budget(Int64)
  }

  package struct Neighbour: Sendable {
    package let change: Change
    package let plan: CapacitatedPlan
  }

  package var neighbours: [Neighbour] = []
}

extension CapacitatedProblem {
  /// Cost: a solve for each site that the plan adds to, then one for each parameter moved; `options` holds for each.
  package func sensitivity(
    of plan: CapacitatedPlan,
    with solver: any Solver,
    _ options: SolverOptions = SolverOptions(),
    until expired: () -> Bool
  ) throws(SolverError) -> CapacitatedSensitivity {
    var report = CapacitatedSensitivity()
    let added = plan.machines.indices.filter { plan.machines[$0] > existing[$0] }
    for change in added.map({ CapacitatedSensitivity.Change.without(site: $0) }) + changes
    where !expired() {
      let plan = try with(change).solve(with: solver, options)
      report.neighbours.append(.init(change: change, plan: plan))
    }
    return report
  }

  private var changes: [CapacitatedSensitivity.Change] {
    var changes: [CapacitatedSensitivity.Change] = []
    if let machines {
      changes += [machines - 1, machines + 1].filter { $0 >= max(1, existing.reduce(0, +)) }
        .map { .machines($0) }
    }
    if let budget, budget >= 10 {
      changes += [budget - budget / 10, budget + budget / 10].map { .budget($0) }
    }
    return changes + [.capacity(percent: 90), .capacity(percent: 110)]
  }

  private func with(_ change: CapacitatedSensitivity.Change) -> CapacitatedProblem {
    var moved = self
    switch change {
    case .without(let site): moved.mostMachines[site] = existing[site]
    case .machines(let count): moved.machines = count
    case .budget(let budget): moved.budget = budget
    case .capacity(let percent):
      // Rounded down: nobody is promised a part of a place.
      moved.capacities = capacities.map { Int64(Int128($0) * Int128(percent) / 100) }
    }
    return moved
  }
}
