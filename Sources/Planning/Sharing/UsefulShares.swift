extension SharingRound {
  /// The outcome in which nobody is sent less than `minimum` packs, unless it can take no more.
  ///
  /// The smallest of the useless shares (the last in order among equals) is dropped and the delivery is
  /// shared again without that centre, until none is left: at most n times. With a minimum of one pack
  /// nothing is dropped and the rule's own optimum stands; above it the drops are a declared procedure, not
  /// an optimum.
  func withoutUselessShares(_ rule: AllocationRule, minimum: Int) -> (Outcome, dropped: Set<Int>) {
    var round = self
    var dropped: Set<Int> = []
    while true {
      let outcome = round.outcome(rule)
      let useless = parts.indices.filter { index in
        let packs = outcome.packs[index] - parts[index].got
        return packs > 0 && packs < min(minimum, parts[index].cap - parts[index].got)
      }
      func size(_ index: Int) -> Fraction {
        (outcome.shares?[index] ?? Fraction(outcome.packs[index])) - Fraction(parts[index].got)
      }
      guard let least = useless.min(by: { (size($0), -$0) < (size($1), -$1) }) else {
        return (outcome, dropped)
      }
      dropped.insert(least)
      round.parts[least].cap = parts[least].got
      round.parts[least].floor = 0
    }
  }
}
