import Testing

@testable import Planning

@Suite struct OwnShapeTests {
  /// The forecast of a series that is given alone, as a file of one series is.
  private func alone(_ means: [Double], _ bucket: Bucket, horizon: Int, seed: UInt64 = 7) async -> [Double] {
    var random = RandomStream(seed: seed)
    let series = DemandSeries(
      key: "alone",
      bucket: bucket,
      observations: means.map { .reported(Int64(random.negativeBinomial(mean: $0, inverseSize: 0.01))) }
    )
    var learner = PriorLearner(seed: 1)
    learner.add(series)
    let panel = await learner.learn(leadTime: 3)
    let forecaster = Forecaster(panel: panel, parameters: ForecastParameters(), seed: 1)
    return forecaster.forecast(series, horizon: horizon).steps.map(\.mean.value)
  }

  private func error(_ forecast: [Double], _ expected: [Double]) -> Double {
    zip(forecast, expected).reduce(0) { $0 + abs($1.0 - $1.1) } / expected.reduce(0, +)
  }

  private func yearly(_ weeks: Range<Int>) -> [Double] {
    weeks.map { 100 * (1 + 0.5 * Elementary.sine(turns: Double(Bucket.week.phase(of: $0)) / 52)) }
  }

  @Test func `a sine is that of its angle`() {
    for (turns, sine) in [
      (0.0, 0.0), (1.0 / 12, 0.5), (0.25, 1), (0.5, 0), (0.75, -1), (11.0 / 12, -0.5), (1.25, 1),
    ] {
      #expect(abs(Elementary.sine(turns: turns) - sine) < 1e-8)
    }
  }

  @Test func `two years of weeks show the season of the next half year`() async {
    for seed in [7, 8, 9] as [UInt64] {
      let forecast = await alone(yearly(0..<104), .week, horizon: 26, seed: seed)
      #expect(error(forecast, yearly(104..<130)) < 0.1)
    }
  }

  @Test func `two years of months show the season of the third`() async {
    func months(_ range: Range<Int>) -> [Double] { range.map { $0 % 12 < 3 || $0 % 12 == 11 ? 300 : 100 } }
    #expect(error(await alone(months(0..<36), .month, horizon: 12), months(36..<48)) < 0.15)
    #expect(error(await alone(months(0..<24), .month, horizon: 12), months(24..<36)) < 0.2)
  }

  @Test func `a clear trend goes on, and fades`() async {
    let forecast = await alone((0..<60).map { 100 + 4 * Double($0) }, .week, horizon: 12)
    #expect(error(forecast, (60..<72).map { 100 + 4 * Double($0) }) < 0.05)
    #expect(forecast[11] > forecast[0] + 15)
    let falling = await alone((0..<60).map { 300 - 4 * Double($0) }, .week, horizon: 4)
    #expect(falling[3] < 62)
  }

  @Test func `even demand has no shape`() {
    var found = 0
    for seed in 0..<200 {
      var random = RandomStream(seed: UInt64(seed))
      let observations: [DemandObservation] = (0..<104).map { _ in
        .reported(Int64(random.negativeBinomial(mean: 40, inverseSize: 0.05)))
      }
      let history = DemandHistory(DemandSeries(key: "\(seed)", bucket: .week, observations: observations))
      if OwnShape(history, horizon: 12) != nil { found += 1 }
    }
    #expect(found <= 6)
  }
}
