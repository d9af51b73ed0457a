import Testing

@testable import Planning

@Suite struct ForecasterTests {
  private static let levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]

  private func forecaster(_ panel: PanelPrior = PanelPrior(), seed: UInt64 = 3) -> Forecaster {
    Forecaster(panel: panel, parameters: ForecastParameters(quantiles: Self.levels, paths: 400), seed: seed)
  }

  private func series(_ quantities: [Int64], key: String = "a", bucket: Bucket = .month) -> DemandSeries {
    DemandSeries(key: key, bucket: bucket, observations: quantities.map { .reported($0) })
  }

  /// Histories of every kind: empty, sparse, lumpy, smooth, huge, with gaps and with stock-outs.
  private func anyHistory(_ random: inout RandomStream) -> [DemandObservation] {
    let mean = Elementary.exp(9 * random.uniform() - 2)
    let scatter = 3 * random.uniform()
    return (0..<random.index(below: 60)).map { _ in
      let quantity = Int64(random.negativeBinomial(mean: mean, inverseSize: scatter))
      switch random.index(below: 8) {
      case 0: return .missing
      case 1: return .censored(atLeast: quantity, outOfStockDays: random.index(below: 40))
      default: return .reported(quantity)
      }
    }
  }

  @Test func `quantiles are whole, not negative and never cross, whatever the history`() {
    var random = RandomStream(seed: 41)
    for number in 0..<150 {
      let bucket = Bucket.allCases[number % 3]
      let one = DemandSeries(key: "s\(number)", bucket: bucket, observations: anyHistory(&random))
      let forecast = forecaster().forecast(one, horizon: 4)
      #expect(forecast.steps.count == 4)
      for predicted in forecast.steps + forecast.leadTimes {
        #expect(predicted.quantiles.allSatisfy { $0 >= 0 })
        #expect(predicted.quantiles == predicted.quantiles.sorted())
        #expect(predicted.mean.thousandths >= 0)
      }
    }
  }

  @Test func `the same seed gives the same forecast and another seed another`() {
    let one = series([3, 0, 4, 2, 5, 1, 0, 3, 2, 6, 1, 2])
    #expect(forecaster().forecast(one, horizon: 6) == forecaster().forecast(one, horizon: 6))
    #expect(
      forecaster().forecast(one, horizon: 6).paths != forecaster(seed: 4).forecast(one, horizon: 6).paths
    )
  }

  @Test func `a forecast does not depend on the batch or the cores it is made with`() async {
    let batch = (0..<50).map { number in
      series((0..<24).map { Int64(($0 * 7 + number * 5) % 11) }, key: "s\(number)")
    }
    let together = await forecaster().forecast(batch, horizon: 5)
    #expect(together == batch.map { forecaster().forecast($0, horizon: 5) })
  }

  @Test func `what a panel teaches does not depend on the order of its series`() async {
    let batch = (0..<90).map { number in
      series((0..<30).map { Int64(($0 * $0 + number * 3) % 7) }, key: "s\(number)")
    }
    var (forward, backward) = (PriorLearner(seed: 5, sampleSize: 40), PriorLearner(seed: 5, sampleSize: 40))
    for one in batch { forward.add(one) }
    for one in batch.reversed() { backward.add(one) }
    #expect(await forward.learn(leadTime: 3) == backward.learn(leadTime: 3))
  }

  @Test func `a missing report is not a demand of zero`() {
    let reported: [DemandObservation] = (0..<20).map { $0 % 2 == 0 ? .reported(10) : .missing }
    let zeros: [DemandObservation] = (0..<20).map { $0 % 2 == 0 ? .reported(10) : .reported(0) }
    let missing = forecaster().forecast(
      DemandSeries(key: "a", bucket: .month, observations: reported),
      horizon: 1
    )
    let zero = forecaster().forecast(DemandSeries(key: "a", bucket: .month, observations: zeros), horizon: 1)
    #expect(missing.steps[0].mean.value > 8.5)
    #expect(zero.steps[0].mean.value < 7)
  }

  @Test func `periods before the first report say nothing`() {
    let plain = series([5, 7, 6, 4, 8, 6, 5, 7])
    var late = plain
    late.observations = [.missing, .missing] + plain.observations
    late.start = plain.start - 2
    #expect(forecaster().forecast(plain, horizon: 3) == forecaster().forecast(late, horizon: 3))
  }

  @Test func `use during a stock-out is less than the demand`() {
    let use = [Int64](repeating: 20, count: 12)
    let short: [DemandObservation] = (0..<4).map { _ in .censored(atLeast: 10, outOfStockDays: 15) }
    let censored = DemandSeries(
      key: "a",
      bucket: .month,
      observations: use.map { .reported($0) } + short
    )
    let believed = series(use + [10, 10, 10, 10])
    #expect(forecaster().forecast(censored, horizon: 1).steps[0].mean.value > 17.5)
    #expect(forecaster().forecast(believed, horizon: 1).steps[0].mean.value < 18)
  }

  @Test func `lead-time sums, quantiles and the chance of running out come from the same paths`() {
    let forecast = forecaster().forecast(series([3, 0, 4, 2, 5, 1, 0, 3, 2, 6, 1, 2]), horizon: 4)
    let sums = forecast.paths.sums(from: 0, count: 3).sorted()
    #expect(forecast.leadTimes[0].quantiles == Self.levels.map { sums.nearest(to: $0) })
    // No other whole number is nearer to one in twenty.
    let level = forecast.leadTimes[0].quantiles[6]
    let miss = { (stock: Int64) in abs(forecast.paths.stockOutPermille(stock: stock, within: 3) - 50) }
    #expect(miss(level) <= min(miss(level - 1), miss(level + 1)))
    #expect(forecast.paths.stockOutPermille(stock: Int64(sums[399]), within: 3) == 0)
  }

  @Test func `a new item borrows from its category`() async {
    var learner = PriorLearner(seed: 1)
    for number in 0..<60 {
      for (category, size) in [("gloves", Int64(200)), ("masks", Int64(2))] {
        let noise = Int64(number % 5)
        learner.add(
          DemandSeries(
            key: "\(category)-\(number)",
            category: category,
            bucket: .month,
            observations: (0..<24).map { .reported(size + (noise + Int64($0)) % 3) }
          )
        )
      }
    }
    let taught = forecaster(await learner.learn(leadTime: 3))
    func mean(_ category: String) -> Double {
      taught.forecast(
        DemandSeries(key: "new", category: category, bucket: .month, observations: []),
        horizon: 1
      ).steps[0].mean.value
    }
    #expect((150...260).contains(mean("gloves")))
    #expect((1...6).contains(mean("masks")))
  }

  @Test func `a weekly rhythm of days is followed`() async {
    let week: [Int64] = [60, 50, 50, 45, 40, 8, 4]
    let days = series((0..<70).map { week[$0 % 7] }, bucket: .day)
    var learner = PriorLearner(seed: 1)
    learner.add(days)
    let forecast = forecaster(await learner.learn(leadTime: 3)).forecast(days, horizon: 7)
    for (step, expected) in zip(forecast.steps, week) {
      #expect(abs(step.mean.value - Double(expected)) < 0.3 * Double(expected) + 2)
    }
  }
}
