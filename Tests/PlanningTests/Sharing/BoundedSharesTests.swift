import Testing

@testable import Planning

struct BoundedSharesTests {
  @Test func `shares are in proportion until a bound stops one of them`() {
    let shares = BoundedShares([
      .init(weight: 3, upper: 10), .init(weight: 1, lower: 2, upper: 9), .init(weight: 0, lower: 1, upper: 5),
    ])
    #expect(shares.shares(of: 3) == [0, 2, 1].map { Fraction($0) })
    #expect(shares.shares(of: 6) == [3, 2, 1].map { Fraction($0) })
    #expect(shares.shares(of: 14) == [Fraction(39, over: 4), Fraction(13, over: 4), Fraction(1)])
    #expect(shares.shares(of: 18) == [10, 7, 1].map { Fraction($0) })
    #expect(shares.shares(of: 99) == [10, 9, 1].map { Fraction($0) })
  }

  @Test func `there is one level at which every unbounded share is its weight times the level`() {
    var cases = SeededCases(seed: 31)
    for _ in 0..<500 {
      let parts = (0..<cases.int(1...6)).map { _ in
        let lower = cases.int(0...10)
        return BoundedShares.Part(weight: cases.int(1...50), lower: lower, upper: lower + cases.int(0...20))
      }
      let amount = cases.int(parts.reduce(0) { $0 + $1.lower }...parts.reduce(0) { $0 + $1.upper })
      let shares = BoundedShares(parts).shares(of: amount)
      #expect(shares.reduce(.zero, +) == Fraction(amount))
      let levels = zip(parts, shares).map { part, share in share / Fraction(part.weight) }
      let atLeast = zip(parts, shares).filter { Fraction($0.lower) < $1 }.map { $1 / Fraction($0.weight) }
        .max()
      for (part, (share, level)) in zip(parts, zip(shares, levels)) {
        #expect(share >= Fraction(part.lower) && share <= Fraction(part.upper))
        if share < Fraction(part.upper), let atLeast { #expect(level >= atLeast) }
      }
    }
  }
}
