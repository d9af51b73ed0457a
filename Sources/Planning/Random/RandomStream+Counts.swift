extension RandomStream {
  /// Above this mean a count is drawn from its third-order Cornish–Fisher expansion, which is within 0.002 of
  /// the exact distribution function there; below it, exactly.
  private static let largeMean = 60.0

  /// A Poisson draw of the given mean, which is not negative.
  package mutating func poisson(mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    if mean > Self.largeMean {
      return Self.expanded(normal(), mean: mean, variance: mean, skewness: 1 / mean.squareRoot())
    }
    var remaining = uniform()
    var probability = Elementary.exp(-mean)
    var count = 0
    while remaining > probability && count < 400 {
      remaining -= probability
      count += 1
      probability *= mean / Double(count)
    }
    return count
  }

  /// A negative binomial draw of mean m and variance m + m²·`inverseSize`: a Poisson count whose rate is gamma
  /// distributed with squared coefficient of variation `inverseSize`. At 0 it is Poisson.
  package mutating func negativeBinomial(mean: Double, inverseSize: Double) -> Int {
    negativeBinomial(mean: mean, inverseSize: inverseSize, at: uniform())
  }

  /// The same at a given uniform number, with which it grows; only very uneven large counts draw more numbers.
  @inline(__always)
  mutating func negativeBinomial(mean: Double, inverseSize: Double, at uniform: Double) -> Int {
    guard inverseSize > 1e-9 else { return poisson(mean: mean) }
    guard mean > 0 else { return 0 }
    let ratio = mean * inverseSize
    if mean <= Self.largeMean && ratio < 40 * mean + 400 {
      return Self.inverted(mean: mean, inverseSize: inverseSize, at: uniform)
    }
    let variance = mean + mean * ratio
    let skewness = (1 + 2 * ratio) / variance.squareRoot()
    if skewness < 0.9 {
      let z = NormalDistribution.quantile(uniform)
      return Self.expanded(z, mean: mean, variance: variance, skewness: skewness)
    }
    return poisson(mean: gamma(shape: 1 / inverseSize) * ratio)
  }

  /// Inversion by sequential search from zero: exact, about one multiplication and division a unit.
  @inline(__always)
  private static func inverted(mean: Double, inverseSize: Double, at uniform: Double) -> Int {
    let size = 1 / inverseSize
    let odds = mean * inverseSize
    var probability = Elementary.exp(-size * Elementary.log(1 + odds))
    let step = odds / (1 + odds)
    var remaining = uniform
    var count = 0.0
    let limit = 200 * (mean + 1) * (1 + inverseSize)
    while remaining > probability && count < limit {
      remaining -= probability
      probability *= step * (size + count) / (count + 1)
      count += 1
    }
    return Int(count)
  }

  private static func expanded(_ z: Double, mean: Double, variance: Double, skewness: Double) -> Int {
    let value = mean + variance.squareRoot() * (z + skewness / 6 * (z * z - 1))
    return Int(max(0, min(value, 9e15)) + 0.5)
  }
}
