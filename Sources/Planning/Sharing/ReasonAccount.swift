/// What is known about one line when its reason is given.
struct ReasonAccount {
  var rule: AllocationRule
  var round: SharingRound
  var outcome: SharingRound.Outcome
  var index: Int
  /// Packs of this delivery.
  var packs: Int
  /// What limits the centre, if anything does.
  var binding: AllocationReason?
  /// The smallest useful delivery, when the share was dropped for being under it.
  var dropped: Int?
  var floor: Int
  /// Days of cover after the delivery.
  var cover: Fraction?

  private var part: SharingRound.Part { round.parts[index] }

  /// The first of the causes that alone explains the line.
  var reason: AllocationReason {
    if let dropped { return .belowMinimum(packs: dropped) }
    if let binding, part.got + packs == part.cap { return binding }
    if floorsAreCut, part.floor > part.got { return .floorCut(units: floor) }
    if round.supply <= round.parts.reduce(0, { $0 + $1.got }) { return .nothingToShare }
    if isFloor { return .floor(units: floor) }
    if let shares = outcome.shares {
      return .share(exact: shares[index] - Fraction(part.got), packs: packs)
    }
    return byCover
  }

  private var floorsAreCut: Bool {
    round.parts.reduce(0) { $0 + max($1.got, $1.floor) } > round.supply
  }

  /// A floor explains a line when the rule alone would have given less.
  private var isFloor: Bool {
    guard part.got + packs == part.floor, packs > 0 else { return false }
    if let shares = outcome.shares { return shares[index] <= Fraction(part.floor) }
    return true
  }

  private var byCover: AllocationReason {
    guard let cover else { return .noUse }
    if packs > 0 { return .raisedToLevel(cover: cover) }
    let served = round.parts.indices.contains { index in
      outcome.packs[index] > round.parts[index].got && round.parts[index].priority >= part.priority
    }
    return rule == .priority && !served
      ? .classNotReached(priority: part.priority) : .aboveLevel(cover: cover)
  }
}
