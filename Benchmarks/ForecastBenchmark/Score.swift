import Planning

/// Losses of a panel's forecasts by the protocol of docs/performance/forecasts.md.
struct Score {
  private var period: [Double: Double] = [:]
  private var covered: [Double: Double] = [:]
  private var fiveQuantiles = 0.0
  private var leadLoss = 0.0
  private var leadCovered = 0.0
  private var leadBelow = 0.0
  private var squared = 0.0
  private(set) var series = 0.0

  static let quantiles = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
  static let fiveLevels = [0.1, 0.25, 0.5, 0.75, 0.9]

  mutating func add(_ forecast: DemandForecast, past: [Int], actual: [Int], leadTime: Int) {
    let mean = Double(past.reduce(0, +)) / Double(past.count)
    let changes = zip(past.dropFirst(), past).map { Double($0 - $1) }
    let step = changes.reduce(0) { $0 + abs($1) } / Double(changes.count)
    guard mean > 0, step > 0 else { return }
    let stepSquare = changes.reduce(0) { $0 + $1 * $1 } / Double(changes.count)
    let count = Double(actual.count)
    var error = 0.0
    for (predicted, y) in zip(forecast.steps, actual) {
      for (level, quantile) in zip(Self.quantiles, predicted.quantiles) {
        let loss = Accuracy.pinball(level, actual: Double(y), quantile: Double(quantile))
        period[level, default: 0] += loss / mean / count
        covered[level, default: 0] += (Int64(y) <= quantile ? 1 : 0) / count
        if Self.fiveLevels.contains(level) { fiveQuantiles += loss / step / count / 5 }
      }
      error += (Double(y) - predicted.mean.value) * (Double(y) - predicted.mean.value)
    }
    squared += (error / count / stepSquare).squareRoot()
    let sum = actual.prefix(leadTime).reduce(0, +)
    let quantile = forecast.leadTimes[0].quantiles[6]
    leadLoss +=
      Accuracy.pinball(0.95, actual: Double(sum), quantile: Double(quantile)) / mean / Double(leadTime)
    leadCovered += Int64(sum) <= quantile ? 1 : 0
    leadBelow += Int64(sum) < quantile ? 1 : 0
    series += 1
  }

  /// Adds the series of another score.
  mutating func add(_ other: Score) {
    period.merge(other.period, uniquingKeysWith: +)
    covered.merge(other.covered, uniquingKeysWith: +)
    fiveQuantiles += other.fiveQuantiles
    leadLoss += other.leadLoss
    leadCovered += other.leadCovered
    leadBelow += other.leadBelow
    squared += other.squared
    series += other.series
  }

  /// SPL5n, SPL.95, SPL.99, cov.95, cov.99, LT_SPL.95, LT_cov.95, the same without demand equal to the quantile, RMSSE.
  var figures: [Double] {
    let sums: [Double] = [
      fiveQuantiles, period[0.95] ?? 0, period[0.99] ?? 0, covered[0.95] ?? 0, covered[0.99] ?? 0, leadLoss,
      leadCovered, leadBelow, squared,
    ]
    return sums.map { $0 / series }
  }
}
