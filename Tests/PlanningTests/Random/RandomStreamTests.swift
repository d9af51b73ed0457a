import Foundation
import Testing

@testable import Planning

@Suite struct RandomStreamTests {
  @Test func `SplitMix64 gives the published numbers`() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<3).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ]
    )
  }

  @Test func `elementary functions agree with the C library`() {
    var random = RandomStream(seed: 1)
    for _ in 0..<20_000 {
      let x = 1400 * random.uniform() - 700
      #expect(abs(Elementary.exp(x) / Foundation.exp(x) - 1) < 1e-14)
      let y = Foundation.exp(x)
      #expect(abs(Elementary.log(y) - Foundation.log(y)) <= 1e-14 * max(1, abs(x)))
      let z = 200 * random.uniform() + 1e-3
      #expect(abs(Elementary.logGamma(z) - lgamma(z)) < 1e-10 * max(1, abs(lgamma(z))))
    }
  }

  @Test func `normal quantiles are those of the tables`() {
    for (p, z) in [(0.5, 0.0), (0.975, 1.959963984540054), (0.001, -3.090232306167813), (1e-9, -5.997807015)]
    {
      #expect(abs(NormalDistribution.quantile(p) - z) < 1e-8)
    }
  }

  @Test(arguments: [
    (0.3, 0.0), (0.3, 6.0), (12.0, 0.5), (40.0, 0.0), (90.0, 0.01), (300.0, 2.0), (5000.0, 0.1),
  ])
  func `counts have the mean and variance asked for`(mean: Double, inverseSize: Double) {
    var random = RandomStream(seed: 7)
    let draws = (0..<200_000).map { _ in
      Double(random.negativeBinomial(mean: mean, inverseSize: inverseSize))
    }
    let average = draws.reduce(0, +) / Double(draws.count)
    let variance = draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(draws.count)
    let expected = mean + mean * mean * inverseSize
    #expect(abs(average - mean) < 6 * (expected / Double(draws.count)).squareRoot())
    #expect(abs(variance / expected - 1) < 0.06)
  }

  @Test(arguments: [0.05, 0.7, 1.0, 3.5, 80.0])
  func `gamma draws have their mean and variance`(shape: Double) {
    var random = RandomStream(seed: 9)
    let draws = (0..<200_000).map { _ in random.gamma(shape: shape) }
    let average = draws.reduce(0, +) / Double(draws.count)
    let variance = draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(draws.count)
    #expect(abs(average - shape) < 6 * (shape / Double(draws.count)).squareRoot())
    #expect(abs(variance / shape - 1) < 0.08)
  }

  @Test func `beta draws have their mean`() {
    var random = RandomStream(seed: 10)
    let draws = (0..<100_000).map { _ in random.beta(0.4, 3.6) }
    #expect(abs(draws.reduce(0, +) / 100_000 - 0.1) < 0.004)
    #expect(draws.allSatisfy { $0 >= 0 && $0 <= 1 })
  }
}
