/// Everything that one class of series teaches about one more of them.
package struct ClassPrior: Equatable, Sendable, Codable {
  var level = LevelPrior()
  var hurdle = HurdlePrior()
  var blend = MethodBlend()
  var calibration = Calibration.identity
  /// What calibrated paths call the probability that is wanted of a sum over the lead time, its quantile being the whole
  /// number that covers nearest to it.
  var sums = Calibration.identity

  /// What is assumed when nothing has been learned.
  package static let uninformed = ClassPrior()
}

/// The shares of the three methods in a class's sample paths; they add up to one.
struct MethodBlend: Equatable, Sendable, Codable {
  var level = 0.5
  var logNormal = 0.25
  var urn = 0.25

  /// Every blend in quarters.
  static let grid: [MethodBlend] = (0...4).flatMap { level in
    (0...(4 - level)).map { logNormal in
      MethodBlend(
        level: Double(level) / 4,
        logNormal: Double(logNormal) / 4,
        urn: Double(4 - level - logNormal) / 4
      )
    }
  }

  var weights: [Double] { [level, logNormal, urn] }

  /// Each method by itself.
  static let pure = [[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]]
}

extension [MethodBlend] {
  /// Their average, weighted by `weights`.
  func averaged(_ weights: [Double]) -> MethodBlend {
    let sum = weights.reduce(0, +)
    func mean(_ share: (MethodBlend) -> Double) -> Double {
      zip(self, weights).reduce(0) { $0 + share($1.0) * $1.1 } / sum
    }
    return MethodBlend(level: mean(\.level), logNormal: mean(\.logNormal), urn: mean(\.urn))
  }
}
