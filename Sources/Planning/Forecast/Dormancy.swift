/// How likely it is that an item which nobody has asked for is not in use at all, rather than seldom.
///
/// Zero inflation of the beta-binomial coin (Lambert 1992; Hall 2000): of a share π of a class nothing is ever asked for.
/// k periods of nothing are certain for those, and have probability Π (b + j)/(a + b + j) for the others, so that ten
/// weeks without use say much where others are used every week, and little where others are used twice a year.
enum Dormancy {
  /// The probability that `history` is not in use; nothing for one that was asked for, and for one never observed.
  static func probability(_ history: DemandHistory, prior: HurdlePrior) -> Double {
    guard let silent = silence(history) else { return 0 }
    let seldom = (1 - prior.dormantShare) * chance(of: silent, prior: prior)
    return prior.dormantShare / (prior.dormantShare + seldom)
  }

  /// The share of a class that is not in use: those never asked for, less those that merely happened not to be; a half
  /// where there is nobody to learn from (Laplace's rule).
  static func share(of sample: [DemandHistory], prior: HurdlePrior) -> Double {
    var (silent, expected) = (0.0, 0.0)
    for history in sample {
      let observed = history.exposures.reduce(0, +)
      expected += chance(of: observed, prior: prior)
      if silence(history) != nil { silent += 1 }
    }
    return (max(0, silent - expected) + 1) / (Double(sample.count) + 2)
  }

  /// How many periods nothing was asked for, where that is all there is to say.
  private static func silence(_ history: DemandHistory) -> Double? {
    let observed = history.exposures.reduce(0, +)
    return observed > 0 && !history.quantities.contains { $0 > 0 } ? observed : nil
  }

  /// The chance that an item in use is not asked for in so many periods.
  private static func chance(of periods: Double, prior: HurdlePrior) -> Double {
    let misses = (1 - prior.occurrence) * prior.occurrenceWorth
    return (0..<Int(periods.rounded())).reduce(1) { chance, period in
      chance * (misses + Double(period)) / (prior.occurrenceWorth + Double(period))
    }
  }
}

extension ClassPrior {
  /// What the class teaches about `history`. The size of what nobody has asked for yet is not learned from the largest
  /// of a class of pipettes and gloves: its level starts at the typical item's, its size within a factor e of theirs.
  func suited(to history: DemandHistory) -> ClassPrior {
    var prior = self
    let summary = DemandSummary(history)
    prior.level = level.scaled(to: summary.mean)
    guard summary.observed > 0, summary.demands == 0 else { return prior }
    prior.level.level = min(level.level, level.typical)
    prior.hurdle.logSizeVariance = min(hurdle.logSizeVariance, 1)
    return prior
  }
}
