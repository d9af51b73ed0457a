/// The best objective for every number of sites, or every budget: what one more buys.
package struct TradeOffCurve: Sendable {
  package struct Point: Sendable, Equatable {
    /// Sites in all, or the budget.
    package let allowance: Int64
    package let plan: SitingPlan
  }

  package let points: [Point]
}

extension SitingProblem {
  /// One proven solve per number of sites, from those that exist to `most`. Stops once nothing improves: everybody
  /// covered, a site at every point, or, but for the worst journey, one more site that changed nothing: what a site adds
  /// to coverage and to least travel only falls with the others (Nemhauser, Wolsey and Fisher 1978).
  package func curve(
    _ model: SitingModel,
    upToSites most: Int,
    _ effort: SitingEffort = SitingEffort()
  ) -> TradeOffCurve {
    var points: [TradeOffCurve.Point] = []
    for count in max(1, existing.count)...max(1, existing.count, min(most, times.siteCount)) {
      var moved = self
      moved.sites = count
      let plan = moved.solve(model, effort)
      let isProven = plan.status == .optimal && points.last?.plan.status == .optimal
      if model != .pCentre, isProven, plan.objective == points.last?.plan.objective { break }
      points.append(.init(allowance: Int64(count), plan: plan))
      let isComplete = model.isMaximalCovering ? plan.objective == totalWeight : plan.objective == 0
      if isComplete || effort.expired() { break }
    }
    return TradeOffCurve(points: points)
  }

  /// One proven solve per budget.
  package func curve(
    _ model: SitingModel,
    budgets: [Int64],
    _ effort: SitingEffort = SitingEffort()
  ) -> TradeOffCurve {
    let points = budgets.map { budget in
      var moved = self
      moved.budget = budget
      return TradeOffCurve.Point(allowance: budget, plan: moved.solve(model, effort))
    }
    return TradeOffCurve(points: points)
  }
}
