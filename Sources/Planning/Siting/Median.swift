extension SitingProblem {
  /// p-median: minimise Σ weight × time to the nearest open site (Hakimi 1964).
  func solveMedian(_ effort: SitingEffort) -> SitingPlan {
    let greatest = (0..<times.pointCount).reduce(Int128(1)) { total, point in
      total + Int128(weights[point]) * Int128(times.legs(from: point).last?.time ?? 0)
    }
    // Leaving one point unserved costs more than any plan that serves everybody.
    let precision = LocationPrecision(greatest: greatest)
    let penalty = precision.cost(greatest) * 2
    var search = LocationSearch(
      medianInstance(precision, penalty: penalty),
      precision: precision,
      gap: effort.gap,
      until: effort.expired
    )
    search.run()
    var plan = plan(search) { _, assignment in journeys(assignment) }
    plan.bound = search.bound >= search.value ? plan.objective : Int128(search.bound.rounded(.up))
    if plan.assignment.contains(nil) {
      let isProven = search.bound >= penalty
      return isProven ? .infeasible(obstacle(effort)) : SitingPlan(status: .unknown, nodes: search.nodes)
    }
    plan.settle(effort)
    return plan
  }

  private func medianInstance(_ precision: LocationPrecision, penalty: Double) -> LocationInstance {
    var instance = instance()
    let existing = mask(Array(existing))
    for point in 0..<times.pointCount {
      let weight = Int128(weights[point])
      let fallback = times.nearest(from: point, open: existing)
      let outside = fallback.map { precision.cost(weight * Int128($0.time)) } ?? penalty
      let pairs = times.legs(from: point).lazy.filter { !existing[$0.site] }
        .map { (site: Int32($0.site), cost: precision.cost(weight * Int128($0.time))) }
      instance.addClient(outside: outside, pairs: pairs)
    }
    return instance
  }

  /// Σ weight × time, in integers.
  private func journeys(_ assignment: [Int?]) -> Int128 {
    let open = mask(Array(Set(assignment.compactMap(\.self))))
    return (0..<times.pointCount).reduce(0) { total, point in
      total + Int128(weights[point]) * Int128(times.nearest(from: point, open: open)?.time ?? 0)
    }
  }
}

extension SitingPlan {
  /// Sets the status from what was proven: within the asked gap, or within the nine digits that numbers too
  /// large for exact floating point leave.
  mutating func settle(_ effort: SitingEffort) {
    status = (gap ?? .infinity) <= max(effort.gap, 1e-9) ? .optimal : .feasible
  }
}
