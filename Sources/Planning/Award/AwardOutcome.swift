/// What an award's search is allowed, and what it is to reach.
package struct AwardOptions: Sendable, Equatable {
  /// Stop when (cost − bound) / cost is at most this; 0 asks for the proven optimum.
  package var gap: Double
  package var timeLimit: Duration

  package init(gap: Double = 0, timeLimit: Duration = .seconds(60)) {
    self.gap = gap
    self.timeLimit = timeLimit
  }
}

/// The outcome of a search before it is told to people: a checked plan, its cost and the proven bound.
package struct AwardOutcome: Sendable, Equatable {
  package enum Status: String, Sendable, Codable {
    /// No plan costs less than this one.
    case optimal
    /// The plan keeps every limit and is within the asked gap of the bound.
    case withinGap
    /// The plan keeps every limit; the time limit stopped the proof.
    case feasible
    /// No plan keeps every limit.
    case infeasible
    /// The time limit, or a cancellation, left neither a plan nor a proof that there is none.
    case unknown
  }

  package var status: Status
  package var plan: AwardPlan?
  package var costs: AwardCosts?
  /// No plan costs less, in cents.
  package var bound: Int?

  /// (cost − bound) / cost.
  package var gap: Double? {
    guard let cost = costs?.total, let bound else { return nil }
    return cost == bound ? 0 : Double(cost - bound) / Double(max(1, abs(cost)))
  }
}
