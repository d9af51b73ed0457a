/// Reads a panel of series once and learns what each category of them teaches about its members.
///
/// Keeps at most `sampleSize` series of each category and of the whole panel: those whose keys hash lowest, so
/// that the same series are kept in whatever order they come. Memory is bounded by the samples, whatever the
/// size of the panel.
package struct PriorLearner: Sendable {
  private let seed: UInt64
  private let sampleSize: Int
  private var whole: HashSample
  /// The series that were shown, those that were never observed left out.
  package private(set) var count = 0
  private var byCategory: [String: HashSample] = [:]

  package init(seed: UInt64, sampleSize: Int = 1000) {
    self.seed = seed
    self.sampleSize = sampleSize
    whole = HashSample(size: sampleSize)
  }

  /// Considers one series. Cost: O(periods), amortised.
  package mutating func add(_ series: DemandSeries) {
    let history = DemandHistory(series)
    guard DemandSummary(history).observed > 0 else { return }
    count += 1
    let rank = SplitMix64.hash(series.key, seed: seed)
    whole.add(history, rank: rank)
    guard let category = series.category else { return }
    byCategory[category, default: HashSample(size: sampleSize)].add(history, rank: rank)
  }

  /// What was learned for forecasts whose sums over `leadTime` periods matter most, the categories side by side
  /// on the machine's cores; the result does not depend on their number.
  package func learn(leadTime: Int) async -> PanelPrior {
    let everything = whole.histories
    let categories = byCategory.mapValues(\.histories).filter {
      $0.value.count >= PanelPrior.smallestCategory
    }
    let seed = seed
    return await withTaskGroup(of: (String?, ClassPrior).self) { group in
      group.addTask { (nil, ClassPrior(fitting: everything, leadTime: leadTime, seed: seed)) }
      for (category, sample) in categories {
        group.addTask { (category, ClassPrior(fitting: sample, leadTime: leadTime, seed: seed)) }
      }
      var panel = PanelPrior()
      for await (category, prior) in group {
        if let category { panel.byCategory[category] = prior } else { panel.all = prior }
      }
      return panel
    }
  }
}

/// The histories of lowest hash among those shown: a random sample that does not depend on their order.
private struct HashSample: Sendable {
  private let size: Int
  private var kept: [(rank: UInt64, history: DemandHistory)] = []
  private var limit = UInt64.max

  init(size: Int) { self.size = size }

  var histories: [DemandHistory] { kept.sorted { $0.rank < $1.rank }.prefix(size).map(\.history) }

  mutating func add(_ history: DemandHistory, rank: UInt64) {
    guard rank <= limit else { return }
    kept.append((rank, history))
    guard kept.count >= 2 * size else { return }
    kept.sort { $0.rank < $1.rank }
    kept.removeSubrange(size...)
    limit = kept.last?.rank ?? .max
  }
}

/// What a whole panel teaches, and each category of it that is large enough to teach by itself.
package struct PanelPrior: Equatable, Sendable, Codable {
  /// Series under which a category learns with all the others.
  static let smallestCategory = 40

  package var all = ClassPrior.uninformed
  package var byCategory: [String: ClassPrior] = [:]

  package init() {}

  package func prior(for category: String?) -> ClassPrior {
    category.flatMap { byCategory[$0] } ?? all
  }
}

extension ClassPrior {
  /// Origins from which the level of a sum's quantile is learned: two cannot tell a habit from a common shock.
  private static let enoughOrigins = 3

  /// Learns a class from a sample of it: its hyperparameters, then the best blend of methods, then how wide the
  /// blend's forecasts were.
  init(fitting sample: [DemandHistory], leadTime: Int, seed: UInt64) {
    level = LevelPrior(fitting: sample)
    hurdle = HurdlePrior(fitting: sample, hasTrend: level.hasTrend)
    blend = MethodBacktest(prior: self, leadTime: leadTime, seed: seed).bestBlend(sample)
    let outcomes = MethodBacktest(prior: self, leadTime: leadTime, seed: seed).outcomes(sample)
    calibration = Calibration(outcomes: outcomes.reaching)
    if outcomes.nearest.count(where: { !$0.isEmpty }) >= Self.enoughOrigins {
      sums = Calibration(outcomes: outcomes.nearest, memory: 0.6).after(calibration)
    }
  }
}
