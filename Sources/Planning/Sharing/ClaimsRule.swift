/// The classical rules for dividing an estate too small for the claims on it, computed exactly.
///
/// Aumann and Maschler, "Game theoretic analysis of a bankruptcy problem from the Talmud",
/// Journal of Economic Theory 36 (1985); Thomson, "Axiomatic and game-theoretic analysis of bankruptcy and
/// taxation problems", Mathematical Social Sciences 45 (2003).
package enum ClaimsRule: String, CaseIterable, Sendable {
  /// Everyone gets its share in proportion to its claim.
  case proportional
  /// Everyone gets the same, nobody more than its claim: the smallest award is as large as it can be.
  case equalAwards
  /// Everyone goes without the same, nobody gets less than nothing.
  case equalLosses
  /// Equal awards of half the claims up to half the total claimed, equal losses of the other halves above.
  case talmud

  /// The awards of `estate`, which is at most the sum of the claims (more is cut to the claims).
  package func awards(of estate: Int, claims: [Int]) -> [Fraction] {
    let total = claims.reduce(0, +)
    let estate = min(max(0, estate), total)
    switch self {
    case .proportional:
      return BoundedShares(claims.map { .init(weight: $0, upper: $0) }).shares(of: estate)
    case .equalAwards:
      return Self.equal(estate, claims)
    case .equalLosses:
      return zip(claims, Self.equal(total - estate, claims)).map { Fraction($0) - $1 }
    case .talmud:
      return Self.talmudic(estate, claims, total: total)
    }
  }

  private static func equal(_ estate: Int, _ claims: [Int]) -> [Fraction] {
    BoundedShares(claims.map { .init(weight: 1, upper: $0) }).shares(of: estate)
  }

  /// Counted in half units, so that half a claim is a whole number.
  private static func talmudic(_ estate: Int, _ claims: [Int], total: Int) -> [Fraction] {
    let half = Fraction(1, over: 2)
    if 2 * estate <= total { return equal(2 * estate, claims).map { $0 * half } }
    return zip(claims, equal(2 * (total - estate), claims)).map { Fraction($0) - $1 * half }
  }
}
