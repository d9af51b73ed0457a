/// Reads a panel of series once and learns what each class of them teaches about its members.
///
/// Keeps at most `sampleSize` series of each pattern: those whose keys hash lowest, so that the same series are
/// kept in whatever order they come. Memory is bounded by the sample, whatever the size of the panel.
package struct PriorLearner: Sendable {
  private struct Kept {
    let rank: UInt64
    let history: DemandHistory
  }

  private let seed: UInt64
  private let sampleSize: Int
  private var kept: [DemandPattern: [Kept]] = [:]
  private var limits: [DemandPattern: UInt64] = [:]

  package init(seed: UInt64, sampleSize: Int = 1200) {
    self.seed = seed
    self.sampleSize = sampleSize
  }

  /// Considers one series. Cost: O(periods), amortised.
  package mutating func add(_ series: DemandSeries) {
    let history = DemandHistory(series)
    let summary = DemandSummary(history)
    guard summary.observed > 0 else { return }
    let pattern = DemandPattern(summary)
    let rank = SplitMix64.hash(series.key, seed: seed)
    guard rank <= limits[pattern, default: .max] else { return }
    kept[pattern, default: []].append(Kept(rank: rank, history: history))
    if kept[pattern, default: []].count >= 2 * sampleSize { thin(pattern) }
  }

  private mutating func thin(_ pattern: DemandPattern) {
    let lowest = Array((kept[pattern] ?? []).sorted { $0.rank < $1.rank }.prefix(sampleSize))
    kept[pattern] = lowest
    if lowest.count == sampleSize { limits[pattern] = lowest.last?.rank }
  }

  private func sample(of pattern: DemandPattern) -> [DemandHistory] {
    (kept[pattern] ?? []).sorted { $0.rank < $1.rank }.prefix(sampleSize).map(\.history)
  }

  /// What was learned, the patterns side by side on the machine's cores; the result does not depend on them.
  package func learn(leadTime: Int) async -> PanelPrior {
    let samples = DemandPattern.allCases.map { ($0, sample(of: $0)) }
    let everything = samples.flatMap(\.1)
    let jobs = samples.filter { $0.1.count >= PanelPrior.smallestClass && X("pat", 1) > 0 }
    let seed = seed
    return await withTaskGroup(of: (DemandPattern?, ClassPrior).self) { group in
      group.addTask { (nil, ClassPrior(fitting: everything, leadTime: leadTime, seed: seed)) }
      for (pattern, sample) in jobs {
        group.addTask { (pattern, ClassPrior(fitting: sample, leadTime: leadTime, seed: seed)) }
      }
      var panel = PanelPrior()
      for await (pattern, prior) in group {
        if let pattern { panel.byPattern[pattern] = prior } else { panel.all = prior }
      }
      return panel
    }
  }
}

extension ClassPrior {
  /// Learns a class from a sample of it: its hyperparameters, then the best blend of methods, then how wide the
  /// blend's forecasts were.
  init(fitting sample: [DemandHistory], leadTime: Int, seed: UInt64) {
    level = LevelPrior(fitting: sample)
    hurdle = HurdlePrior(fitting: sample)
    blend = MethodBacktest(prior: self, leadTime: leadTime, seed: seed).bestBlend(sample)
    if X("bl", -1) >= 0 { blend = MethodBlend(level: X("bl", 0), logNormal: X("bn", 0), urn: 1 - X("bl", 0) - X("bn", 0)) }
    if X("nocal", 0) > 0 { return }
    let outcomes = MethodBacktest(prior: self, leadTime: leadTime, seed: seed).outcomes(sample)
    calibration = Calibration(outcomes: outcomes)
  }
}

/// What a whole panel teaches, by demand pattern.
package struct PanelPrior: Equatable, Sendable {
  /// Series under which a pattern learns with all the others.
  static let smallestClass = 40

  package var all = ClassPrior.uninformed
  package var byPattern: [DemandPattern: ClassPrior] = [:]

  package init() {}

  /// The prior for a series of `pattern`; for one without demand, that of the whole panel.
  package func prior(for pattern: DemandPattern?) -> ClassPrior {
    pattern.flatMap { byPattern[$0] } ?? all
  }
}
