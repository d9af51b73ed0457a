/// Forecasts one series at a time, given what its panel taught.
package struct Forecaster: Sendable {
  package let panel: PanelPrior
  package let parameters: ForecastParameters
  package let seed: UInt64

  package init(panel: PanelPrior, parameters: ForecastParameters, seed: UInt64) {
    self.panel = panel
    self.parameters = parameters
    self.seed = seed
  }

  /// The forecast of `horizon` periods after the end of `series`. The same series, panel, parameters and seed
  /// give the same forecast, whatever else is forecast beside it.
  package func forecast(
    _ series: DemandSeries,
    horizon: Int,
    scenario: Scenario? = nil
  ) -> DemandForecast {
    let history = DemandHistory(series)
    let prior = panel.prior(for: series.category)
    let steps = horizon + parameters.leadTime - 1
    let model = SeriesModel(history, steps: steps, prior: prior)
    var random = RandomStream(seed: SplitMix64.hash(series.key, seed: seed))
    let drawn = model.paths(parameters.paths, steps: steps, blend: prior.blend, using: &random)
    let calibrated = prior.calibration.apply(to: drawn, leadTime: parameters.leadTime)
    let paths = scenario.map(calibrated.following) ?? calibrated
    return DemandForecast(
      key: series.key,
      firstPeriod: series.nextPeriod,
      pattern: DemandPattern(DemandSummary(history)),
      isSurging: model.isSurging,
      scenario: scenario,
      steps: (0..<horizon).map { paths.predicted(from: $0, count: 1, quantiles: parameters.quantiles) },
      leadTimes: paths.predictedSums(
        horizon,
        over: parameters.leadTime,
        quantiles: parameters.quantiles.map(prior.sums.called)
      ),
      paths: paths
    )
  }
}
