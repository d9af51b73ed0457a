/// How well coin-and-size demand would have predicted a history, each period from those before it.
enum HurdleEvidence {
  /// The discounted log-probability of `history`, comparable with `LevelFilter.evidence`. Cost: O(periods).
  static func value(_ history: DemandHistory, prior: HurdlePrior) -> Double {
    var (hits, misses) = (
      prior.occurrence * prior.occurrenceWorth, (1 - prior.occurrence) * prior.occurrenceWorth
    )
    let base = (hits: hits, misses: misses)
    var sizes = RunningLogSize(prior: prior)
    var evidence = 0.0
    for t in 0..<history.count where history.exposures[t] > 0 {
      let quantity = history.quantities[t]
      let isDemand = quantity > 0
      let probability = (isDemand ? hits : misses) / (hits + misses)
      evidence = LevelFilter.memory * evidence + Elementary.log(probability)
      hits = base.hits + prior.memory * (hits - base.hits) + (isDemand ? 1 : 0)
      misses = base.misses + prior.memory * (misses - base.misses) + (isDemand ? 0 : 1)
      guard isDemand else { continue }
      evidence += sizes.logProbability(quantity) + logFactorial(quantity)
      sizes.add(quantity)
    }
    return evidence
  }

  /// ln y! of the first whole numbers.
  private static let logFactorials = (0..<256).map { Elementary.logGamma(Double($0) + 1) }

  private static func logFactorial(_ y: Double) -> Double {
    y < 256 ? logFactorials[Int(y)] : Elementary.logGamma(y + 1)
  }
}

/// The mean and variance of the logarithms of the sizes seen so far, shrunk to the class.
private struct RunningLogSize {
  private var sum: Double
  private var weight: Double
  private var squares: Double
  private var freedom: Double

  init(prior: HurdlePrior) {
    weight = prior.withinVariance / prior.logSizeVariance
    sum = weight * prior.logSize
    freedom = prior.withinWorth
    squares = freedom * prior.withinVariance
  }

  /// ln of the probability of a size: a normal density of its logarithm over one unit.
  func logProbability(_ size: Double) -> Double {
    let variance = squares / freedom * (1 + 1 / weight)
    let log = Elementary.log(size)
    let distance = log - sum / weight
    // A discrete size cannot be more certain than one; the density of a very narrow class could say so.
    return min(
      -0.5 * (distance * distance / variance + Elementary.log(6.283185307179586 * variance)) - log,
      0
    )
  }

  mutating func add(_ size: Double) {
    let log = Elementary.log(size)
    let distance = log - sum / weight
    squares += distance * distance * weight / (weight + 1)
    freedom += 1
    sum += log
    weight += 1
  }
}
