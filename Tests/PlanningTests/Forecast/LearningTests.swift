import Testing

@testable import Planning

@Suite struct LearningTests {
  private func history(_ quantities: [Int], key: String = "a") -> DemandHistory {
    DemandHistory(
      DemandSeries(key: key, bucket: .month, observations: quantities.map { .reported(Int64($0)) })
    )
  }

  @Test func `an item unlike its class is not thereby scattered`() {
    var prior = LevelPrior()
    prior.level = 500
    prior.inverseSize = 0.01
    var filter = LevelFilter(Dynamics(gain: 0.1, damping: 0, isSeasonal: false), prior: prior)
    var random = RandomStream(seed: 2)
    for _ in 0..<40 {
      let quantity = Double(random.negativeBinomial(mean: 40, inverseSize: 0.01))
      filter.observe(quantity, exposure: 1, season: 1, classGrowth: 0, prior: prior)
    }
    #expect(filter.inverseSize(around: filter.level, prior: prior) < 0.03)
  }

  @Test func `demand that comes less often in the whole class is expected less often of each item`() {
    var random = RandomStream(seed: 3)
    let sample = (0..<400).map { number in
      history(
        (0..<48).map { t in random.uniform() < 0.4 - 0.006 * Double(t) ? 2 : 0 },
        key: "s\(number)"
      )
    }
    let prior = HurdlePrior(fitting: sample)
    #expect(prior.drift(before: 48) < 1)
    #expect(prior.drift(before: 0) == 1)
    var still = prior
    still.drift = []
    let mean = { (prior: HurdlePrior) in
      sample.map { Hurdle($0, prior: prior) }.reduce(0) { $0 + $1.hits / ($1.hits + $1.misses) } / 400
    }
    #expect(mean(prior) < mean(still))
  }

  @Test func `steady demand is learned without trend`() {
    var random = RandomStream(seed: 4)
    let sample = (0..<80).map { number in
      history((0..<36).map { _ in random.negativeBinomial(mean: 12, inverseSize: 0.2) }, key: "s\(number)")
    }
    let prior = LevelPrior(fitting: sample)
    for (dynamics, weight) in zip(Dynamics.all, prior.weights) where dynamics.damping > 0 {
      #expect(weight == 0)
    }
  }

  /// Weeks of centres that share a wave, each with scatter of its own.
  private func wave(_ centres: Int, weeks: Int, growth: Double, mean: Double = 60) -> [DemandHistory] {
    var random = RandomStream(seed: 8)
    return (0..<centres).map { number in
      history(
        (0..<weeks).map { week in
          random.negativeBinomial(mean: mean * Elementary.exp(growth * Double(week)), inverseSize: 0.05)
        },
        key: "s\(number)"
      )
    }
  }

  @Test func `a wave that lasts is followed as fast as the class grows, whatever one centre's chance is`() {
    var prior = LevelPrior()
    prior.growth = [Double](repeating: 0.12, count: 14)
    for history in wave(20, weeks: 14, growth: 0.12) {
      var filter = LevelFilter(Dynamics(gain: 0.75, damping: 0.4, isSeasonal: false), prior: prior)
      for (t, quantity) in history.quantities.enumerated() {
        let classGrowth = prior.growth(at: t)
        filter.observe(quantity, exposure: 1, season: 1, classGrowth: classGrowth, prior: prior)
      }
      #expect(abs(filter.growth - 0.12) < 0.001)
    }
  }

  @Test func `a series that stands alone follows its own growth`() {
    let prior = LevelPrior()
    #expect(prior.growth(at: 3) == nil)
    var filter = LevelFilter(Dynamics(gain: 1, damping: 0.4, isSeasonal: false), prior: prior)
    for week in 0..<14 {
      let quantity = 100 * Elementary.exp(0.2 * Double(week))
      filter.observe(quantity, exposure: 1, season: 1, classGrowth: prior.growth(at: week), prior: prior)
    }
    #expect((0.08...0.12).contains(filter.growth))
  }

