package import Planning

extension SiteInputs {
  /// One proven answer for each number of added sites up to `most`, or for each budget.
  ///
  /// - Parameters:
  ///   - most: the most sites to add; not looked at where budgets are given.
  ///   - budgets: the budgets instead of numbers.
  ///   - effort: how long and how far to search.
  ///   - solver: the integer solver, needed for the worst region's mean alone.
  /// - Throws: `SiteError.solverNeeded` where it is needed and not there, and the solver's errors.
  /// - Returns: the points in the order of their numbers or budgets; fewer where the time ended.
  package func curve(
    upTo most: Int,
    budgets: [Money] = [],
    _ effort: SitingEffort,
    _ solver: (any Solver)? = nil
  ) throws -> [SiteCurvePoint] {
    let found = try points(upTo: most, budgets.map(\.cents), effort, solver)
    let points = found.enumerated().filter { index, point in
      // One more that changes nothing is no point of its own; another budget is.
      index == 0 || !budgets.isEmpty || point.sites != found[index - 1].sites
    }.map(\.element)
    return points.map { point in
      let new = point.sites.filter { !existing.contains($0) }
      return SiteCurvePoint(
        added: Int64(new.count),
        budget: budgets.isEmpty ? nil : Money(cents: point.allowance),
        cost: prices.isEmpty ? nil : Money(cents: new.reduce(0) { $0 + prices[$1].cents }),
        newSites: new.map { sites[$0].code },
        objective: point.objective,
        peopleWithin: point.objective == nil ? nil : reach(point.sites).peopleWithin,
        isProven: point.isProven
      )
    }
  }

  /// A point before it is told in codes.
  private struct Solved {
    /// Sites in all, or the budget in cents.
    var allowance: Int64
    var sites: [Int]
    var objective: Int64?
    var isProven: Bool
  }

  private func points(
    upTo most: Int,
    _ budgets: [Int64],
    _ effort: SitingEffort,
    _ solver: (any Solver)?
  ) throws -> [Solved] {
    guard let model else {
      guard let solver else { throw SiteError.solverNeeded("it is not installed (scripts/install-highs)") }
      return try equitablePoints(upTo: most, budgets, effort, solver)
    }
    let curve =
      budgets.isEmpty
      ? problem.curve(model, upToSites: existing.count + most, effort)
      : problem.curve(model, budgets: budgets, effort)
    return curve.points.map { point in
      Solved(
        allowance: point.allowance,
        sites: point.plan.sites,
        objective: point.plan.objective.map { Int64(clamping: $0) },
        isProven: point.plan.status == .optimal
      )
    }
  }

  /// The worst region's mean for each allowance. One more site may change nothing and the next one much, as with the
  /// longest journey: only time ends the curve before its last point.
  private func equitablePoints(
    upTo most: Int,
    _ budgets: [Int64],
    _ effort: SitingEffort,
    _ solver: any Solver
  ) throws -> [Solved] {
    let first = max(1, existing.count)
    let counts = (first...max(first, min(existing.count + most, sites.count))).map(Int64.init)
    var points: [Solved] = []
    for allowance in budgets.isEmpty ? counts : budgets {
      if !points.isEmpty, effort.expired() { break }
      var moved = problem
      if budgets.isEmpty { moved.sites = Int(allowance) } else { moved.budget = allowance }
      let plan = try worstRegion(of: moved, effort, solver)
      points.append(
        Solved(
          allowance: allowance,
          sites: plan.sites,
          objective: plan.sites.isEmpty ? nil : reach(plan.sites).worstRegionMeanSeconds,
          isProven: plan.status == .optimal
        )
      )
    }
    return points
  }
}

/// What one more site, or one more euro, buys.
package struct SiteCurvePoint: Equatable, Sendable, Codable {
  package var added: Int64
  package var budget: Money?
  package var cost: Money?
  package var newSites: [String]
  package var objective: Int64?
  package var peopleWithin: Int64?
  package var isProven: Bool
}
