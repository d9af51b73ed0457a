/// Makes the forecasts of centres and the forecast of their network say the same.
///
/// With one total over its parts, minimum-trace reconciliation under independent errors (Wickramasuriya,
/// Athanasopoulos and Hyndman, 2019, diagonal weights) has a closed form: the gap between the total and the sum
/// of the parts is shared out in proportion to variances, the total giving way by its own. A sure forecast
/// moves little and an unsure one moves much. The result is then rounded to whole units by largest remainders,
/// the parts to the rounded total, so that they add up exactly.
package struct Reconciliation: Equatable, Sendable {
  package let network: Int64
  /// In the order of the forecasts given.
  package let centres: [Int64]

  /// One period's mean and variance, or those of a sum of periods.
  package struct Estimate: Equatable, Sendable {
    package let mean: Double
    package let variance: Double

    package init(mean: Double, variance: Double) {
      self.mean = mean
      self.variance = variance
    }
  }

  /// Reconciles one period. Cost: O(n log n).
  package init(network: Estimate, centres: [Estimate]) {
    let gap = network.mean - centres.reduce(0) { $0 + $1.mean }
    let variance = network.variance + centres.reduce(0) { $0 + $1.variance }
    let means = centres.map { centre in
      variance > 0 ? max(0, centre.mean + gap * centre.variance / variance) : centre.mean
    }
    let total = Int64(means.reduce(0, +).rounded(.toNearestOrAwayFromZero))
    self.network = total
    self.centres = Apportionment.shares(of: Int(total), weights: means).map(Int64.init)
  }
}

extension SamplePaths {
  /// Mean and variance of the demand of `count` steps from `first`.
  package func estimate(from first: Int, count: Int) -> Reconciliation.Estimate {
    let sums = sums(from: first, count: count).map(Double.init)
    let mean = sums.reduce(0, +) / Double(paths)
    let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, paths - 1))
    return Reconciliation.Estimate(mean: mean, variance: variance)
  }

  /// The share of paths on which the demand of the first `count` steps exceeds `stock`, in thousandths.
  package func stockOutPermille(stock: Int64, within count: Int) -> Int {
    let short = sums(from: 0, count: count).count { Int64($0) > stock }
    return (2000 * short + paths) / (2 * paths)
  }
}
