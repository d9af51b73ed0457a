package import Planning
package import Storage

/// Evaluates a what-if by the renewal plan it leads to.
package struct RenewalEvaluator: ScenarioEvaluator {
  package var question: RenewalQuestion
  package var solver: any Solver
  package var timeLimit: Duration?

  package init(question: RenewalQuestion, solver: any Solver, timeLimit: Duration? = nil) {
    self.question = question
    self.solver = solver
    self.timeLimit = timeLimit
  }

  package func prepare(
    _ scenario: WhatIf?,
    on day: Day,
    in connection: any Connection
  ) throws -> @Sendable () throws -> [ScenarioFigure] {
    let input = try RenewalInput.read(question, under: scenario, on: day, in: connection)
    let (solver, timeLimit) = (solver, timeLimit)
    return { try input.solved(with: solver, timeLimit: timeLimit).report.figures(of: input) }
  }
}

extension RenewalReport {
  /// What is compared between plans.
  package func figures(of input: RenewalInput) -> [ScenarioFigure] {
    let last = years.last
    func count(_ action: Action) -> String { "\(lines.count { $0.action == action })" }
    let reached = proofs.filter { $0.aim != .cost }.map { proof in
      ScenarioFigure("\(proof.aim.rawValue) (sum)", "\(proof.reached)")
    }
    return [
      ScenarioFigure("machines judged", "\(input.machines.count)"),
      ScenarioFigure("kept apart", "\(input.apart.count)"),
      ScenarioFigure("budget", "\(input.question.budgets.reduce(Money.zero, +))"),
      ScenarioFigure("cost", "\(cost)"),
      ScenarioFigure("saved together", "\(groups.reduce(Money.zero) { $0 + $1.saving })"),
      ScenarioFigure("renewed", count(.renew)), ScenarioFigure("upgraded", count(.upgrade)),
      ScenarioFigure("moved", count(.move)), ScenarioFigure("added", count(.add)),
    ] + reached + [
      ScenarioFigure("past life at the end", last.map { "\($0.pastLife)" } ?? "0"),
      ScenarioFigure("missing at the end", last.map { "\($0.missing)" } ?? "0"),
      ScenarioFigure("years keeping the age rule", "\(years.count { $0.isRuleKept == true })"),
      ScenarioFigure("proven best", isProven ? "yes" : "no"),
    ]
  }
}
