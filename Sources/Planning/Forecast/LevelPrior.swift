/// What a class of series teaches about the level, the scatter and the season of one more of them.
struct LevelPrior: Equatable, Sendable, Codable {
  /// Expected demand of a period before anything is known of the item.
  var level = 1.0
  /// What that expectation is worth, in periods of the item's own history (Bühlmann's credibility constant).
  var worth = 0.1
  /// Squared coefficient of variation of the demand around its level, beyond the Poisson scatter.
  var inverseSize = 0.5
  /// What `inverseSize` is worth, in periods.
  var inverseSizeWorth = 4.0
  /// Mean demand at each place of the cycle over the mean of the cycle; empty when the class has no season.
  var season: [Double] = []
  /// Variance of one series' seasonal indices around `season`.
  var seasonVariance = 0.02
  /// Growth of the whole class between two periods, as a logarithm; `growth[0]` is that of `growthStart`.
  var growth: [Double] = []
  var growthStart = 0
  /// Weight of each of `Dynamics.all` before the item's own evidence.
  var weights: [Double] = []

  @inline(__always)
  func growth(at period: Int) -> Double {
    let index = period - growthStart
    return index >= 0 && index < growth.count ? growth[index] : 0
  }
}
