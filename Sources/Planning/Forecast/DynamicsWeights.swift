/// How common each of `Dynamics.all` is in a class, by empirical Bayes.
enum DynamicsWeights {
  /// Candidates rarer than this are left out: they cost time, and the few series that choose one late in a short
  /// history do so by chance.
  private static let smallest = 0.05
  /// Gains in log-probability a series from which a trend, and a season, are worth having.
  private static let trendGain = 0.005
  private static let seasonGain = 0.05
  private static let rounds = 12

  /// The weights under which `evidence`, one row a series and −∞ for a candidate not tried, is most probable.
  /// Candidates with trend or season are kept only if they make the class's histories clearly more probable.
  static func fitted(_ evidence: [[Double]]) -> [Double] {
    let count = Double(evidence.count)
    let plain = maximised(evidence) { $0.damping == 0 && !$0.isSeasonal }
    let trending = maximised(evidence) { !$0.isSeasonal }
    let hasTrend = trending.logProbability - plain.logProbability > trendGain * count
    let seasonless = hasTrend ? trending : plain
    let seasonal = maximised(evidence) { hasTrend || $0.damping == 0 }
    let gain = seasonal.logProbability - seasonless.logProbability
    return gain > seasonGain * count ? seasonal.weights : seasonless.weights
  }

  /// Expectation–maximisation over the candidates that are `allowed`.
  private static func maximised(
    _ evidence: [[Double]],
    allowed: (Dynamics) -> Bool
  ) -> (weights: [Double], logProbability: Double) {
    let open = Dynamics.all.map { allowed($0) ? 1.0 : 0 }
    var weights = normalised(open)
    var logProbability = 0.0
    for _ in 0..<rounds {
      var sums = open.map { $0 / 2 }
      logProbability = 0
      for row in evidence {
        let best = row.max() ?? 0
        let joint = row.indices.map { weights[$0] * Elementary.exp(row[$0] - best) }
        let total = max(joint.reduce(0, +), 1e-300)
        logProbability += best + Elementary.log(total)
        for index in joint.indices { sums[index] += joint[index] / total }
      }
      weights = normalised(sums)
    }
    return (normalised(weights.map { $0 < smallest ? 0 : $0 }), logProbability)
  }

  private static func normalised(_ weights: [Double]) -> [Double] {
    let sum = weights.reduce(0, +)
    return sum > 0 ? weights.map { $0 / sum } : weights
  }
}