  @Test func `gloves by the million that stay even do not hide the growth of pipettes`() {
    let pipettes = wave(40, weeks: 20, growth: 0.1, mean: 20)
    let gloves = wave(2, weeks: 20, growth: 0, mean: 1_000_000)
    let learned = LevelPrior(fitting: pipettes + gloves).growth.dropFirst()
    let mean = learned.reduce(0, +) / Double(learned.count)
    #expect((0.06...0.11).contains(mean))
  }

  @Test func `what the class's scatter is worth is learned where the class is long and even alone`() {
    let untaught = LevelPrior().inverseSizeWorth
    #expect(LevelPrior(fitting: wave(80, weeks: 40, growth: 0)).inverseSizeWorth > untaught)
    #expect(LevelPrior(fitting: wave(80, weeks: 10, growth: 0)).inverseSizeWorth == untaught)
    let rising = LevelPrior(fitting: wave(80, weeks: 20, growth: 0.2))
    #expect(rising.hasTrend)
    #expect(rising.inverseSizeWorth == untaught)
    #expect(HurdlePrior(fitting: wave(80, weeks: 40, growth: 0), hasTrend: true).withinWorth == 8)
    #expect(HurdlePrior(fitting: wave(80, weeks: 40, growth: 0)).withinWorth > 8)
  }

  @Test func `a drift that never lasted is not carried on`() {
    var random = RandomStream(seed: 9)
    let rates = (0..<48).map { _ in 0.2 + 0.2 * random.uniform() }
    let shaken = (0..<400).map { number in
      history(rates.map { random.uniform() < $0 ? 2 : 0 }, key: "s\(number)")
    }
    #expect(abs(HurdlePrior(fitting: shaken).drift(before: 48) - 1) < 0.05)
    let falling = (0..<400).map { number in
      history((0..<48).map { random.uniform() < 0.4 - 0.006 * Double($0) ? 2 : 0 }, key: "f\(number)")
    }
    #expect(HurdlePrior(fitting: falling).drift(before: 48) < 0.95)
  }

  @Test func `quantiles of small and of large draws are those of the sorted draws`() {
    var random = RandomStream(seed: 5)
    for largest in [0, 1, 7, 4096, 4097, 3_000_000] {
      var paths = SamplePaths(paths: 250, steps: 5)
      for index in paths.values.indices { paths.values[index] = random.index(below: largest + 1) }
      let levels = [0.01, 0.1, 0.5, 0.95, 0.99]
      let read = paths.predictedSums(3, over: 3, quantiles: levels)
      for first in 0..<3 {
        let sorted = paths.sums(from: first, count: 3).sorted()
        #expect(read[first].quantiles == levels.map { sorted.nearest(to: $0) })
        #expect(read[first] == paths.predicted(from: first, count: 3, quantiles: levels))
      }
    }
  }

  @Test func `blends that lose alike are averaged and one that loses more hardly counts`() {
    let blend = [
      MethodBlend(level: 1, logNormal: 0, urn: 0), MethodBlend(level: 0, logNormal: 0.5, urn: 0.5),
    ]
    #expect(blend.averaged([1, 1]) == MethodBlend(level: 0.5, logNormal: 0.25, urn: 0.25))
    #expect(blend.averaged([1, 0]) == blend[0])
  }
}

extension [Int] {
  /// The draw whose share of draws up to it is nearest to a level, the greater of two; of sorted draws.
  func nearest(to level: Double) -> Int64 {
    let share = level * Double(count)
    let draws = Set(self).sorted()
    let distances = draws.map { draw in abs(Double(filter { $0 <= draw }.count) - share) }
    let least = distances.min() ?? 0
    let nearest = draws.indices.last { distances[$0] <= least + 1e-9 } ?? 0
    return Int64(draws[nearest])
  }
}
