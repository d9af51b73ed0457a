/// Something that optimises a `LinearModel`.
///
/// `solve` blocks; call `solution(of:_:)` from asynchronous code. A conforming type proves nothing by
/// itself: whatever it returns has been rounded and checked, and `optimal` means that the check passed.
package protocol Solver: Sendable {
  /// Name and version, as a record of the plan keeps it.
  var name: String { get }

  func solve(
    _ model: LinearModel,
    _ options: SolverOptions,
    _ cancellation: Cancellation
  ) throws(SolverError) -> LinearSolution
}

/// How far and how long to search.
package struct SolverOptions: Sendable {
  /// Stop when (incumbent − bound) / |incumbent| is at most this. 0 asks for the proven optimum.
  package var relativeGap = 0.0
  /// Stop when incumbent − bound is at most this, in units of the objective.
  package var absoluteGap = 1e-6
  package var timeLimit: Duration?
  /// How much a column or a row may miss its bound inside the solver.
  package var feasibilityTolerance = 1e-6
  /// A point to start from: every column's value.
  package var start: [Double]?
  package var seed: Int32 = 0

  package init(relativeGap: Double = 0, timeLimit: Duration? = nil, start: [Double]? = nil) {
    self.relativeGap = relativeGap
    self.timeLimit = timeLimit
    self.start = start
  }
}

/// What came back, after rounding and checking.
package struct LinearSolution: Sendable, Equatable {
  package enum Status: String, Sendable, Codable {
    /// The point is feasible and within the asked gap of the bound.
    case optimal
    /// The point is feasible; a limit stopped the proof.
    case feasible
    case infeasible
    case unbounded
    /// A limit or a failed check left no point.
    case unknown
    case cancelled
  }

  package var status: Status
  /// One value a column; empty without a point.
  package var values: [Double] = []
  /// The objective recomputed from `values`.
  package var objective: Double?
  /// No feasible point is better than this.
  package var bound: Double?
  /// One multiplier a row: how much the objective changes with the row's bound. Linear models only.
  package var rowDuals: [Double] = []
  package var reducedCosts: [Double] = []
  package var seconds: Double = 0

  /// (objective − bound) / |objective|; nil without both.
  package var gap: Double? {
    guard let objective, let bound else { return nil }
    return abs(objective - bound) / max(1e-9, abs(objective))
  }
}

package enum SolverError: Error, Equatable, CustomStringConvertible {
  case libraryMissing(searched: [String])
  case versionRefused(found: String, path: String)
  case libraryUnreadable(path: String, reason: String)
  case modelRefused(String)
  case modelUnreadable(path: String)

  package var description: String {
    switch self {
    case .libraryMissing:
      "the solver library libhighs.so.1 was not found; run scripts/install-highs or name the file in "
        + "PROCURE_HIGHS_LIBRARY"
    case .versionRefused(let found, let path):
      "the solver library \(path) is HiGHS \(found); 1.15.1 or later is needed (earlier releases are known to "
        + "give wrong optima)"
    case .libraryUnreadable(let path, let reason):
      "the solver library \(path) cannot be used: \(reason)"
    case .modelRefused(let reason):
      "the solver refused the model: \(reason)"
    case .modelUnreadable(let path):
      "the solver cannot read the model file \(path)"
    }
  }
}
