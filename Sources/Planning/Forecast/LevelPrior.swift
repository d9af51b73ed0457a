/// What a class of series teaches about the level, the scatter and the season of one more of them.
struct LevelPrior: Equatable, Sendable, Codable {
  /// Expected demand of a period before anything is known of the item.
  var level = 1.0
  /// The demand of a period at the middle item, on a scale of magnitudes: the geometric mean.
  var typical = 1.0
  /// What that expectation is worth, in periods of the item's own history (Bühlmann's credibility constant).
  var worth = 0.1
  /// Squared coefficient of variation of the demand around its level, beyond the Poisson scatter.
  var inverseSize = 0.5
  /// By what power of the level scatter differs between items large and small; 0 for none.
  var inverseSizePower = 0.0
  /// What `inverseSize` is worth, in periods.
  var inverseSizeWorth = 4.0
  /// Mean demand at each place of the cycle over the mean of the cycle; empty when the class has no season.
  var season: [Double] = []
  /// Variance of one series' seasonal indices around `season`.
  var seasonVariance = 0.02
  /// Growth of the whole class between two periods, as a logarithm; `growth[0]` is that of `growthStart`. Empty where too
  /// few series tell it.
  var growth: [Double] = []
  var growthStart = 0
  /// Weight of each of `Dynamics.all` before the item's own evidence.
  var weights: [Double] = []

  /// Whether the class follows a trend.
  var hasTrend: Bool { zip(Dynamics.all, weights).contains { $0.damping > 0 && $1 > 0 } }

  /// Whether there are enough others to tell what of a shape is a series' own, and what is chance.
  var hasOthers: Bool { !growth.isEmpty }

  /// The same for an item of a mean demand: `inverseSize` is that of an item of `typical` size.
  func scaled(to mean: Double) -> LevelPrior {
    guard inverseSizePower != 0, mean > 0 else { return self }
    var prior = self
    let distance = min(max(Elementary.log(mean / typical), -12), 12)
    prior.inverseSize = min(max(inverseSize * Elementary.exp(inverseSizePower * distance), 1e-3), 40)
    return prior
  }

  /// The growth into a period; nil where the class tells of none.
  @inline(__always)
  func growth(at period: Int) -> Double? {
    guard !growth.isEmpty else { return nil }
    let index = period - growthStart
    return index >= 0 && index < growth.count ? growth[index] : 0
  }
}
