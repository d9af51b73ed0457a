package import Inventory

/// Why an exact award could not be drawn up.
package enum AwardError: DomainError, Equatable {
  /// Said by the solver's own sentence.
  case noSolver(Campaign.Code, String)
  /// Needs and limits that cannot all be kept; leaving any one out leaves a plan for the rest. The day is the first by which
  /// these needs could be met; nil where no later one helps.
  case impossible(Campaign.Code, [String], earliest: Day?)
  case undecided(Campaign.Code, seconds: Int64)
  /// The solver's integers, priced as an order is priced, come to something else than the solver said.
  case misjudged(Campaign.Code, priced: Money, said: Money)

  package var kind: ErrorKind {
    switch self {
    case .noSolver, .undecided, .misjudged: .conflict
    case .impossible: .limit
    }
  }

  package var code: String {
    switch self {
    case .noSolver: "award.no-solver"
    case .impossible: "award.impossible"
    case .undecided: "award.undecided"
    case .misjudged: "award.misjudged"
    }
  }

  package var description: String {
    switch self {
    case .noSolver(let campaign, let reason):
      "campaign \(campaign) is not awarded: \(reason); or ask for the greedy rule by its name, --rule greedy"
    case .impossible(let campaign, let clauses, _) where clauses.isEmpty:
      "campaign \(campaign) cannot be awarded: no plan keeps every limit, and which of them conflict was not found in "
        + "the time"
    case .impossible(let campaign, let clauses, let earliest):
      "campaign \(campaign) cannot be awarded. These cannot all be kept, and with any one fewer the others could:"
        + clauses.map { "\n  - \($0)" }.joined()
        + (earliest.map { "\nDue by \($0), these needs could be met: no earlier." } ?? "")
        + "\n--partial leaves needs out that no offer can cover any more, and awards the rest"
    case .undecided(let campaign, let seconds):
      "campaign \(campaign) is not awarded: \(seconds) s left neither a plan nor a proof that there is none; allow "
        + "more with --time-limit"
    case .misjudged(let campaign, let priced, let said):
      "campaign \(campaign) is not awarded: the plan found costs \(priced) and the search said \(said)"
    }
  }
}
