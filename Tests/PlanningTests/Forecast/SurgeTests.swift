import Testing

@testable import Planning

@Suite struct SurgeTests {
  private func history(_ means: [Double], scatter: Double, seed: UInt64) -> DemandHistory {
    var random = RandomStream(seed: seed)
    let observations: [DemandObservation] = means.map {
      .reported(Int64(random.negativeBinomial(mean: $0, inverseSize: scatter)))
    }
    return DemandHistory(DemandSeries(key: "\(seed)", bucket: .week, observations: observations))
  }

  private let prior: LevelPrior = {
    var prior = LevelPrior()
    prior.inverseSize = 0.05
    prior.level = 60
    return prior
  }()

  @Test func `a doubling raises the flag within two buckets seven times in eight`() {
    var raised = 0
    for seed in 0..<200 {
      let means = [Double](repeating: 60, count: 30) + [120, 120]
      let flags = SurgeDetector.flags(
        history(means, scatter: 0.05, seed: UInt64(seed)),
        season: nil,
        prior: prior
      )
      raised += flags.suffix(2).contains(true) ? 1 : 0
    }
    #expect(raised >= 175)
  }

  @Test func `an even demand raises the flag at most once in two hundred buckets`() {
    var raised = 0
    for seed in 0..<100 {
      let means = [Double](repeating: 60, count: 104)
      let flags = SurgeDetector.flags(
        history(means, scatter: 0.05, seed: UInt64(seed)),
        season: nil,
        prior: prior
      )
      raised += zip(flags, [false] + flags).count { $0 && !$1 }
    }
    #expect(raised <= 52)
  }

  @Test func `the forecast follows a doubling`() {
    let steady = [DemandObservation](repeating: .reported(60), count: 30)
    let surge = steady + [.reported(120), .reported(125), .reported(130)]
    let forecaster = Forecaster(panel: PanelPrior(), parameters: ForecastParameters(), seed: 1)
    let forecast = forecaster.forecast(
      DemandSeries(key: "a", bucket: .week, observations: surge),
      horizon: 2
    )
    #expect(forecast.isSurging)
    #expect(forecast.steps[0].mean.value > 100)
    let calm = forecaster.forecast(DemandSeries(key: "a", bucket: .week, observations: steady), horizon: 2)
    #expect(!calm.isSurging)
  }

  @Test func `a scenario replaces or blends the mean and is kept in the result`() {
    let series = DemandSeries(
      key: "a",
      bucket: .week,
      observations: .init(repeating: .reported(10), count: 30)
    )
    let forecaster = Forecaster(panel: PanelPrior(), parameters: ForecastParameters(), seed: 1)
    var scenario = Scenario(
      totals: [50, nil],
      mode: .override,
      date: "2020-03-16",
      source: "health ministry"
    )
    let plain = forecaster.forecast(series, horizon: 2)
    let stated = forecaster.forecast(series, horizon: 2, scenario: scenario)
    #expect(stated.scenario == scenario)
    #expect(abs(stated.steps[0].mean.value - 50) < 0.01)
    #expect(stated.steps[1] == plain.steps[1])
    scenario.mode = .blend(share: 25)
    let blended = forecaster.forecast(series, horizon: 2, scenario: scenario)
    #expect(abs(blended.steps[0].mean.value - (0.25 * 50 + 0.75 * plain.steps[0].mean.value)) < 0.01)
  }

  @Test func `a network's scenario is shared in whole units that add up`() {
    let scenario = Scenario(totals: [100, nil], mode: .override, date: "2020-03-16", source: "ministry")
    let means = [1, 1, 2].map { [MeanQuantity(thousandths: $0), MeanQuantity(thousandths: $0)] }
    #expect(scenario.shared(among: means).map(\.totals) == [[25, nil], [25, nil], [50, nil]])
  }
}
