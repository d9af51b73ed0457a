/// Exact shares `clamp(λ·weight, lower, upper)` of an amount: the water level λ of a vessel whose parts
/// have their own width (weight), ground (lower) and rim (upper).
///
/// Proportional sharing with floors and caps, constrained equal awards (all weights one) and, through the
/// losses, constrained equal losses and the Talmud rule are all this one computation.
package struct BoundedShares: Sendable {
  package struct Part: Hashable, Sendable {
    package var weight: Int
    package var lower: Int
    package var upper: Int

    package init(weight: Int, lower: Int = 0, upper: Int) {
      (self.weight, self.lower, self.upper) = (weight, lower, max(lower, upper))
    }
  }

  package let parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  /// The shares of `amount`: each between its bounds, adding up to `amount` or, where the bounds forbid it,
  /// to the nearest amount that they allow. A part without weight stays at its lower bound.
  ///
  /// - Complexity: O(n log n): the level lies between two neighbours of the sorted 2n bounds.
  package func shares(of amount: Int) -> [Fraction] {
    let levels = Set(parts.flatMap(breakpoints)).sorted()
    var (low, high) = (0, levels.count)
    while low < high {
      let middle = (low + high) / 2
      if filled(to: levels[middle]) < Int128(amount) { low = middle + 1 } else { high = middle }
    }
    guard low < levels.count else { return parts.map { Fraction(ceiling(of: $0)) } }
    return low == 0
      ? parts.map { Fraction($0.lower) }
      : shares(of: amount, between: levels[low - 1], and: levels[low])
  }

  /// Inside one segment the parts that still rise share what is left in proportion to their weights.
  private func shares(of amount: Int, between low: Fraction, and high: Fraction) -> [Fraction] {
    let rising = parts.map { part in
      part.weight > 0 && Fraction(part.lower) <= low * Fraction(part.weight)
        && Fraction(part.upper) >= high * Fraction(part.weight)
    }
    let level = zip(parts, rising).reduce((settled: Int128(0), weight: Int128(0))) { sum, next in
      let (part, rises) = next
      return rises
        ? (sum.settled, sum.weight + Int128(part.weight))
        : (sum.settled + Int128(settled(part, above: low)), sum.weight)
    }
    return zip(parts, rising).map { part, rises in
      rises
        ? Fraction((Int128(amount) - level.settled) * Int128(part.weight), level.weight)
        : Fraction(settled(part, above: low))
    }
  }

  private func settled(_ part: Part, above level: Fraction) -> Int {
    level * Fraction(part.weight) < Fraction(part.upper) ? part.lower : ceiling(of: part)
  }

  private func ceiling(of part: Part) -> Int { part.weight > 0 ? part.upper : part.lower }

  private func breakpoints(of part: Part) -> [Fraction] {
    part.weight > 0
      ? [Fraction(part.lower, over: part.weight), Fraction(part.upper, over: part.weight)] : []
  }

  /// The amount that fills the vessel to a level, rounded down to a whole number, which is below a whole
  /// amount exactly when the unrounded one is.
  private func filled(to level: Fraction) -> Int128 {
    let (p, q) = (level.numerator, level.denominator)
    let scaled = parts.reduce(Int128(0)) { sum, part in
      sum + min(max(p * Int128(part.weight), q * Int128(part.lower)), q * Int128(ceiling(of: part)))
    }
    return scaled / q
  }
}
