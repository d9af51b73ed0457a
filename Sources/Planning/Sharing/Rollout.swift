/// Who gets what on which day, and why.
package struct Rollout: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var centre: String
    package var quantity: Int
    package var total: Int
    /// Days of cover after the wave, or the share of the target where no use is declared.
    package var coverAfter: Fraction?
    package var reason: RolloutReason
  }

  package struct Wave: Hashable, Sendable {
    package var number: Int
    package var day: Int
    /// Only centres that get something.
    package var lines: [Line]
    /// Units in hand that wait for the next wave, and how many of them for a first tranche.
    package var kept: Int
    package var heldForFirstTranches: Int
    /// Units in a pack: less than one cannot go out.
    package var packSize: Int
  }

  package struct Outcome: Hashable, Sendable {
    package var centre: String
    package var ready: Int
    /// The day on which the centre has its first tranche; nil when the arrivals do not reach it.
    package var firstDay: Int?
    package var quantity: Int
    package var target: Int
    package var reason: RolloutReason
  }

  package var waves: [Wave]
  package var outcomes: [Outcome]
  /// The day on which the last centre has its first tranche: no plan is earlier. Nil when the arrivals are
  /// too small for all first tranches.
  package var lastFirstDay: Int?
  package var bound: Bound
  /// Whether cover is counted in days; otherwise in shares of the target.
  package var measuresCover: Bool

  /// What makes it impossible to finish the first tranches earlier.
  package enum Bound: Hashable, Sendable {
    case readiness(centre: String, day: Int)
    case supply(day: Int, needed: Int)
    /// The first day that is planned: everyone is ready and everything is there.
    case atOnce(day: Int)
    case tooLittle(missing: Int)
    case nothingToDo
  }
}

/// Why a centre gets something in a wave, or how it ended.
package enum RolloutReason: Hashable, Sendable {
  case firstTranche(readySince: Int, waited: Int)
  case raisedToLevel(cover: Fraction)
  case raisedToShare(share: Fraction)
  case targetMet
  case supplyEnded(missing: Int)
  case neverReached(missing: Int)

  package var code: String {
    switch self {
    case .firstTranche: "first-tranche"
    case .raisedToLevel: "raised-to-level"
    case .raisedToShare: "raised-to-share"
    case .targetMet: "target-met"
    case .supplyEnded: "supply-ended"
    case .neverReached: "never-reached"
    }
  }

  package var sentence: String {
    switch self {
    case .firstTranche(_, waited: 0): "First tranche on the first day the centre is ready."
    case .firstTranche(_, let waited):
      "First tranche, \(waited) day\(waited == 1 ? "" : "s") after the centre was ready: supply came no earlier."
    case .raisedToLevel(let cover):
      "More, to \(cover.decimal(places: 1)) days of cover: fewest days first."
    case .raisedToShare(let share):
      "More, to \((share * Fraction(100)).decimal(places: 1)) % of its target: lowest first."
    case .targetMet: "Its target is met."
    case .supplyEnded(let missing): "The arrivals end \(missing) short of its target."
    case .neverReached(let missing): "The arrivals never reach its first tranche; it lacks \(missing)."
    }
  }
}

extension Rollout.Wave {
  /// Why units in hand wait; nil where none do.
  package var whyKept: String? {
    let rest = kept - heldForFirstTranches
    let held = heldForFirstTranches > 0 ? "\(heldForFirstTranches) for first tranches still to come" : nil
    let idle =
      rest <= 0
      ? nil
      : rest < packSize
        ? "\(rest) less than a pack" : "\(rest) beyond the targets of every centre that has begun"
    return kept > 0 ? [held, idle].compactMap(\.self).joined(separator: ", ") : nil
  }
}

extension Rollout.Bound {
  package var sentence: String {
    switch self {
    case .readiness(let centre, let day): "No plan is earlier: \(centre) is ready on \(day)."
    case .supply(let day, let needed):
      "No plan is earlier: the \(needed) units of all first tranches have arrived only on \(day)."
    case .atOnce(let day): "No plan is earlier: all of it goes out on \(day), the first day planned."
    case .tooLittle(let missing): "The arrivals are \(missing) units short of all first tranches."
    case .nothingToDo: "No centre needs a first tranche."
    }
  }
}
