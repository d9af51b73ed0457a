extension RandomStream {
  /// A gamma draw of mean `shape` and scale 1. Expected cost: 1.05 normal draws.
  package mutating func gamma(shape: Double) -> Double { GammaSampler(shape: shape).draw(using: &self) }

  /// A beta draw; `alpha` and `beta` are positive.
  package mutating func beta(_ alpha: Double, _ beta: Double) -> Double {
    BetaSampler(alpha, beta).draw(using: &self)
  }
}

/// Gamma draws of one shape and scale 1 (Marsaglia and Tsang, 2000).
struct GammaSampler {
  private let d: Double
  private let c: Double
  /// 1 / shape where the shape is below one: then a draw of shape + 1 times u^(1/shape).
  private let boost: Double?

  init(shape: Double) {
    boost = shape < 1 ? 1 / shape : nil
    d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
    c = 1 / (9 * d).squareRoot()
  }

  @inline(__always)
  func draw(using random: inout RandomStream) -> Double {
    let value = drawAboveOne(using: &random)
    guard let boost else { return value }
    return value * Elementary.exp(Elementary.log(random.uniform()) * boost)
  }

  @inline(__always)
  private func drawAboveOne(using random: inout RandomStream) -> Double {
    while true {
      let x = random.normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = random.uniform()
      let square = x * x
      if u < 1 - 0.0331 * square * square { return d * v }
      if Elementary.log(u) < 0.5 * square + d * (1 - v + Elementary.log(v)) { return d * v }
    }
  }
}

/// Beta draws of one pair of parameters, as ratios of gammas.
struct BetaSampler {
  private let alpha: GammaSampler
  private let beta: GammaSampler
  /// The mean.
  private let mean: Double

  init(_ alpha: Double, _ beta: Double) {
    self.alpha = GammaSampler(shape: alpha)
    self.beta = GammaSampler(shape: beta)
    mean = alpha / (alpha + beta)
  }

  @inline(__always)
  func draw(using random: inout RandomStream) -> Double {
    let x = alpha.draw(using: &random)
    let y = beta.draw(using: &random)
    // Both underflow to zero only when both shapes are tiny: then the draw is one of the ends.
    guard x + y > 0 else { return random.uniform() < mean ? 1 : 0 }
    return x / (x + y)
  }
}

/// The standard normal distribution.
package enum NormalDistribution {
  /// The value that a draw stays below with probability `p`, 0 < p < 1 (Wichura 1988, AS 241, 16 digits).
  @inline(__always)
  package static func quantile(_ p: Double) -> Double {
    let q = p - 0.5
    guard abs(q) > 0.425 else { return q * central(0.180625 - q * q) }
    let r = (-Elementary.log(q < 0 ? p : 1 - p)).squareRoot()
    let value = r <= 5 ? shoulder(r - 1.6) : tail(r - 5)
    return q < 0 ? -value : value
  }

  @inline(__always)
  private static func central(_ r: Double) -> Double {
    var n = 2509.0809287301226727
    n = n * r + 33430.575583588128105
    n = n * r + 67265.770927008700853
    n = n * r + 45921.953931549871457
    n = n * r + 13731.693765509461125
    n = n * r + 1971.5909503065514427
    n = n * r + 133.14166789178437745
    n = n * r + 3.387132872796366608
    var d = 5226.495278852545925
    d = d * r + 28729.085735721942674
    d = d * r + 39307.89580009271061
    d = d * r + 21213.794301586595867
    d = d * r + 5394.1960214247511077
    d = d * r + 687.1870074920579083
    d = d * r + 42.313330701600911252
    return n / (d * r + 1)
  }

  private static func shoulder(_ r: Double) -> Double {
    var n = 7.7454501427834140764e-4
    n = n * r + 0.0227238449892691845833
    n = n * r + 0.24178072517745061177
    n = n * r + 1.27045825245236838258
    n = n * r + 3.64784832476320460504
    n = n * r + 5.7694972214606914055
    n = n * r + 4.6303378461565452959
    n = n * r + 1.42343711074968357734
    var d = 1.05075007164441684324e-9
    d = d * r + 5.475938084995344946e-4
    d = d * r + 0.0151986665636164571966
    d = d * r + 0.14810397642748007459
    d = d * r + 0.68976733498510000455
    d = d * r + 1.6763848301838038494
    d = d * r + 2.05319162663775882187
    return n / (d * r + 1)
  }

  private static func tail(_ r: Double) -> Double {
    var n = 2.01033439929228813265e-7
    n = n * r + 2.71155556874348757815e-5
    n = n * r + 0.0012426609473880784386
    n = n * r + 0.026532189526576123093
    n = n * r + 0.29656057182850489123
    n = n * r + 1.7848265399172913358
    n = n * r + 5.4637849111641143699
    n = n * r + 6.6579046435011037772
    var d = 2.04426310338993978564e-15
    d = d * r + 1.4215117583164458887e-7
    d = d * r + 1.8463183175100546818e-5
    d = d * r + 7.868691311456132591e-4
    d = d * r + 0.0148753612908506148525
    d = d * r + 0.13692988092273580531
    d = d * r + 0.59983220655588793769
    return n / (d * r + 1)
  }
}
