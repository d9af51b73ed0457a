/// Negative binomial exponential smoothing, one pass over a history.
///
/// The level is a discounted mean that starts at the prior: with weight nₜ = (1 − α)·nₜ₋₁ + eₜ the update is
/// ℓₜ = bₜ + (yₜ/sₜ − eₜ·bₜ)/nₜ, where bₜ is the level carried over (times the damped growth), sₜ the seasonal
/// index and eₜ the exposure. It is exponential smoothing once nₜ has reached 1/α, and the mean of a short
/// history before. Scatter around the level is negative binomial with variance m + m²·κ, κ by moments of the
/// one-step errors, each divided by 1 + m so that a high level does not drown a low one, shrunk to the class
/// (Harvey and Fernandes 1989; Snyder, Ord and Beaumont 2012).
///
/// Each period is predicted before it is seen: `evidence` is the discounted log-probability of those
/// predictions, a rolling-origin backtest at every origin of the history in one pass. Cost: O(periods).
struct LevelFilter {
  let dynamics: Dynamics
  var level: Double
  var weight: Double
  var growth = 0.0
  private(set) var evidence = 0.0
  private(set) var excess = 0.0
  private(set) var scale = 0.0
  /// Whether the level has seen a period of its own.
  private var isKnown = false

  /// Whether `evidence` is wanted.
  private let isWeighed: Bool

  init(_ dynamics: Dynamics, prior: LevelPrior, isWeighed: Bool = true) {
    self.dynamics = dynamics
    self.isWeighed = isWeighed
    level = max(prior.level, Self.smallest)
    weight = prior.worth
  }

  static let smallest = 1e-6
  /// What a period's evidence and scatter keep after each later period.
  static let memory = 0.97

  /// Squared coefficient of variation beyond Poisson around an expected demand of `mean`.
  @inline(__always)
  func inverseSize(around mean: Double, prior: LevelPrior) -> Double {
    let worth = prior.inverseSizeWorth * mean * mean / (1 + mean)
    return min(max((excess + prior.inverseSize * worth) / (scale + worth), 1e-4), 60)
  }

  /// The level carried over to the next period.
  @inline(__always)
  var carried: Double {
    dynamics.damping == 0 ? level : level * Elementary.exp(dynamics.damping * growth)
  }

  /// Takes one period in: predicts it, scores the prediction, learns from it.
  @inline(__always)
  mutating func observe(
    _ quantity: Double,
    exposure: Double,
    season: Double,
    classGrowth: Double?,
    prior: LevelPrior
  ) {
    let carried = carried
    if exposure > 0 { score(quantity, mean: max(carried * season * exposure, Self.smallest), prior: prior) }
    weight = (1 - dynamics.gain) * weight + exposure
    guard weight > 0 else { return }
    let surprise = exposure > 0 ? quantity / season - exposure * carried : 0
    let updated = max(carried + surprise / max(weight, exposure), Self.smallest)
    if dynamics.damping > 0 { growth = grown(from: level, to: updated, classGrowth) }
    level = updated
  }

  /// The growth of late, smoothed: the class's, because one centre's growth is noise and all of theirs is a wave, and half
  /// of its own where there is no class to tell. What is learned does not fade; what is forecast of it does.
  @inline(__always)
  private func grown(from old: Double, to new: Double, _ classGrowth: Double?) -> Double {
    let seen = classGrowth ?? 0.5 * Elementary.log(new / old)
    return min(max(0.5 * growth + 0.5 * seen, -1), 1)
  }

  @inline(__always)
  private mutating func score(_ quantity: Double, mean: Double, prior: LevelPrior) {
    if isWeighed {
      let kappa = inverseSize(around: mean, prior: prior)
      evidence = Self.memory * evidence + Self.logProbability(quantity, mean: mean, inverseSize: kappa)
    }
    // The first error is the prior's: it says how unlike its class the item is, not how it scatters.
    guard isKnown else {
      isKnown = true
      return
    }
    let error = quantity - mean
    let precision = 1 / (1 + mean)
    excess = Self.memory * excess + (error * error - mean) * precision
    scale = Self.memory * scale + mean * mean * precision
  }

  /// ln P(Y = y) of a negative binomial, without ln y!, which all candidates share: with r = 1/κ and p = mκ/(1 + mκ)
  /// it is −r·ln(1 + mκ) plus the logarithm of pʸ·r(r + 1)…(r + y − 1), a product for a small count.
  @inline(__always)
  static func logProbability(_ y: Double, mean: Double, inverseSize: Double) -> Double {
    let size = 1 / inverseSize
    let odds = mean * inverseSize
    let base = -size * Elementary.log(1 + odds)
    guard y > 0 else { return base }
    let step = odds / (1 + odds)
    guard y <= 32 else {
      return base + y * Elementary.log(step) + Elementary.logGamma(size + y) - Elementary.logGamma(size)
    }
    var product = 1.0
    var factor = size
    for _ in 0..<Int(y) {
      product *= factor * step
      factor += 1
    }
    return base + Elementary.log(product)
  }
}
