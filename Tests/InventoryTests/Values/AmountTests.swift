import Inventory
import TestSupport
import Testing

@Suite struct AmountTests {
  @Test func `a division says how it ends`() {
    let cases: [(Int64, Int64, down: Int64, up: Int64, halfUp: Int64)] = [
      (7, 2, 3, 4, 4), (6, 2, 3, 3, 3), (-7, 2, -4, -3, -4), (5, 4, 1, 2, 1), (0, 5, 0, 0, 0),
      (-1, 4, -1, 0, 0),
    ]
    for (number, divisor, down, up, halfUp) in cases {
      #expect(Rounding.down.divide(number, by: divisor) == down)
      #expect(Rounding.up.divide(number, by: divisor) == up)
      #expect(Rounding.halfUp.divide(number, by: divisor) == halfUp)
    }
  }

  @Test func `an amount is written with its cents`() {
    #expect(Money(cents: 123_450).description == "1,234.50")
    #expect(Money(cents: -5).description == "-0.05")
    #expect(Money(cents: 100_000_000_00).description == "100,000,000.00")
    #expect(Quantity(-1_234_567).description == "-1,234,567")
  }

  @Test func `the parts of a split add up and each is its share to within one`() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      let weights = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
        Int64.random(in: 0...1_000_000, using: &generator)
      }
      let whole = Int64.random(in: 0...1_000_000_000_000, using: &generator)
      let parts = split(whole, inProportionTo: weights)
      #expect(parts.reduce(0, +) == whole)
      let total = Int128(weights.reduce(0, +))
      guard total > 0 else { continue }
      let isFair = zip(parts, weights).allSatisfy { part, weight in
        (Int128(part) * total - Int128(whole) * Int128(weight)).magnitude < total
      }
      #expect(isFair)
    }
  }

  @Test func `what is left over goes to the largest remainders, ties to the earlier part`() {
    #expect(split(13, inProportionTo: [1, 1]) == [7, 6])
    #expect(split(10, inProportionTo: [0, 0, 0]) == [4, 3, 3])
    #expect(split(100, inProportionTo: [1, 1, 1]) == [34, 33, 33])
    #expect(split(5, inProportionTo: [0, 10]) == [0, 5])
  }
}
