import Testing

@testable import Planning

@Suite struct DormancyTests {
  private func series(_ key: String, mean: Double, weeks: Int, random: inout RandomStream) -> DemandSeries {
    DemandSeries(
      key: key,
      category: "consumables",
      bucket: .week,
      observations: (0..<weeks).map { _ in
        .reported(Int64(random.negativeBinomial(mean: mean, inverseSize: 0.05)))
      }
    )
  }

  /// A category of pipettes by the ten and gloves by the million, all used every week.
  private func learned(_ each: Int) async -> PanelPrior {
    var random = RandomStream(seed: 21)
    var learner = PriorLearner(seed: 1)
    for number in 0..<each {
      learner.add(series("pipettes-\(number)", mean: 10, weeks: 52, random: &random))
      learner.add(series("gloves-\(number)", mean: 1_000_000, weeks: 52, random: &random))
    }
    return await learner.learn(leadTime: 3)
  }

  private func silent(_ weeks: Int, _ panel: PanelPrior) -> DemandForecast {
    let parameters = ForecastParameters(quantiles: [0.5, 0.95])
    return Forecaster(panel: panel, parameters: parameters, seed: 1).forecast(
      DemandSeries(
        key: "silent",
        category: "consumables",
        bucket: .week,
        observations: .init(repeating: .reported(0), count: weeks)
      ),
      horizon: 4
    )
  }

  @Test func `ten weeks of reported zero use leave no reserve for a first demand`() async {
    for each in [10, 40] {
      let forecast = silent(10, await learned(each))
      #expect(forecast.leadTimes[0].quantiles == [0, 0])
      #expect(forecast.steps[0].mean.value < 1)
    }
  }

  @Test func `of an item that stands alone ten weeks of zero use leave no reserve either`() {
    #expect(silent(10, PanelPrior()).leadTimes[0].quantiles == [0, 0])
  }

  @Test func `an item that was used last year is not taken for one that is not in use`() async {
    var panel = await learned(40)
    panel.all.hurdle.dormantShare = 0.9
    let history = DemandHistory(
      DemandSeries(
        key: "a",
        bucket: .week,
        observations: [.reported(3)] + .init(repeating: .reported(0), count: 40)
      )
    )
    #expect(Dormancy.probability(history, prior: panel.all.hurdle) == 0)
    #expect(Dormancy.probability(history.prefix(0), prior: panel.all.hurdle) == 0)
  }

  @Test func `silence says little where others are seldom asked for`() {
    var prior = HurdlePrior()
    (prior.occurrence, prior.occurrenceWorth, prior.dormantShare) = (0.02, 2, 0.1)
    let zeros = DemandHistory(
      DemandSeries(key: "a", bucket: .week, observations: .init(repeating: .reported(0), count: 10))
    )
    #expect(Dormancy.probability(zeros, prior: prior) < 0.15)
    prior.occurrence = 0.9
    #expect(Dormancy.probability(zeros, prior: prior) > 0.9)
  }

  @Test func `the scatter of pipettes is not that of gloves`() {
    var random = RandomStream(seed: 22)
    let sample = (0..<60).flatMap { number -> [DemandHistory] in
      [(8.0, 0.6), (500_000, 0.01)].map { mean, scatter in
        DemandHistory(
          DemandSeries(
            key: "\(mean)-\(number)",
            bucket: .week,
            observations: (0..<52).map { _ in
              .reported(Int64(random.negativeBinomial(mean: mean, inverseSize: scatter)))
            }
          )
        )
      }
    }
    let prior = LevelPrior(fitting: sample)
    #expect((0.3...1).contains(prior.scaled(to: 8).inverseSize))
    #expect((0.004...0.03).contains(prior.scaled(to: 500_000).inverseSize))
  }
}
