/// The whole answer to a group order: the award, who pays what, what would make it cheaper, or why there is
/// none.
package struct AwardPlanner {
  package let solver: any Solver
  package let options: AwardOptions

  package init(_ solver: any Solver, _ options: AwardOptions = AwardOptions()) {
    self.solver = solver
    self.options = options
  }

  /// Blocks; call it on a thread of its own. Stand-alone costs and advice may take as long again as the award.
  /// `alone` is each centre's own question, where buying alone is more than leaving the others out.
  package func award(
    _ problem: AwardProblem,
    _ method: Award.Method = .exact,
    alone questions: [AwardProblem]? = nil,
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> Award {
    let index = AwardIndex(problem)
    let outcome = try outcome(index, method, cancellation)
    var award = Award(method: method, outcome: outcome, index)
    if let plan = outcome.plan {
      let alone = try aloneCosts(questions ?? problem.centres.indices.map { problem.alone($0) }, cancellation)
      award.attribution = index.attribution(of: plan, alone: alone)
      award.advice = try advice(index, plan, outcome, cancellation)
    } else if outcome.status == .infeasible {
      let search = AwardConflict(solver, options)
      award.conflict = try search.smallest(problem, cancellation)
      award.earliest = try search.earliest(problem, for: award.conflict, cancellation)
    }
    return award
  }

  private func outcome(
    _ index: AwardIndex,
    _ method: Award.Method,
    _ cancellation: Cancellation
  ) throws(SolverError) -> AwardOutcome {
    switch method {
    case .exact: try AwardSearch(solver, options).solve(index, cancellation).postponed(index)
    case .greedy: index.greedyOutcome
    }
  }

  /// What each centre would pay alone, by the same search on its own question.
  private func aloneCosts(
    _ questions: [AwardProblem],
    _ cancellation: Cancellation
  ) throws(SolverError) -> [AloneCost] {
    var limits = options
    limits.timeLimit = options.timeLimit / max(1, questions.count)
    var costs: [AloneCost] = []
    for question in questions {
      let outcome = try AwardSearch(solver, limits).solve(AwardIndex(question), cancellation)
      costs.append(AloneCost(cost: outcome.bound, isProven: outcome.status == .optimal))
    }
    return costs
  }
}

extension AwardOutcome {
  /// The same proof for a plan that orders nothing sooner than it has to.
  fileprivate func postponed(_ index: AwardIndex) -> AwardOutcome {
    guard let plan else { return self }
    var later = self
    let postponed = index.postponed(plan)
    later.plan = postponed
    later.costs = index.costs(of: postponed)
    return later
  }
}

extension AwardProblem {
  /// The same offers and limits for one centre's needs; what only the group has promised or was given (the
  /// agreements' minimums and the budget) is left out.
  package func alone(_ centre: Int) -> AwardProblem {
    var problem = self
    problem.needs = needs.filter { $0.centre == centre }
    problem.budget = nil
    for agreement in agreements.indices {
      problem.agreements[agreement].limits = agreements[agreement].limits.withoutMinimums
      for holder in agreements[agreement].holders.indices {
        problem.agreements[agreement].holders[holder].limits =
          agreements[agreement].holders[holder].limits.withoutMinimums
      }
    }
    return problem
  }
}

extension AwardProblem.Limits {
  var withoutMinimums: Self { Self(maximumValue: maximumValue, maximumQuantity: maximumQuantity) }
  var withoutMaximums: Self { Self(minimumValue: minimumValue, minimumQuantity: minimumQuantity) }
}

extension AwardIndex {
  /// The greedy plan with no claim about how good it is; `unknown` where the rule finds none, for it proves
  /// nothing.
  package var greedyOutcome: AwardOutcome { outcome(GreedyAward.plan(self), bound: nil, gap: 0) }
}
