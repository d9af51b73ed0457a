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

  @Option(help: "Seed of the simulated futures.")
  var seed: UInt64 = 1

  mutating func run() async throws {
    print("panel         series  SPL5n   SPL.95  SPL.99  cov.95  cov.99  LT.95   LTcov   RMSSE")
    let demand = data + "/data/demand/"
    let files = [
      ("carparts", "carparts_2674x51_monthly.csv", "best .315 SPL5n (NB-SES), .323 LT.95 (pool)"),
      ("auto", "auto_spareparts_3000x24_monthly.csv", "best .292 SPL5n, .088 LT.95 (pool)"),
    ]
    for (name, file, best) in files {
      guard FileManager.default.fileExists(atPath: demand + file) else {
        print("\(name): \(demand + file) is not there, skipped")
        continue
      }
      await score(try Panel(name: name, file: demand + file), horizon: 6)
      print("  \(best)")
    }
    await score(.lumpy(series: 2000, periods: 84), horizon: 12)
    await score(.hospital(series: 767, periods: 84), horizon: 12)
    await score(.triage(series: 213, periods: 187), horizon: 14)
  }

  private func score(_ panel: Panel, horizon: Int) async {
    let train = (panel.rows.first?.count ?? 0) - horizon
    let series = panel.series(prefix: train)
    var learner = PriorLearner(seed: seed)
    for one in series { learner.add(one) }
    let forecaster = Forecaster(
      panel: await learner.learn(leadTime: 3),
      parameters: ForecastParameters(quantiles: Score.quantiles),
      seed: seed
    )
    var score = Score()
    let forecasts = await forecaster.forecast(series, horizon: horizon)
    for (forecast, row) in zip(forecasts, panel.rows) {
      score.add(forecast, past: Array(row.prefix(train)), actual: Array(row.suffix(horizon)), leadTime: 3)
    }
    let name = panel.name.padding(toLength: 12, withPad: " ", startingAt: 0)
    let figures = score.figures.map { String(format: "%.4f", $0) }.joined(separator: "  ")
    print("\(name)  \(String(format: "%6d", Int(score.series)))  \(figures)")
  }
}
