import Testing

@testable import Planning

struct LargestRemainderTests {
  @Test func `packs left by rounding go to the largest remainders`() {
    #expect(LargestRemainder.split(10, inProportionTo: [6, 6, 2]) == [4, 4, 2])
    #expect(LargestRemainder.split(7, inProportionTo: [1, 1, 1]) == [3, 2, 2])
    #expect(LargestRemainder.split(7, inProportionTo: [0, 5, 0]) == [0, 7, 0])
  }

  @Test func `without any weight nobody gets anything`() {
    #expect(LargestRemainder.split(7, inProportionTo: [0, 0]) == [0, 0])
  }

  @Test func `the parts add up and stay within one of the exact share`() {
    var cases = SeededCases(seed: 1)
    for _ in 0..<500 {
      let weights = (0..<cases.int(1...8)).map { _ in cases.int(0...1000) }
      let total = cases.int(0...5000)
      let sum = weights.reduce(0, +)
      guard sum > 0 else { continue }
      let parts = LargestRemainder.split(total, inProportionTo: weights)
      #expect(parts.reduce(0, +) == total)
      for (part, weight) in zip(parts, weights) { #expect(abs(part * sum - total * weight) < sum) }
    }
  }

  @Test func `what was given is never taken back`() {
    let half = Fraction(1, over: 2)
    let shares = [half, half, Fraction(1), Fraction(1)]
    #expect(LargestRemainder.round(shares, to: 3, notBelow: [1, 1, 0, 0]) == [1, 1, 1, 0])
    #expect(LargestRemainder.round(shares, to: 3, notBelow: [0, 0, 0, 0]) == [1, 0, 1, 1])
  }
}
