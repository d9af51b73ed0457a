/// Whole numbers out of exact shares, by the largest remainder (Hamilton's method).
package enum LargestRemainder {
  /// Rounds `shares` down to whole numbers, then gives what is left of `total`, one each, to the largest
  /// fractional parts; equal parts are served in the order of the array.
  ///
  /// - Precondition: `total` lies between the sum of the shares rounded down and that of the shares rounded up.
  /// - Returns: whole numbers that add up to `total`, each within one of its share.
  /// - Complexity: O(n log n).
  package static func round(_ shares: [Fraction], to total: Int) -> [Int] {
    var whole = shares.map(\.roundedDown)
    let left = total - whole.reduce(0, +)
    let order = shares.indices.filter { !shares[$0].isWhole }.sorted { a, b in
      let (x, y) = (shares[a].fractionalPart, shares[b].fractionalPart)
      return x == y ? a < b : x > y
    }
    precondition(left >= 0 && left <= order.count, "the total is not a rounding of the shares")
    for index in order.prefix(left) { whole[index] += 1 }
    return whole
  }

  /// Splits `total` in proportion to `weights`, which are not negative; all zero weights get nothing.
  ///
  /// - Returns: whole numbers that add up to `total`, or all zero when every weight is zero.
  package static func split(_ total: Int, inProportionTo weights: [Int]) -> [Int] {
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard sum > 0 else { return weights.map { _ in 0 } }
    return round(weights.map { Fraction(Int128(total) * Int128($0), sum) }, to: total)
  }
}

extension LargestRemainder {
  /// As `round(_:to:)`, where nobody gives back what it already has: packs go to the largest differences
  /// between share and whole number, and where the wholes exceed the total they are taken back from the
  /// smallest.
  ///
  /// - Returns: whole numbers not below `given`, adding up to `total` where it is at least the sum of `given`.
  /// - Complexity: O(n log n) for each pack that the rounding moves, at most n of them.
  package static func round(_ shares: [Fraction], to total: Int, notBelow given: [Int]) -> [Int] {
    var whole = zip(shares, given).map { max($0.roundedDown, $1) }
    func missing(_ index: Int) -> Fraction { shares[index] - Fraction(whole[index]) }
    while whole.reduce(0, +) > total {
      let candidates = whole.indices.filter { whole[$0] > given[$0] }
      guard let least = candidates.min(by: { (missing($0), -$0) < (missing($1), -$1) }) else { break }
      whole[least] -= 1
    }
    while whole.reduce(0, +) < total {
      let candidates = whole.indices.filter { missing($0) > .zero }
      guard let most = candidates.max(by: { (missing($0), -$0) < (missing($1), -$1) }) else { break }
      whole[most] += 1
    }
    return whole
  }
}
