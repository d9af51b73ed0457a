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

  /// Whether every stage was closed: then no plan is better in the stated order.
  package var isProven: Bool { plan != nil && stages.allSatisfy { $0.status == .optimal } }
}

extension RenewalProblem {
  /// Solves the problem; the point is recomputed in integers and refused when it breaks anything.
  ///
  /// Aims served in order are one integer program each: the value that an aim reached is a ceiling for all that
  /// follow. An option's time limit holds for each of them.
  package func solve(
    _ objective: Objective,
    with solver: any Solver,
    _ options: SolverOptions = SolverOptions(),
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> RenewalAnswer {
    var model = RenewalModel(self)
    var answer = RenewalAnswer(solver: solver.name)
    var options = options
    for stage in stages(objective, &model) {
      model.setObjective(stage.terms)
      let found = try solver.solve(model.linear, options, cancellation)
      answer.stages.append(stage.record(found))
      guard let value = found.objective, !found.values.isEmpty else { return answer }
      let plan = RenewalPlan(self, decisions: model.decisions(found.values))
      guard plan.faults.isEmpty else {
        answer.plan = nil
        return answer
      }
      answer.plan = plan
      // The next aim may not worsen this one; all of these sums are whole numbers.
      model.addCeiling(stage.terms, value.rounded())
      options.start = found.values
    }
    return answer
  }

  /// All aims are measured before the first is served, so that a point of one stage is a point of the next.
  private func stages(_ objective: Objective, _ model: inout RenewalModel) -> [RenewalStage] {
    switch objective {
    case .weighted(let weights):
      var stage = RenewalStage(aims: [], unit: 1)
      for (aim, weight) in weights.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        let scale = Double(weight) * (aim == .cost ? Double(model.cent) : 1)
        let measured = model.measure(aim)
        stage.aims.append(aim)
        stage.terms += measured.terms.map { .init(scale * $0.coefficient, $0.column) }
        stage.constant += scale * measured.constant
      }
      return [stage]
    case .lexicographic(let aims):
      return aims.map { aim in
        let measured = model.measure(aim)
        return RenewalStage(
          aims: [aim],
          unit: aim == .cost ? Double(model.cent) : 1,
          terms: measured.terms,
          constant: measured.constant
        )
      }
    }
  }
}

/// One integer program of the sequence.
private struct RenewalStage {
  var aims: [RenewalProblem.Aim]
  /// What one unit of the objective is worth.
  var unit: Double
  var terms: [LinearModel.Term] = []
  var constant = 0.0

  func record(_ found: LinearSolution) -> RenewalAnswer.Stage {
    RenewalAnswer.Stage(
      aims: aims,
      status: found.status,
      objective: found.objective.map { unit * ($0 + constant) },
      bound: found.bound.map { unit * ($0 + constant) },
      gap: found.gap
    )
  }
}
