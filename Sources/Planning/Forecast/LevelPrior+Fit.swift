extension LevelPrior {
  /// Learns the class's level, scatter, season and growth from a sample of it. Cost: O(sample · candidates).
  init(fitting sample: [DemandHistory]) {
    let summaries = sample.map(DemandSummary.init).filter { $0.observed > 0 }
    guard !summaries.isEmpty else { return }
    fitCredibility(summaries)
    fitSeason(sample)
    fitGrowth(sample)
    fitScatterAndWeights(sample)
    if !hasTrend && sample.tellsWorths { fitInverseSizeWorth(sample) }
    fitScatterAndWeights(sample)
  }

  /// What the class's scatter is worth against an item's own. A class that shares a wave is left as it is: there an error
  /// is everybody's, and a hundred series tell no more than one.
  private mutating func fitInverseSizeWorth(_ sample: [DemandHistory]) {
    var trial = self
    let worth = sample.worth(among: 300) { worth, history in
      trial.inverseSizeWorth = worth
      return LevelMixture(history, horizon: 0, prior: trial.scaled(to: DemandSummary(history).mean)).evidence
    }
    inverseSizeWorth = worth ?? inverseSizeWorth
  }

  /// Bühlmann's credibility: the variance within series over the variance between their means.
  private mutating func fitCredibility(_ summaries: [DemandSummary]) {
    let count = Double(summaries.count)
    level = summaries.reduce(0) { $0 + $1.mean } / count
    let within = summaries.reduce(0) { $0 + $1.variance } / count
    let between = summaries.reduce(0) { $0 + ($1.mean - level) * ($1.mean - level) } / max(1, count - 1)
    worth = between > 0 ? min(max(within / between, 0.02), 1) : 1
    level = max(level, LevelFilter.smallest)
    let logs = summaries.filter { $0.mean > 0 }.map { Elementary.log($0.mean) }
    typical = logs.isEmpty ? level : Elementary.exp(logs.reduce(0, +) / Double(logs.count))
  }

  /// Each series' ratios of seasonal means to its mean, averaged over ten series or more of two cycles or more.
  private mutating func fitSeason(_ sample: [DemandHistory]) {
    let profiles = sample.compactMap(SeasonProfile.init)
    guard !profiles.isEmpty, let cycle = sample.first?.bucket.cycle else { return }
    guard profiles.count >= 10 else {
      let even = [Double](repeating: 1, count: cycle)
      seasonVariance = Self.seasonVariance(of: profiles, around: even)
      return
    }
    let mean = (0..<cycle).map { phase in
      profiles.reduce(0) { $0 + $1.ratios[phase] } / Double(profiles.count)
    }
    let sum = mean.reduce(0, +)
    guard sum > 0 else { return }
    season = mean.map { max(0.02, $0 * Double(cycle) / sum) }
    seasonVariance = Self.seasonVariance(of: profiles, around: season)
  }

  private static func seasonVariance(of profiles: [SeasonProfile], around season: [Double]) -> Double {
    let spread = profiles.reduce(0) { $0 + $1.excessVariance(around: season) } / Double(profiles.count)
    return min(max(spread, 0.001), 0.5)
  }

  /// The growth of all series that reported two periods in a row, freed of the season. Each counts by how surely it tells,
  /// m over m + κm²: gloves by the million would else be all that is heard.
  private mutating func fitGrowth(_ sample: [DemandHistory]) {
    guard sample.count >= 10, let bucket = sample.first?.bucket else { return }
    let first = sample.map(\.start).min() ?? 0
    let last = sample.map { $0.start + $0.count }.max() ?? first
    var before = [Double](repeating: 0, count: last - first)
    var (after, demand) = (before, before)
    for history in sample {
      let scale = 1 + inverseSize * DemandSummary(history).mean
      for t in stride(from: 1, to: history.count, by: 1)
      where history.exposures[t] == 1 && history.exposures[t - 1] == 1 {
        let place = history.start + t - first
        demand[place] += history.quantities[t - 1]
        before[place] += history.quantities[t - 1] / scale
        after[place] += history.quantities[t] / scale
      }
    }
    growthStart = first
    growth = before.indices.map { index in
      guard demand[index] >= 50, after[index] > 0 else { return 0 }
      let expected = season.isEmpty ? 1 : seasonalStep(to: first + index, bucket)
      return min(max(Elementary.log(after[index] / before[index] / expected), -1), 1)
    }
  }

  private func seasonalStep(to period: Int, _ bucket: Bucket) -> Double {
    season[bucket.phase(of: period)] / season[bucket.phase(of: period - 1)]
  }

  /// One round of empirical Bayes: filters the sample, then re-estimates scatter and weights from the results.
  private mutating func fitScatterAndWeights(_ sample: [DemandHistory]) {
    var scatter = ScatterFit()
    var evidence: [[Double]] = []
    for history in sample where history.count > 3 {
      let mixture = LevelMixture(history, horizon: 0, prior: scaled(to: DemandSummary(history).mean))
      var row = [Double](repeating: -.infinity, count: Dynamics.all.count)
      for member in mixture.members {
        row[Dynamics.index(of: member.filter.dynamics)] = member.filter.evidence
        let kappa = member.filter.ownInverseSize
        let precision = member.weight * kappa.weight
        scatter.add(kappa.value, at: member.filter.level / typical, weight: precision)
      }
      evidence.append(row)
    }
    (inverseSize, inverseSizePower) = scatter.fitted(or: inverseSize)
    weights = DynamicsWeights.fitted(evidence)
  }
}

/// A weighted regression of the logarithm of scatter on that of the level over the typical one, so that the scatter of
/// gloves by the million is not taken for that of pipettes by the ten.
private struct ScatterFit {
  private var weight = 0.0
  private var x = 0.0
  private var y = 0.0
  private var xx = 0.0
  private var xy = 0.0

  /// Variance of the logarithm of one item's scatter about the line, against which the slope is shrunk.
  private static let noise = 1.0

  mutating func add(_ value: Double, at level: Double, weight: Double) {
    let (log, place) = (Elementary.log(max(value, 1e-3)), Elementary.log(max(level, 1e-9)))
    self.weight += weight
    x += weight * place
    y += weight * log
    xx += weight * place * place
    xy += weight * place * log
  }

  /// The scatter at the typical level, and the power of the level by which it differs.
  func fitted(or before: Double) -> (value: Double, power: Double) {
    guard weight > 0 else { return (before, 0) }
    let spread = max(0, xx - x * x / weight)
    let slope = (xy - x * y / weight) / (spread + 10 * Self.noise)
    let power = min(max(slope, -1), 0.5)
    return (min(max(Elementary.exp((y - power * x) / weight), 1e-3), 40), power)
  }
}

extension Dynamics {
  static func index(of dynamics: Dynamics) -> Int { all.firstIndex(of: dynamics) ?? 0 }
}

extension LevelFilter {
  /// The filter's own estimate of the scatter, and how precise it is.
  var ownInverseSize: (value: Double, weight: Double) {
    guard scale > 0 else { return (0, 0) }
    let value = min(max(excess / scale, 0), 60)
    let noise = 1 / max(level, 0.01) + 1
    return (value, 1 / (noise * noise))
  }
}

extension DemandSummary {
  var variance: Double {
    observed > 1 ? max(0, squares - total * mean) / (observed - 1) : 0
  }
}
