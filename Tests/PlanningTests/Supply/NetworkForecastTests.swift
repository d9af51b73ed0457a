import Testing

@testable import Planning

@Suite struct NetworkForecastTests {
  private let forecaster = Forecaster(
    panel: PanelPrior(),
    parameters: ForecastParameters(leadTime: 3, paths: 200),
    seed: 3
  )

  @Test func `the centres add up to the network in every week, to the thousandth`() {
    let series = [40, 7, 0].map { Self.series("centre\($0)", level: $0) }
    let forecast = NetworkForecast(series, steps: 6, forecaster: forecaster)
    let whole = forecast.network.paths?.means ?? []
    let parts = forecast.centres.compactMap { $0.paths?.means }
    #expect(parts.count == 3)
    for step in whole.indices {
      let sum = parts.reduce(Int64(0)) { $0 + $1[step].thousandths }
      // A mean of 200 paths can miss its thousandths by half a unit over the paths, each centre by itself.
      #expect(abs(whole[step].thousandths - sum) <= 20, "\(whole[step]) against \(sum)")
    }
  }

  @Test func `a scenario of the network is shared, and the network becomes the sum`() {
    let series = [40, 20].map { Self.series("centre\($0)", level: $0) }
    var forecast = NetworkForecast(series, steps: 4, forecaster: forecaster)
    let scenario = Scenario(totals: [nil, 600], mode: .override, date: "2020-05-11", source: "ministry")
    forecast.follow(network: [scenario], centres: [[], []])
    let means = forecast.centres.compactMap { $0.paths?.means[1].thousandths }
    #expect(means.reduce(0, +) == 600_000)
    #expect(forecast.network.paths?.means[1].thousandths == 600_000)
    #expect(means[0] > means[1])
  }

  @Test func `a centre without a history borrows from the others, in proportion to its size`() {
    let known = Self.series("a", level: 30)
    let new = Self.series("b", level: 0, observed: 0)
    let beside = [Self.series("x", level: 10), Self.series("y", level: 20)]
    let plain = BorrowedDemand.fill([known, new])[1]
    let sized = BorrowedDemand.fill([known, new], elsewhere: beside)[1]
    #expect(plain.source == .otherCentres)
    #expect(abs((plain.series?.meanRate ?? 0) - known.meanRate) < 1)
    #expect(abs((sized.series?.meanRate ?? 0) - 2 * known.meanRate) < 6)
  }

  @Test func `an item that is new everywhere begins as the mean of its category`() {
    let new = Self.series("b", level: 0, observed: 0)
    let filled = BorrowedDemand.fill([new], elsewhere: [Self.series("cat", level: 12)])[0]
    #expect(filled.source == .category)
    #expect(abs((filled.series?.meanRate ?? 0) - 12) < 2)
  }

  @Test func `where nobody knows anything, nothing is forecast`() {
    let forecast = NetworkForecast(
      [Self.series("b", level: 0, observed: 0)],
      steps: 4,
      forecaster: forecaster
    )
    #expect(forecast.centres.map { $0.paths == nil } == [true])
    #expect(forecast.network.paths == nil)
  }

  @Test func `a silent centre does not make the network's demand fall`() {
    let told = Self.series("a", level: 30)
    var silent = Self.series("b", level: 30)
    let last = silent.observations.count - 1
    silent.observations[last] = .missing
    silent.observations[last - 1] = .missing
    let both = NetworkForecast(
      [told, Self.series("b", level: 30)],
      steps: 3,
      forecaster: forecaster
    )
    let quiet = NetworkForecast([told, silent], steps: 3, forecaster: forecaster)
    let left = both.network.paths?.means[0].value ?? 0
    let right = quiet.network.paths?.means[0].value ?? 0
    #expect(right > left * 0.8, "\(right) against \(left)")
  }

  /// 20 weeks around a level, or as many missing ones before `observed`.
  private static func series(_ key: String, level: Int, observed: Int = 20) -> DemandSeries {
    var random = RandomStream(seed: SplitMix64.hash(key, seed: 1))
    return DemandSeries(
      key: "ITEM|\(key)",
      bucket: .week,
      start: 2600,
      observations: (0..<20).map { week in
        guard week >= 20 - observed else { return .missing }
        return .reported(Int64(max(0, level + (level > 0 ? random.index(below: 5) - 2 : 0))))
      }
    )
  }
}
