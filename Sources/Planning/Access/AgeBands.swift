/// COCIR's golden rules for a fleet: at least 60 % up to 5 years old, at most 30 % over 5 and up to 10, at
/// most 10 % over 10. Exactly 5 years counts as up to 5, exactly 10 as up to 10. Machines whose age is not
/// known are in no band and in no percentage.
package struct AgeBands: Hashable, Sendable {
  package private(set) var upToFive = 0
  package private(set) var fiveToTen = 0
  package private(set) var overTen = 0
  package private(set) var unknown = 0

  /// Ages in months; nil where the commissioning date is not known.
  package init(months: some Sequence<Int?>) {
    for age in months {
      switch age {
      case nil: unknown += 1
      case .some(...60): upToFive += 1
      case .some(...120): fiveToTen += 1
      case .some: overTen += 1
      }
    }
  }

  /// Machines whose age is known.
  package var known: Int { upToFive + fiveToTen + overTen }

  /// By COCIR's shares. Nil when no age is known: nothing can be said of such a fleet.
  package var verdict: Verdict? {
    verdict(young: Fraction(60, over: 100), middle: Fraction(30, over: 100), old: Fraction(10, over: 100))
  }

  /// By shares of those whose age is known, in [0, 1].
  package func verdict(young: Fraction, middle: Fraction, old: Fraction) -> Verdict? {
    guard known > 0 else { return nil }
    let whole = Fraction(known)
    return Verdict(
      isYoungEnough: Fraction(upToFive) >= young * whole,
      isMiddleSmallEnough: Fraction(fiveToTen) <= middle * whole,
      isOldSmallEnough: Fraction(overTen) <= old * whole
    )
  }

  package struct Verdict: Hashable, Sendable {
    package let isYoungEnough: Bool
    package let isMiddleSmallEnough: Bool
    package let isOldSmallEnough: Bool
    package var isKept: Bool { isYoungEnough && isMiddleSmallEnough && isOldSmallEnough }
  }
}
