/// A plan with its proof.
package struct RenewalAnswer: Sendable {
  package struct Stage: Sendable, Equatable {
    package let aims: [RenewalProblem.Aim]
    package let status: LinearSolution.Status
    package let objective: Double?
    package let bound: Double?
    package let gap: Double?
  }

  /// Nil when no plan was found, or when the solver's point failed the check in integers.
  package var plan: RenewalPlan?
  /// One stage for weighted aims, one per aim for aims served in order.
  package var stages: [Stage] = []
  package let solver: String
}

extension RenewalProblem {
  /// Solves the problem; the point is recomputed in integers and refused when it breaks anything.
  package func solve(
    _ objective: Objective,
    with solver: any Solver,
    _ options: SolverOptions = SolverOptions(),
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> RenewalAnswer {
    var model = RenewalModel(self)
    var answer = RenewalAnswer(solver: solver.name)
    for stage in stages(objective) {
      var terms: [LinearModel.Term] = []
      var constant = 0.0
      for (aim, weight) in stage {
        let measured = model.measure(aim)
        terms += measured.terms.map { .init(Double(weight) * $0.coefficient, $0.column) }
        constant += Double(weight) * measured.constant
      }
      model.setObjective(terms)
      let found = try solver.solve(model.linear, options, cancellation)
      answer.stages.append(
        .init(
          aims: stage.map(\.0),
          status: found.status,
          objective: found.objective.map { $0 + constant },
          bound: found.bound.map { $0 + constant },
          gap: found.gap
        )
      )
      guard let value = found.objective, !found.values.isEmpty else { return answer }
      let plan = RenewalPlan(self, renewed: model.years(found.values))
      guard plan.faults.isEmpty else { return answer }
      answer.plan = plan
      // The next aim may not worsen this one; all of these sums are whole numbers.
      model.addCeiling(terms, value.rounded())
    }
    return answer
  }

  private func stages(_ objective: Objective) -> [[(Aim, Int64)]] {
    switch objective {
    case .weighted(let weights):
      [weights.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key, $0.value) }]
    case .lexicographic(let aims): aims.map { [($0, Int64(1))] }
    }
  }
}
