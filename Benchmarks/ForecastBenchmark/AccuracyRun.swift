import ArgumentParser
import Foundation
import Planning

/// Losses and coverage on panels of other people's data and on made-up ones, beside the best published rows.
struct AccuracyRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accuracy",
    abstract: "Forecast the last periods of each panel from those before and score them."
  )

  @Option(help: "The folder that holds data/demand.")
  var data = ProcessInfo.processInfo.environment["PROCURE_REFERENCE_DATA"] ?? "../shared"

  @Option(help: "Seed of the simulated futures; several are measured in turn.")
  var seed: [UInt64] = [1]

  @Option(help: "Periods left off the end of each panel: an earlier origin; several are measured in turn.")
  var originBack: [Int] = [0]

  @Option(help: "Name of a panel to measure; several or, by default, all of them.")
  var panel: [String] = []

  @Option(help: "Futures for each series. (default: as many as a file of that size gets)")
  var paths: Int?

  mutating func run() async throws {
    print("panel         series  SPL5n   SPL.95  SPL.99  cov.95  cov.99  LT.95   LTcov   LTbelow RMSSE")
    let demand = data + "/data/demand/"
    let files = [
      ("carparts", "carparts_2674x51_monthly.csv", "best .315 SPL5n (NB-SES), .323 LT.95 (pool)"),
      ("auto", "auto_spareparts_3000x24_monthly.csv", "best .292 SPL5n, .088 LT.95 (pool)"),
    ]
    for (name, file, best) in files where isWanted(name) {
      guard FileManager.default.fileExists(atPath: demand + file) else {
        print("\(name): \(demand + file) is not there, skipped")
        continue
      }
      await score(try Panel(name: name, file: demand + file), horizon: 6)
      print("  \(best)")
    }
    if isWanted("lumpy") { await score(.lumpy(series: 2000, periods: 84), horizon: 12) }
    if isWanted("hospital") { await score(.hospital(series: 767, periods: 84), horizon: 12) }
    if isWanted("triage") { await score(.triage(series: 213, periods: 187), horizon: 14) }
  }

  private func isWanted(_ name: String) -> Bool { panel.isEmpty || panel.contains(name) }

  /// A line for each origin and seed, and the mean of several.
  private func score(_ panel: Panel, horizon: Int) async {
    var all: [[Double]] = []
    for back in originBack {
      let shorter = panel.without(last: back)
      guard (shorter.rows.first?.count ?? 0) >= 2 * horizon else {
        print("\(panel.name): too short for an origin \(back) periods earlier, skipped")
        continue
      }
      for seed in seed {
        let score = await score(shorter, horizon: horizon, seed: seed)
        all.append(score.figures)
        let label = originBack.count * self.seed.count > 1 ? "  -\(back), seed \(seed)" : ""
        print(Self.line(panel.name, series: Int(score.series), score.figures) + label)
      }
    }
    guard let first = all.first, all.count > 1 else { return }
    let mean = first.indices.map { figure in all.reduce(0) { $0 + $1[figure] } / Double(all.count) }
    print(Self.line(panel.name, series: panel.rows.count, mean) + "  mean")
  }

  private static func line(_ name: String, series: Int, _ figures: [Double]) -> String {
    let name = name.padding(toLength: 12, withPad: " ", startingAt: 0)
    let text = figures.map { String(format: "%.4f", $0) }.joined(separator: "  ")
    return "\(name)  \(String(format: "%6d", series))  \(text)"
  }

  private func score(_ panel: Panel, horizon: Int, seed: UInt64) async -> Score {
    let train = (panel.rows.first?.count ?? 0) - horizon
    let series = panel.series(prefix: train)
    var learner = PriorLearner(seed: seed)
    for one in series { learner.add(one) }
    let forecaster = Forecaster(
      panel: await learner.learn(leadTime: 3),
      parameters: ForecastParameters(
        quantiles: Score.quantiles,
        paths: paths ?? ForecastParameters.paths(forSeries: series.count)
      ),
      seed: seed
    )
    var score = Score()
    let forecasts = await forecaster.forecast(series, horizon: horizon)
    for (forecast, row) in zip(forecasts, panel.rows) {
      score.add(forecast, past: Array(row.prefix(train)), actual: Array(row.suffix(horizon)), leadTime: 3)
    }
    return score
  }
}
