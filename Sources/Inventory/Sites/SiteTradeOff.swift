package import Planning

extension SiteInputs {
  /// One proven answer for each number of added sites up to `most`, or for each budget.
  package func curve(upTo most: Int, budgets: [Money] = [], _ effort: SitingEffort) throws -> [SiteCurvePoint]
  {
    guard let model else {
      throw SiteError.noPlan("a curve is drawn for coverage, median and centre")
    }
    let curve =
      budgets.isEmpty
      ? problem.curve(model, upToSites: existing.count + most, effort)
      : problem.curve(model, budgets: budgets.map(\.cents), effort)
    let points = curve.points.enumerated().filter { index, point in
      // One more that changes nothing is no point of its own; another budget is.
      index == 0 || !budgets.isEmpty || point.plan.sites != curve.points[index - 1].plan.sites
    }.map(\.element)
    return points.map { point in
      let new = point.plan.sites.filter { !existing.contains($0) }
      return SiteCurvePoint(
        added: Int64(new.count),
        budget: budgets.isEmpty ? nil : Money(cents: point.allowance),
        cost: prices.isEmpty ? nil : Money(cents: new.reduce(0) { $0 + prices[$1].cents }),
        newSites: new.map { sites[$0].code },
        objective: point.plan.objective.map { Int64(clamping: $0) },
        peopleWithin: point.plan.objective == nil ? nil : reach(point.plan.sites).peopleWithin,
        isProven: point.plan.status == .optimal
      )
    }
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
