package import Planning

extension RenewalInput {
  /// The version of the rules by which plans are made and judged; a plan says by which it was made.
  package static let ruleVersion: Int64 = 1

  /// Makes the plan. Blocks; a time limit, in all, is shared out equally among the aims.
  /// - Throws: `RenewalError.noPlanFound`, or what the solver says.
  package func solved(
    with solver: any Solver,
    timeLimit: Duration? = nil,
    _ cancellation: Cancellation = Cancellation()
  ) throws -> (report: RenewalReport, solver: String) {
    let problem = problem
    var options = SolverOptions()
    options.timeLimit = timeLimit.map { $0 / Double(question.priority.count) }
    let answer = try problem.solve(.lexicographic(question.priority), with: solver, options, cancellation)
    guard let plan = answer.plan else {
      let status = answer.stages.last?.status.rawValue ?? "nothing asked"
      throw RenewalError.noPlanFound(status)
    }
    return (RenewalReport(self, problem, plan, answer), answer.solver)
  }

  /// Counts a report again from its decisions: whatever differs from what it says is a fault.
  package func faults(in report: RenewalReport) -> [String] {
    let problem = problem
    guard report.decisions.count == problem.machines.count else { return ["it speaks of other machines"] }
    let plan = RenewalPlan(problem, decisions: report.decisions)
    let story = RenewalStory(input: self, problem: problem, plan: plan)
    let scores = report.proofs.filter { plan.scores[$0.aim] != $0.reached }.map { proof in
      "\(proof.aim.rawValue) is \(plan.scores[proof.aim] ?? 0), not \(proof.reached)"
    }
    let same = story.lines == report.lines && story.years == report.years && story.groups == report.groups
    return plan.faults + scores + (same ? [] : ["its lines do not follow from its decisions"])
  }
}
