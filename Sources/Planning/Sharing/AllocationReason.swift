/// Why a centre gets what it gets: a stable code for a program and a sentence for a person.
package enum AllocationReason: Hashable, Sendable {
  case nothingToShare
  case needMet(units: Int)
  case baselineCap(asked: Int, baseline: Int)
  case limitReached(units: Int)
  case expiryCap(lastDay: Int, days: Int)
  case floor(units: Int)
  case floorCut(units: Int)
  case noUse
  case raisedToLevel(cover: Fraction)
  case aboveLevel(cover: Fraction)
  case share(exact: Fraction, packs: Int)
  case belowMinimum(packs: Int)
  case classNotReached(priority: Int)

  package var code: String {
    switch self {
    case .nothingToShare: "nothing-to-share"
    case .needMet: "need-met"
    case .baselineCap: "baseline-cap"
    case .limitReached: "limit-reached"
    case .expiryCap: "expiry-cap"
    case .floor: "floor"
    case .floorCut: "floor-cut"
    case .noUse: "no-use"
    case .raisedToLevel: "raised-to-level"
    case .aboveLevel: "above-level"
    case .share(let exact, let packs):
      exact == Fraction(packs) ? "share" : exact < Fraction(packs) ? "share-rounded-up" : "share-rounded-down"
    case .belowMinimum: "below-minimum"
    case .classNotReached: "class-not-reached"
    }
  }

  package var sentence: String {
    switch self {
    case .nothingToShare: "Nothing is left to share."
    case .needMet(let units): "Its need of \(units) is met."
    case .baselineCap(let asked, let baseline):
      "It asked for \(asked); no request counts above the baseline of \(baseline)."
    case .limitReached(let units): "It can take no more than \(units)."
    case .expiryCap(_, let days): "It cannot use more in the \(days) days before the product expires."
    case .floor(let units): "Its guaranteed floor of \(units): the rule alone would give less."
    case .floorCut(let units):
      "The supply does not reach the floors: this is its part, in proportion to its floor of \(units)."
    case .noUse: "It uses none: a pack would add no day of cover."
    case .raisedToLevel(let cover):
      "Raised to \(cover.decimal(places: 1)) days of cover, as far as whole packs go."
    case .aboveLevel(let cover):
      "It already has \(cover.decimal(places: 1)) days of cover, more than those served."
    case .share(let exact, let packs): Self.sentence(exact: exact, packs: packs)
    case .belowMinimum(let packs): "Its share is under the smallest useful delivery of \(packs) packs."
    case .classNotReached(let priority): "The supply ends before priority class \(priority)."
    }
  }

  private static func sentence(exact: Fraction, packs: Int) -> String {
    let share = "Its share is \(exact.decimal(places: 2)) packs"
    if exact == Fraction(packs) { return share + "." }
    return exact < Fraction(packs)
      ? share + ", rounded up: its remainder was among the largest."
      : share + ", rounded down: others had larger remainders."
  }
}
