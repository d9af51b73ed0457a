import Testing

@testable import Planning

@Suite struct EvenUniformsTests {
  @Test func `every tenth of the range gets its share of the paths in every step`() {
    var random = RandomStream(seed: 5)
    let even = EvenUniforms(steps: 24, using: &random)
    for step in 0..<24 {
      var counts = [Int](repeating: 0, count: 10)
      for path in 0..<600 { counts[Int(even.uniform(path: path, step: step, using: &random) * 10)] += 1 }
      #expect(counts.allSatisfy { abs($0 - 60) <= 12 }, "step \(step): \(counts)")
    }
  }

  @Test func `no step foretells another`() {
    var random = RandomStream(seed: 6)
    let even = EvenUniforms(steps: 14, using: &random)
    let columns = (0..<14).map { step in
      (0..<600).map { even.uniform(path: $0, step: step, using: &random) - 0.5 }
    }
    for first in 0..<14 {
      for second in 0..<first {
        let product = zip(columns[first], columns[second]).reduce(0) { $0 + $1.0 * $1.1 } / 600
        #expect(abs(product * 12) < 0.2, "steps \(first) and \(second)")
      }
    }
  }

  @Test func `steps beyond the last root are drawn at random`() {
    var random = RandomStream(seed: 7)
    let even = EvenUniforms(steps: 100, using: &random)
    let draws = (0..<4000).map { even.uniform(path: $0, step: 90, using: &random) }
    #expect(abs(draws.reduce(0, +) / 4000 - 0.5) < 0.02)
  }

  @Test func `positions come in proportion to their weights`() {
    var random = RandomStream(seed: 8)
    let weights = [0.1, 3, 0.4, 1.5, 0.001, 2]
    let choice = WeightedChoice(weights)
    var counts = [Double](repeating: 0, count: weights.count)
    for _ in 0..<100_000 { counts[choice.index(at: random.uniform() * choice.total)] += 1 }
    for (count, weight) in zip(counts, weights) {
      #expect(abs(count / 100_000 - weight / choice.total) < 0.006)
    }
  }

  @Test func `a mark falls on the first position whose running sum exceeds it`() {
    let choice = WeightedChoice([0.3, 0.01, 5, 0.01, 0.01, 0.7, 2])
    for mark in stride(from: 0.0, to: choice.total, by: 0.0007) {
      var (position, sum) = (0, 0.3)
      while sum <= mark {
        position += 1
        sum += [0.3, 0.01, 5, 0.01, 0.01, 0.7, 2][position]
      }
      #expect(choice.index(at: mark) == position)
    }
  }

  @Test func `normal draws have the moments and tails of the normal distribution`() {
    var random = RandomStream(seed: 9)
    var (sum, squares, fourth, far) = (0.0, 0.0, 0.0, 0.0)
    let count = 1_000_000
    for _ in 0..<count {
      let x = random.normal()
      sum += x
      squares += x * x
      fourth += x * x * x * x
      far += abs(x) > 3.5 ? 1 : 0
    }
    #expect(abs(sum / Double(count)) < 0.004)
    #expect(abs(squares / Double(count) - 1) < 0.006)
    #expect(abs(fourth / Double(count) - 3) < 0.05)
    // P(|x| > 3.5) is 4.65 in ten thousand; the tail beyond the lowest layer starts at 3.44.
    #expect(abs(far - 465) < 90)
  }
}
