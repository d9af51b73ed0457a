package import Planning

extension SiteInputs {
  /// Answers the question, proven unless `effort` runs out.
  ///
  /// - Parameters:
  ///   - effort: how long and how far to search.
  ///   - solver: the integer solver, needed for the worst region's mean alone.
  /// - Throws: `SiteError.noPlan` where nothing satisfies the question, and the solver's errors.
  /// - Returns: the plan with its proof and its neighbours.
  package func answer(_ effort: SitingEffort, _ solver: (any Solver)? = nil) throws -> SiteAnswer {
    guard let model else { return try equitableAnswer(solver) }
    let plan = problem.solve(model, effort)
    guard let objective = plan.objective else {
      throw SiteError.noPlan(plan.reason ?? "the search ended before one was found")
    }
    let report = problem.sensitivity(of: plan, model, effort)
    var answer = described(plan.sites, status: plan.status.rawValue)
    answer.objective = Int64(clamping: objective)
    answer.bound = plan.bound.map { Int64(clamping: $0) }
    answer.nextBest = report.exchanges.map { exchange in
      .init(
        out: sites[exchange.out].code,
        into: exchange.into.map { sites[$0].code },
        change: Int64(clamping: exchange.objective - objective)
      )
    }
    answer.neighbours = report.neighbours.map { neighbour($0, of: plan) }
    return answer
  }

  private func neighbour(
    _ neighbour: SitingSensitivity.Neighbour,
    of plan: SitingPlan
  ) -> SiteAnswer.Neighbour {
    let question =
      switch neighbour.change {
      case .sites(let count): "\(count - existing.count) more instead of \(plan.sites.count - existing.count)"
      case .limit(let limit): "a limit of \(limit / 60) minutes"
      }
    return SiteAnswer.Neighbour(
      question: question,
      newSites: neighbour.plan.sites.filter { !existing.contains($0) }.map { sites[$0].code },
      objective: neighbour.plan.objective.map { Int64(clamping: $0) },
      isProven: neighbour.plan.status == .optimal,
      changesTheSites: !Set(neighbour.plan.sites).isSuperset(of: plan.sites)
        && !Set(plan.sites).isSuperset(of: neighbour.plan.sites)
    )
  }

  /// The plan without its proof.
  private func described(_ open: [Int], status: String) -> SiteAnswer {
    let nearest = nearest(open)
    let limit = 60 * question.limitMinutes
    let chosen = open.map { index in
      let served = zip(points, nearest).filter { $0.1?.site == index }
      return SiteAnswer.Chosen(
        code: sites[index].code,
        name: sites[index].name,
        isNew: !existing.contains(index),
        cost: prices.isEmpty || existing.contains(index) ? nil : prices[index],
        people: served.reduce(0) { $0 + $1.0.people },
        peopleWithin: served.reduce(0) { ($1.1?.time ?? .max) <= limit ? $0 + $1.0.people : $0 }
      )
    }
    return SiteAnswer(
      status: status,
      objective: 0,
      bound: nil,
      sites: chosen,
      people: points.reduce(0) { $0 + $1.people },
      peopleApart: apart.reduce(0) { $0 + $1.people },
      before: reach(existing),
      after: reach(open),
      nextBest: [],
      neighbours: [],
      sources: sourceCounts
    )
  }

  /// Journeys between the points and the sites, by source.
  private var sourceCounts: [String: Int64] {
    points.reduce(into: [:]) { counts, point in
      for site in sites {
        guard case .known(_, let source) = journeys.time(from: point, to: site) else { continue }
        counts[source.rawValue, default: 0] += 1
      }
    }
  }

  private func equitableAnswer(_ solver: (any Solver)?) throws -> SiteAnswer {
    guard let solver else { throw SiteError.solverNeeded("it is not installed (scripts/install-highs)") }
    let names = Array(Set(points.map(\.region))).sorted()
    let region = points.map { point in names.firstIndex(of: point.region) ?? 0 }
    let plan = try problem.worstRegionMedian(region: region, with: solver)
    guard let worst = plan.worstMean else { throw SiteError.noPlan("no set of sites serves every region") }
    var answer = described(plan.sites, status: plan.status.rawValue)
    answer.objective = answer.after.worstRegionMeanSeconds ?? Int64(worst.roundedUp)
    answer.bound = plan.bound.map { Int64($0.rounded(.up)) }
    answer.nextBest = plan.sites.filter { !existing.contains($0) }.compactMap { out in
      exchange(of: out, in: plan.sites, from: answer.objective)
    }
    return answer
  }

  /// The best single site in another's place, for the worst region's mean.
  private func exchange(of out: Int, in open: [Int], from objective: Int64) -> SiteAnswer.Exchange? {
    let kept = open.filter { $0 != out }
    let room = question.budget.map { budget in
      budget.cents - kept.filter { !existing.contains($0) }.reduce(0) { $0 + prices[$1].cents }
    }
    let values = sites.indices.filter { !open.contains($0) }
      .filter { site in room.map { prices[site].cents <= $0 } ?? true }
      .compactMap { site in
        reach(kept + [site]).worstRegionMeanSeconds.map { (site: site, value: $0) }
      }
    return values.min { ($0.value, $0.site) < ($1.value, $1.site) }.map { best in
      .init(out: sites[out].code, into: sites[best.site].code, change: best.value - objective)
    }
  }

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
    return curve.points.map { point in
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
