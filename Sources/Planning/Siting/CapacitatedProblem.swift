/// Where to put machines that can each serve only so much: the capacitated p-median and warehouse location
/// models, with several machines a site.
package struct CapacitatedProblem: Sendable {
  /// A leg's "time" is the cost of serving the whole of a point from a site.
  package var service: TravelTable
  /// What each point takes of capacity.
  package var loads: [Int64]
  /// What one machine at each site can serve.
  package var capacities: [Int64]
  /// The most machines at each site, and those that stand there already.
  package var mostMachines: [Int]
  package var existing: [Int]
  /// Cost of each machine that is added at each site.
  package var machineCosts: [Int64]
  /// Machines in all, existing ones included; nil leaves it to their cost.
  package var machines: Int?
  /// What the added machines may cost together. Their cost is then no part of the objective.
  package var budget: Int64?
  /// Whether a point may be served from several sites.
  package var isSplit = true
  /// Cost units that make one unit of the model, so that its coefficients stay moderate.
  package var costScale: Int64 = 1

  package init(service: TravelTable, loads: [Int64], capacities: [Int64]) {
    self.service = service
    self.loads = loads
    self.capacities = capacities
    mostMachines = [Int](repeating: 1, count: capacities.count)
    existing = [Int](repeating: 0, count: capacities.count)
    machineCosts = [Int64](repeating: 0, count: capacities.count)
  }
}

package struct CapacitatedPlan: Sendable, Equatable {
  package struct Share: Sendable, Equatable {
    package let site: Int
    /// Part of the point's load; 1 where points are not split.
    package let part: Double
  }

  package var status: LinearSolution.Status
  /// Recomputed from the plan, in the units of the costs.
  package var objective: Double?
  package var bound: Double?
  package var gap: Double?
  /// Machines at each site, existing ones included.
  package var machines: [Int] = []
  package var shares: [[Share]] = []
  /// Why there is no plan.
  package var obstacle: SitingObstacle?
}

extension CapacitatedProblem {
  /// Where nobody is split and no budget binds, by a search of our own, which needs no solver (`SingleSourceSearch`).
  /// Otherwise solves the strong formulation, min Σ cost·x + Σ machineCost·m with x_ij ≤ m_j as well as the capacity
  /// rows: without those the relaxation is far from the truth (Cornuéjols, Sridharan and Thizy 1991).
  /// Cost: one column and one row a pair.
  package func solve(
    with solver: any Solver,
    _ options: SolverOptions = SolverOptions(),
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> CapacitatedPlan {
    if let obstacle = contradiction { return CapacitatedPlan(status: .infeasible, obstacle: obstacle) }
    var plan: CapacitatedPlan
    if let model = singleSourceModel {
      plan = solve(model, options, cancellation)
    } else {
      plan = try solveAsModel(with: solver, options, cancellation)
    }
    if plan.status == .infeasible { plan.obstacle = .together }
    return plan
  }

  /// The strong formulation as it is.
  package func solveAsModel(
    with solver: any Solver,
    _ options: SolverOptions = SolverOptions(),
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> CapacitatedPlan {
    var model = LinearModel(.minimize)
    let machines = capacities.indices.map { j in
      model.addColumn(
        cost: budget == nil ? Double(machineCosts[j]) / Double(costScale) : 0,
        lower: Double(existing[j]),
        upper: Double(max(existing[j], mostMachines[j])),
        isInteger: true
      )
    }
    var taken = [[LinearModel.Term]](repeating: [], count: capacities.count)
    var served: [[(site: Int, column: Int)]] = []
    for point in loads.indices {
      let columns = service.legs(from: point).map { leg in
        let cost = Double(leg.time) / Double(costScale)
        return (site: leg.site, column: model.addColumn(cost: cost, upper: 1, isInteger: !isSplit))
      }
      model.addRow(columns.map { .init(1, $0.column) }, lower: 1, upper: 1)
      for (site, column) in columns {
        model.addRow([.init(1, column), .init(-1, machines[site])], upper: 0)
        taken[site].append(.init(Double(loads[point]), column))
      }
      served.append(columns)
    }
    for j in capacities.indices {
      model.addRow(taken[j] + [.init(-Double(capacities[j]), machines[j])], upper: 0)
    }
    if let limit = self.machines { model.addRow(machines.map { .init(1, $0) }, upper: Double(limit)) }
    addBudget(to: &model, machines)
    let found = try solver.solve(model, options, cancellation)
    return plan(found, machines, served)
  }

  private func addBudget(to model: inout LinearModel, _ machines: [Int]) {
    guard let budget else { return }
    let limit = Double(budget) / Double(costScale) + Double(paid) / Double(costScale)
    let terms = machines.enumerated().map { site, column in
      LinearModel.Term(Double(machineCosts[site]) / Double(costScale), column)
    }
    model.addRow(terms, upper: limit)
  }

  /// What the existing machines would cost: no part of any answer.
  private var paid: Int64 { zip(existing, machineCosts).reduce(0) { $0 + Int64($1.0) * $1.1 } }

  private func plan(
    _ found: LinearSolution,
    _ machines: [Int],
    _ served: [[(site: Int, column: Int)]]
  ) -> CapacitatedPlan {
    let paid = budget == nil ? Double(paid) : 0
    var plan = CapacitatedPlan(status: found.status, gap: found.gap)
    plan.bound = found.bound.map { $0 * Double(costScale) - paid }
    guard !found.values.isEmpty else { return plan }
    plan.machines = machines.map { Int(found.values[$0].rounded()) }
    plan.shares = served.map { columns in
      columns.filter { found.values[$0.column] > 1e-9 }.map {
        .init(site: $0.site, part: found.values[$0.column])
      }
    }
    plan.machines = needed(plan)
    plan.objective = cost(of: plan) - paid
    return plan
  }

  /// Machines that the loads take, existing ones kept: where a machine costs nothing the solver may leave an
  /// idle one standing.
  private func needed(_ plan: CapacitatedPlan) -> [Int] {
    var taken = [Double](repeating: 0, count: capacities.count)
    var needed = existing
    for (point, shares) in plan.shares.enumerated() {
      for share in shares {
        taken[share.site] += share.part * Double(loads[point])
        // Who takes no capacity is served by a machine all the same.
        needed[share.site] = max(needed[share.site], 1)
      }
    }
    return capacities.indices.map { j in
      let used = capacities[j] > 0 ? (taken[j] / Double(capacities[j]) - 1e-6).rounded(.up) : 0
      return min(plan.machines[j], max(needed[j], Int(used)))
    }
  }

  private func cost(of plan: CapacitatedPlan) -> Double {
    let machines = zip(plan.machines, machineCosts).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    let fixed = budget == nil ? machines : 0
    return plan.shares.enumerated().reduce(fixed) { total, entry in
      entry.element.reduce(total) { sum, share in
        let whole = service.legs(from: entry.offset).first { $0.site == share.site }?.time ?? 0
        return sum + share.part * Double(whole)
      }
    }
  }
}
