package import Planning

extension SiteInputs {
  /// Answers the question, proven unless `effort` runs out.
  ///
  /// - Parameters:
  ///   - effort: how long and how far to search.
  ///   - solver: the integer solver, needed for the worst region's mean alone.
  /// - Throws: `SiteError.impossible` where nothing satisfies the question, and the solver's errors.
  /// - Returns: the plan with its proof and its neighbours.
  package func answer(_ effort: SitingEffort, _ solver: (any Solver)? = nil) throws -> SiteAnswer {
    try refuseSmallBudget()
    var answer =
      if let model { try searched(model, effort) } else { try equitableAnswer(effort, solver) }
    answer.neighbours += try presenceNeighbours(of: answer, effort, solver)
    return answer
  }

  private func searched(_ model: SitingModel, _ effort: SitingEffort) throws -> SiteAnswer {
    let plan = problem.solve(model, effort)
    guard let objective = plan.objective else { throw noPlan(plan.obstacle) }
    let report = problem.sensitivity(of: plan, model, effort)
    var answer = described(plan.sites, status: plan.status.rawValue)
    answer.objective = Int64(clamping: objective)
    answer.bound = plan.bound.map { Int64(clamping: $0) }
    answer.nextBest = report.exchanges.map { exchange in
      self.exchange(
        exchange.out,
        exchange.into,
        of: plan.sites,
        Int64(clamping: exchange.objective - objective)
      )
    }
    answer.neighbours = report.neighbours.map { neighbour in
      self.neighbour(
        question(neighbour.change, of: plan.sites),
        neighbour.plan.sites,
        neighbour.plan.objective.map { Int64(clamping: $0) },
        isProven: neighbour.plan.status == .optimal,
        of: plan.sites
      )
    }
    return answer
  }

  // MARK: - Neighbours

  private func question(_ change: SitingSensitivity.Neighbour.Change, of open: [Int]) -> String {
    switch change {
    case .sites(let count): "\(count - existing.count) more instead of \(open.count - existing.count)"
    case .limit(let limit): "a limit of \(limit / 60) minutes"
    case .budget(let budget): "a budget of \(Money(cents: budget))"
    }
  }

  private func neighbour(
    _ question: String,
    _ sites: [Int],
    _ objective: Int64?,
    isProven: Bool,
    of open: [Int]
  ) -> SiteAnswer.Neighbour {
    SiteAnswer.Neighbour(
      question: question,
      newSites: sites.filter { !existing.contains($0) }.map { self.sites[$0].code },
      objective: objective,
      peopleWithin: objective == nil ? nil : reach(sites).peopleWithin,
      isProven: isProven,
      changesTheSites: !Set(sites).isSuperset(of: open) && !Set(open).isSuperset(of: sites)
    )
  }

  /// One site out, another in its place, and what that does to the objective and to the people within the limit.
  private func exchange(_ out: Int, _ into: Int?, of open: [Int], _ change: Int64) -> SiteAnswer.Exchange {
    let other = open.filter { $0 != out } + (into.map { [$0] } ?? [])
    return SiteAnswer.Exchange(
      out: sites[out].code,
      into: into.map { sites[$0].code },
      change: change,
      changeWithin: reach(other).peopleWithin - reach(open).peopleWithin
    )
  }

  /// Answers were it otherwise where machines stand: what nobody confirmed, and whom nobody asked.
  private func presenceNeighbours(
    of answer: SiteAnswer,
    _ effort: SitingEffort,
    _ solver: (any Solver)?
  ) throws -> [SiteAnswer.Neighbour] {
    let standing = Set(existing.map { sites[$0].code })
    var others: [(question: String, codes: Set<String>)] = []
    if !toConfirm.isEmpty {
      others.append(
        question.confirmedOnly
          ? ("machines to confirm counted too", standing.union(toConfirm))
          : ("confirmed machines only", standing.subtracting(toConfirm))
      )
    }
    for site in answer.newSites where silent.contains(site.code) || toConfirm.contains(site.code) {
      others.append(("a machine already at \(site.name)", standing.union([site.code])))
    }
    return try others.compactMap { other in
      guard !effort.expired() else { return nil }
      return try equipped(at: other.codes).neighbour(other.question, of: answer, effort, solver)
    }
  }

