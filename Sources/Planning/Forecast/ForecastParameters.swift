/// What is asked of a forecast.
package struct ForecastParameters: Equatable, Sendable {
  /// Probabilities at which to quote demand, ascending, between 0 and 1.
  package var quantiles: [Double]
  /// Periods over which demand is summed for reorder points.
  package var leadTime: Int
  /// Simulated futures of each series.
  package var paths: Int

  package init(quantiles: [Double] = [0.1, 0.5, 0.9, 0.95], leadTime: Int = 3, paths: Int = 600) {
    self.quantiles = quantiles
    self.leadTime = leadTime
    self.paths = paths
  }
}
