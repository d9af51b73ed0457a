import Glibc

/// The normal distribution with mean zero and variance one.
package enum StandardNormal {
  package static func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }

  package static func cumulative(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  /// E[max(Z − x, 0)], the part of demand above x.
  package static func loss(_ x: Double) -> Double { density(x) - x * cumulative(-x) }

  /// The x with P(Z ≤ x) = `probability`, which lies strictly between 0 and 1.
  ///
  /// Bisection to the last bit that `cumulative` can tell apart; exact to about 1e-14. About 60 evaluations.
  package static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile needs a probability between 0 and 1")
    if probability > 0.5 { return -lowerQuantile(1 - probability) }
    return probability == 0.5 ? 0 : lowerQuantile(probability)
  }

  private static func lowerQuantile(_ probability: Double) -> Double {
    var (low, high) = (-40.0, 0.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if cumulative(middle) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// A normal demand with its mean and standard deviation.
package struct NormalDemand: Hashable, Sendable {
  package var mean: Double
  package var deviation: Double

  package init(mean: Double, deviation: Double) { (self.mean, self.deviation) = (mean, deviation) }

  package func cumulative(_ x: Double) -> Double { StandardNormal.cumulative((x - mean) / deviation) }
  package func quantile(_ level: Double) -> Double { mean + deviation * StandardNormal.quantile(level) }
  /// E[max(D − x, 0)].
  package func loss(_ x: Double) -> Double { deviation * StandardNormal.loss((x - mean) / deviation) }
  /// E[max(x − D, 0)].
  package func excess(_ x: Double) -> Double { x - mean + loss(x) }
}
