import ArgumentParser
import Foundation
import Planning

/// Series a second, growth with the number of series, and memory, on made-up weekly demand.
struct SpeedRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Stream series of 104 weeks through the forecaster and score the forecasts."
  )

  @Option(help: "How many series, each size measured in turn.")
  var series: [Int] = [12_500, 25_000, 50_000, 100_000]

  @Option(help: "Periods to forecast.")
  var horizon = 12

  mutating func run() async throws {
    print("series     CPU s   wall s  series/CPU s  peak MiB  SPL.95")
    for count in series { await measure(count) }
  }

  /// Series are made when they are needed and dropped when they are scored, as a ledger would stream them: a chunk a
  /// task, one task a core, the chunks' scores added up in order.
  private func measure(_ count: Int) async {
    let (clock, cpu) = (ContinuousClock(), Usage.now.cpuSeconds)
    let start = clock.now
    var learner = PriorLearner(seed: 1)
    for number in 0..<count { learner.add(MadeUpWeeks.series(number, periods: 104)) }
    let forecaster = Forecaster(
      panel: await learner.learn(leadTime: 3),
      parameters: ForecastParameters(
        quantiles: Score.quantiles,
        paths: ForecastParameters.paths(forSeries: count)
      ),
      seed: 1
    )
    let score = await scored(count, by: forecaster)
    let wall = start.duration(to: clock.now) / .seconds(1)
    let used = Usage.now.cpuSeconds - cpu
    print(
      String(
        format: "%-9d %7.1f %8.1f %13.0f %9d  %.4f",
        count,
        used,
        wall,
        Double(count) / used,
        Usage.now.peakMebibytes,
        score.figures[1]
      )
    )
  }

  private func scored(_ count: Int, by forecaster: Forecaster) async -> Score {
    let horizon = horizon
    var chunks = stride(from: 0, to: count, by: 512).map { $0..<min($0 + 512, count) }.makeIterator()
    return await withTaskGroup(of: (Int, Score).self) { group in
      func start() {
        guard let chunk = chunks.next() else { return }
        group.addTask { (chunk.lowerBound, Self.scored(chunk, horizon: horizon, by: forecaster)) }
      }
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { start() }
      var scores: [Int: Score] = [:]
      for await (first, score) in group {
        scores[first] = score
        start()
      }
      return scores.keys.sorted().reduce(into: Score()) { sum, first in scores[first].map { sum.add($0) } }
    }
  }

  private static func scored(_ numbers: Range<Int>, horizon: Int, by forecaster: Forecaster) -> Score {
    var score = Score()
    for number in numbers {
      let row = MadeUpWeeks.quantities(number, periods: 104 + horizon)
      let forecast = forecaster.forecast(MadeUpWeeks.series(number, row.prefix(104)), horizon: horizon)
      score.add(forecast, past: Array(row.prefix(104)), actual: Array(row.suffix(horizon)), leadTime: 3)
    }
    return score
  }
}

/// What the process has used so far.
struct Usage {
  let cpuSeconds: Double
  let peakMebibytes: Int

  static var now: Usage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return Usage(
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      peakMebibytes: Int(usage.ru_maxrss) / 1024
    )
  }
}

/// Weekly demand of a hospital network: half of it sparse, a third moderate, the rest large.
enum MadeUpWeeks {
  static func quantities(_ number: Int, periods: Int) -> [Int] {
    var random = RandomStream(seed: UInt64(number))
    let mean = [0.2, 0.8, 6, 40][random.index(below: 4)] * Elementary.exp(0.7 * random.normal())
    let scatter = 0.1 + 2 * random.uniform() / (1 + mean)
    return (0..<periods).map { _ in random.negativeBinomial(mean: mean, inverseSize: scatter) }
  }

  static func series(_ number: Int, periods: Int) -> DemandSeries {
    series(number, quantities(number, periods: periods)[...])
  }

  static func series(_ number: Int, _ quantities: ArraySlice<Int>) -> DemandSeries {
    DemandSeries(key: "w\(number)", bucket: .week, observations: quantities.map { .reported(Int64($0)) })
  }
}
