import Foundation
import Planning

func show(_ text: String) { print(text) }
let folder = ProcessInfo.processInfo.environment["PROCURE_REFERENCE_DATA"] ?? "../shared"
func run(_ panel: Panel, horizon: Int) async {
  let train = (panel.rows.first?.count ?? 0) - horizon
  let series = panel.series(prefix: train)
  let clock = ContinuousClock()
  let start = clock.now
  var learner = PriorLearner(seed: 1)
  for one in series { learner.add(one) }
  let prior = await learner.learn(leadTime: 3)
  let learned = clock.now
  let forecaster = Forecaster(
    panel: prior,
    parameters: ForecastParameters(quantiles: Score.quantiles),
    seed: 1
  )
  var score = Score()
  for (one, row) in zip(series, panel.rows) {
    let forecast = forecaster.forecast(one, horizon: horizon)
    score.add(forecast, past: Array(row.prefix(train)), actual: Array(row.suffix(horizon)), leadTime: 3)
  }
  let end = clock.now
  show(
    panel.name + " \(Int(score.series)) series  "
      + score.figures.map { String(format: "%.4f", $0) }.joined(separator: " ")
      + "  learn \(learned - start) forecast \(end - learned)"
  )
  if CommandLine.arguments.contains("-v") {
    for p in DemandPattern.allCases { if let c = prior.byPattern[p] { show("  \(p) \(c.debug)") } }
  }
}
for (name, file) in [
  ("carparts", "carparts_2674x51_monthly.csv"), ("auto", "auto_spareparts_3000x24_monthly.csv"),
] {
  let panel = try Panel(name: name, file: folder + "/data/demand/" + file)
  await run(panel, horizon: 6)
}