  /// This question's answer beside one in which machines stand elsewhere.
  private func neighbour(
    _ text: String,
    of answer: SiteAnswer,
    _ effort: SitingEffort,
    _ solver: (any Solver)?
  ) throws -> SiteAnswer.Neighbour? {
    let found: (open: [Int], objective: Int64?, isProven: Bool)
    if let model {
      let plan = problem.solve(model, effort)
      found = (plan.sites, plan.objective.map { Int64(clamping: $0) }, plan.status == .optimal)
    } else {
      guard let solver else { return nil }
      let plan = try worstRegion(effort, solver)
      found = (
        plan.sites, plan.sites.isEmpty ? nil : reach(plan.sites).worstRegionMeanSeconds,
        plan.status == .optimal
      )
    }
    var neighbour = neighbour(text, found.open, found.objective, isProven: found.isProven, of: found.open)
    let (new, before) = (Set(neighbour.newSites), Set(answer.newSites.map(\.code)))
    let wanted = before.subtracting(existing.map { sites[$0].code })
    neighbour.changesTheSites = !new.isSuperset(of: wanted) && !wanted.isSuperset(of: new)
    return neighbour
  }

  // MARK: - The plan without its proof

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
      apart: apart.map { .init(department: $0.code, name: $0.name, people: $0.people) },
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

  // MARK: - The worst region

  private var regions: [Int] {
    let names = Array(Set(points.map(\.region))).sorted()
    return points.map { point in names.firstIndex(of: point.region) ?? 0 }
  }

  private func worstRegion(_ effort: SitingEffort, _ solver: any Solver) throws -> EquitablePlan {
    try worstRegion(of: problem, effort, solver)
  }

  /// The same for another number of sites, or another budget.
  func worstRegion(of problem: SitingProblem, _ effort: SitingEffort, _ solver: any Solver) throws
    -> EquitablePlan
  {
    let options = SolverOptions(relativeGap: effort.gap, timeLimit: effort.remaining())
    return try problem.worstRegionMedian(region: regions, with: solver, options)
  }

  private func equitableAnswer(_ effort: SitingEffort, _ solver: (any Solver)?) throws -> SiteAnswer {
    guard let solver else { throw SiteError.solverNeeded("it is not installed (scripts/install-highs)") }
    let plan = try worstRegion(effort, solver)
    guard let worst = plan.worstMean else { throw noPlan(plan.obstacle) }
    var answer = described(plan.sites, status: plan.status.rawValue)
    answer.objective = answer.after.worstRegionMeanSeconds ?? Int64(worst.roundedUp)
    answer.bound = plan.bound.map { Int64($0.rounded(.up)) }
    let options = SolverOptions(relativeGap: effort.gap, timeLimit: effort.remaining())
    let report = try problem.sensitivity(
      of: plan,
      region: regions,
      with: solver,
      options,
      until: effort.expired
    )
    answer.nextBest = report.exchanges.map { exchange in
      let other = plan.sites.filter { $0 != exchange.out } + (exchange.into.map { [$0] } ?? [])
      let mean = reach(other).worstRegionMeanSeconds ?? answer.objective
      return self.exchange(exchange.out, exchange.into, of: plan.sites, mean - answer.objective)
    }
    answer.neighbours = report.neighbours.map { neighbour in
      let sites = neighbour.plan.sites
      return self.neighbour(
        question(neighbour.change, of: plan.sites),
        sites,
        sites.isEmpty ? nil : reach(sites).worstRegionMeanSeconds,
        isProven: neighbour.plan.status == .optimal,
        of: plan.sites
      )
    }
    return answer
  }

  // MARK: - Without an answer

  /// A budget that buys no machine at all is no question of where.
  private func refuseSmallBudget() throws(SiteError) {
    guard let budget = question.budget, question.add != 0 else { return }
    let offered = sites.indices.filter { !existing.contains($0) }.map { prices[$0] }
    guard let least = offered.min(), budget < least else { return }
    throw .impossible(.budgetTooSmall(budget: budget.cents, needed: Int128(least.cents)), obstacleWords)
  }

  private func noPlan(_ obstacle: SitingObstacle?) -> SiteError {
    obstacle.map { .impossible($0, obstacleWords) } ?? .noPlan("the search ended before one was found")
  }

  private var obstacleWords: SiteError.Words {
    SiteError.Words(points: points.map { "\($0.code) \($0.name)" }, standing: existing.count)
  }
}
