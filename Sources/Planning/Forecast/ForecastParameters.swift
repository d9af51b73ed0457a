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

  /// Futures for each of so many series: 30 million in all, from 600 to 4,800 each.
  ///
  /// A quantile read from n futures errs by about √(p(1 − p) ÷ n) in probability; where there are few series there is time
  /// for more of them.
  package static func paths(forSeries count: Int) -> Int {
    min(4_800, max(600, 30_000_000 / max(1, count)))
  }
}
