/// Demand as a coin and a size: whether anything is asked for in a period, and then how much.
///
/// The probability is beta distributed given discounted counts; the logarithm of the size is normal with mean
/// and variance unknown, both shrunk to the class (empirical Bayes). The parameters are drawn anew for every
/// path, so that the little a short history says shows as a wide forecast. Cost: O(periods).
struct Hurdle {
  /// Parameters of the beta distribution of the probability of a demand.
  private(set) var hits: Double
  private(set) var misses: Double
  /// The item's sizes with the weight of each, the latest last.
  private(set) var sizes: [Double] = []
  private(set) var sizeWeights: [Double] = []
  private(set) var largest = 0.0
  private let prior: HurdlePrior

  init(_ history: DemandHistory, prior: HurdlePrior) {
    self.prior = prior
    hits = 0
    misses = 0
    var weight = 1.0
    for t in (0..<history.count).reversed() where history.exposures[t] > 0 {
      let quantity = history.quantities[t]
      if quantity > 0 {
        hits += weight
        sizes.append(quantity)
        sizeWeights.append(weight)
        largest = max(largest, quantity)
      } else {
        misses += weight * history.exposures[t]
      }
      weight *= prior.memory
    }
    hits += prior.occurrence * prior.occurrenceWorth
    misses += (1 - prior.occurrence) * prior.occurrenceWorth
    follow(prior.drift(before: history.start + history.count))
    sizes.reverse()
    sizeWeights.reverse()
  }

  /// Makes a demand `drift` times as likely and leaves what is known of it as certain.
  private mutating func follow(_ drift: Double) {
    let moved = min(hits * drift, max(hits, 0.99 * (hits + misses)))
    misses += hits - moved
    hits = moved
  }

  /// No simulated size exceeds this: a log-normal tail has no end, a shelf has.
  private var cap: Double {
    guard largest > 0 else {
      return Elementary.exp(prior.logSize + 2 * (prior.logSizeVariance + prior.withinVariance).squareRoot())
        + 1
    }
    return 3 * largest
  }

  /// Draws paths `range` with log-normal sizes.
  func drawLogNormal(
    into matrix: inout SamplePaths,
    paths range: Range<Int>,
    using random: inout RandomStream
  ) {
    guard !range.isEmpty else { return }
    let posterior = LogSizePosterior(sizes: sizes, weights: sizeWeights, prior: prior)
    let (cap, coin, paths, steps) = (cap, BetaSampler(hits, misses), matrix.paths, matrix.steps)
    let even = EvenUniforms(steps: steps, using: &random)
    var cells = matrix.values.mutableSpan
    for path in range {
      let probability = coin.draw(using: &random)
      let (mean, deviation) = posterior.draw(using: &random)
      for step in 0..<steps
      where even.uniform(path: path, step: step, using: &random) < probability {
        let size = Elementary.exp(mean + deviation * random.normal())
        cells[step * paths + path] = Self.whole(size, cap: cap)
      }
    }
  }

  /// Draws paths `range` with the item's own sizes, or now and then its mean times a relative size of the class.
  func drawUrn(into matrix: inout SamplePaths, paths range: Range<Int>, using random: inout RandomStream) {
    guard !range.isEmpty else { return }
    let urn = WeightedChoice(sizeWeights)
    let own = sizes.map { Self.whole($0, cap: cap) }
    let mean = LogSizePosterior(sizes: sizes, weights: sizeWeights, prior: prior).meanSize(sizes, sizeWeights)
    let relative = prior.relativeSizes.map { Self.whole(mean * $0, cap: cap) }
    let (coin, total) = (BetaSampler(hits, misses), urn.total + prior.newSizeWorth)
    let (paths, steps) = (matrix.paths, matrix.steps)
    let even = EvenUniforms(steps: steps, using: &random)
    var cells = matrix.values.mutableSpan
    for path in range {
      let probability = coin.draw(using: &random)
      for step in 0..<steps
      where even.uniform(path: path, step: step, using: &random) < probability {
        let mark = random.uniform() * total
        cells[step * paths + path] =
          mark < urn.total ? own[urn.index(at: mark)] : relative[random.index(below: relative.count)]
      }
    }
  }

  /// A size as a whole number from one to the cap, halves up.
  @inline(__always)
  private static func whole(_ size: Double, cap: Double) -> Int { Int(max(1, min(size, cap)) + 0.5) }
}

/// The mean and variance of the logarithm of an item's sizes, as far as they are known.
struct LogSizePosterior {
  private let mean: Double
  private let worth: Double
  private let shape: Double
  private let precisions: GammaSampler
  private let squares: Double
  private let prior: HurdlePrior

  init(sizes: [Double], weights: [Double], prior: HurdlePrior) {
    var count = 0.0
    var sum = 0.0
    var squareSum = 0.0
    for (size, weight) in zip(sizes, weights) {
      let log = Elementary.log(size)
      count += weight
      sum += weight * log
      squareSum += weight * log * log
    }
    let center = count > 0 ? sum / count : 0
    let deviations = max(0, squareSum - count * center * center)
    let freedom = prior.withinWorth + max(0, count - 1)
    squares = prior.withinWorth * prior.withinVariance + deviations
    shape = freedom / 2
    precisions = GammaSampler(shape: shape)
    let variance = squares / freedom
    let pull = variance / prior.logSizeVariance
    worth = count + pull
    mean = (sum + pull * prior.logSize) / worth
    self.prior = prior
  }

  /// A mean and a standard deviation that the sizes could have.
  func draw(using random: inout RandomStream) -> (mean: Double, deviation: Double) {
    let variance = squares / 2 / precisions.draw(using: &random)
    return (mean + (variance / worth).squareRoot() * random.normal(), variance.squareRoot())
  }

  /// The item's mean size, shrunk to the median size that the class suggests, worth one size.
  func meanSize(_ sizes: [Double], _ weights: [Double]) -> Double {
    let count = weights.reduce(0, +)
    let sum = zip(sizes, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let expected = Elementary.exp(mean + squares / shape / 4)
    return (sum + 0.5 * expected) / (count + 0.5)
  }
}
