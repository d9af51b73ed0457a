/// The exact award: the best plan that can be found in the time given, with a bound that proves how good it is.
///
/// Small orders go to the solver whole. Larger ones are decomposed by item, and go to the solver only for
/// what is left of the gap, from the plan and with the bound that decomposition gives.
package struct AwardSearch {
  package let solver: any Solver
  package let options: AwardOptions

  package init(_ solver: any Solver, _ options: AwardOptions = AwardOptions()) {
    self.solver = solver
    self.options = options
  }

  /// Orders with at most so many price pieces and deliveries are small.
  private static let smallSize = 300
  /// Beyond this the whole model is more than the solver can read and search in a minute.
  private static let largestJointSize = 60_000

  package func solve(
    _ index: AwardIndex,
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> AwardOutcome {
    if index.isHopeless { return AwardOutcome(status: .infeasible) }
    let start = GreedyAward.plan(index)
    let size = index.modelSize
    if size <= Self.smallSize {
      return try JointAward(solver, options).solve(index, start: start, cancellation)
    }
    return try decomposed(index, start, size, cancellation)
  }

  /// The decomposition alone, whatever the size.
  package func decomposed(
    _ index: AwardIndex,
    _ start: AwardPlan? = nil,
    _ size: Int = .max,
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> AwardOutcome {
    let begun = ContinuousClock.now
    var decomposed = DecomposedAward(solver, options, index, start: start)
    decomposed.isAlone = size > Self.largestJointSize
    let outcome = try decomposed.solve(cancellation)
    var left = options
    left.timeLimit = options.timeLimit - (ContinuousClock.now - begun)
    let isOpen = outcome.status == .feasible || outcome.status == .unknown
    guard isOpen, size <= Self.largestJointSize, left.timeLimit > .milliseconds(500) else { return outcome }
    return try JointAward(solver, left)
      .solve(index, start: outcome.plan, bound: outcome.bound, cancellation)
  }
}

extension AwardIndex {
  /// Columns that the whole model would have, roughly.
  var modelSize: Int {
    sources.reduce(0) { $0 + 2 * $1.pieces.count + 1 }
      + blocks.reduce(0) { $0 + (pooledPack($1) == nil ? $1.points.count * $1.sources.count : 0) }
  }
}
