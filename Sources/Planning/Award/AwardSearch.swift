/// The exact award: the best plan that can be found in the time given, with a bound that proves how good it is.
package struct AwardSearch {
  package let solver: any Solver
  package let options: AwardOptions

  package init(_ solver: any Solver, _ options: AwardOptions = AwardOptions()) {
    self.solver = solver
    self.options = options
  }

  package func solve(
    _ index: AwardIndex,
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> AwardOutcome {
    try JointAward(solver, options).solve(index, start: GreedyAward.plan(index), cancellation)
  }
}
