extension HurdlePrior {
  /// Learns from a sample of a class how often demand comes and in what sizes; `hasTrend` where the class follows one.
  /// Cost: O(sample · 40).
  init(fitting sample: [DemandHistory], hasTrend: Bool = false) {
    let summaries = sample.map(DemandSummary.init)
    let observed = summaries.reduce(0) { $0 + $1.observed }
    guard observed > 0 else { return }
    let demands = summaries.reduce(0) { $0 + Double($1.demands) }
    occurrence = min(max((demands + 0.5) / (observed + 1), 1e-4), 1 - 1e-4)
    fitOccurrence(sample)
    fitSizes(sample)
    fitDrift(sample)
    if !hasTrend && sample.tellsWorths { fitWithinWorth(sample) }
    dormantShare = Dormancy.share(of: sample, prior: self)
  }

  /// The worth of the class's probability, and the memory, under which the class's histories are most probable,
  /// each period predicted from those before it.
  private mutating func fitOccurrence(_ sample: [DemandHistory]) {
    var best = -Double.infinity
    let mean = occurrence
    for memory in [0.85, 0.9, 0.94, 0.97, 0.985, 1] {
      for worth in [0.5, 1, 2, 4, 8, 16, 32, 64, 200, 1000] {
        let evidence = sample.reduce(0) { sum, history in
          sum + Self.evidence(history, hits: mean * worth, misses: (1 - mean) * worth, memory: memory)
        }
        if evidence > best {
          best = evidence
          (self.memory, occurrenceWorth) = (memory, worth)
        }
      }
    }
  }

  /// The class's rate of demands over some five periods, over the same with the memory of the items: a thousand
  /// items tell sooner than one whether demand comes less often. Shrunk to no drift, which counts as 100 demands.
  private mutating func fitDrift(_ sample: [DemandHistory]) {
    driftStart = sample.map(\.start).min() ?? 0
    let end = sample.map { $0.start + $0.count }.max() ?? driftStart
    var periods = [Rate](repeating: Rate(), count: end - driftStart)
    for history in sample {
      for t in 0..<history.count where history.exposures[t] > 0 {
        periods[history.start + t - driftStart].demands += history.quantities[t] > 0 ? 1 : 0
        periods[history.start + t - driftStart].observed += history.exposures[t]
      }
    }
    var (fast, slow) = (Rate(), Rate())
    let ratios = periods.map { period -> Double in
      fast.add(period, memory: 0.8)
      slow.add(period, memory: memory)
      guard fast.demands > 0 else { return 1 }
      let trust = fast.demands / (fast.demands + 100)
      return min(max(1 + trust * (fast.value / slow.value - 1), 0.5), 2)
    }
    let carried = Self.carried(ratios, periods, memory: memory)
    drift = ratios.map { 1 + carried * ($0 - 1) }
  }

  /// What the class's scatter of sizes is worth against an item's own, in a class without trend.
  private mutating func fitWithinWorth(_ sample: [DemandHistory]) {
    var trial = self
    let worth = sample.worth(among: 400) { worth, history in
      trial.withinWorth = worth
      return HurdleEvidence.value(history, prior: trial)
    }
    withinWorth = worth ?? withinWorth
  }

  /// Which part of the class's lead or lag lasted over the three periods that followed, as its own past shows: the
  /// slope of a regression through the origin, shrunk by its standard error (a shock that all items share is no drift).
  private static func carried(_ ratios: [Double], _ periods: [Rate], memory: Double) -> Double {
    let span = 3
    var slow = Rate()
    var pairs: [(lead: Double, came: Double)] = []
    for t in 0..<max(0, periods.count - span) {
      slow.add(periods[t], memory: memory)
      let next = periods[(t + 1)...(t + span)].reduce(into: Rate()) { $0.add($1, memory: 1) }
      guard t >= 5, slow.demands > 0, next.demands > 0 else { continue }
      pairs.append((ratios[t] - 1, next.value / slow.value - 1))
    }
    let square = pairs.reduce(0) { $0 + $1.lead * $1.lead }
    guard pairs.count > 2, square > 0 else { return 0 }
    let slope = pairs.reduce(0) { $0 + $1.lead * $1.came } / square
    guard slope > 0 else { return 0 }
    let errors = pairs.map { $0.came - slope * $0.lead }
    let scatter = errors.reduce(0) { $0 + $1 * $1 } / Double(pairs.count - 1)
    // Spans overlap: a third as many are independent.
    let doubt = Double(span) * scatter / square
    return min(1, slope * slope * slope / (slope * slope + doubt))
  }

  /// Demands of the periods observed, the later ones counting more.
  private struct Rate {
    var demands = 0.0
    var observed = 0.0

    var value: Double { demands / observed }

    mutating func add(_ period: Rate, memory: Double) {
      demands = memory * demands + period.demands
      observed = memory * observed + period.observed
    }
  }

  private static func evidence(
    _ history: DemandHistory,
    hits: Double,
    misses: Double,
    memory: Double
  ) -> Double {
    var (ownHits, ownMisses, odds) = (0.0, 0.0, 1.0)
    var evidence = 0.0
    for t in 0..<history.count where history.exposures[t] > 0 {
      let total = ownHits + ownMisses + hits + misses
      let isDemand = history.quantities[t] > 0
      odds *= ((isDemand ? ownHits + hits : ownMisses + misses) / total)
      if odds < 1e-200 {
        evidence += Elementary.log(odds)
        odds = 1
      }
      ownHits = memory * ownHits + (isDemand ? 1 : 0)
      ownMisses = memory * ownMisses + (isDemand ? 0 : history.exposures[t])
    }
    return evidence + Elementary.log(odds)
  }

  /// Method of moments for a one-way layout of logarithms of sizes.
  private mutating func fitSizes(_ sample: [DemandHistory]) {
    var items: [(mean: Double, count: Double)] = []
    var (within, freedom) = (0.0, 0.0)
    var relative: [Double] = []
    for history in sample {
      let sizes = history.quantities.filter { $0 > 0 }
      guard !sizes.isEmpty else { continue }
      let count = Double(sizes.count)
      let logs = sizes.map(Elementary.log)
      let mean = logs.reduce(0, +) / count
      items.append((mean, count))
      within += logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      freedom += count - 1
      if sizes.count > 2 { relative += sizes.map { $0 * count / sizes.reduce(0, +) } }
    }
    guard items.count > 1 else { return }
    if freedom > 3 { withinVariance = max(0.02, within / freedom) }
    logSize = items.reduce(0) { $0 + $1.mean } / Double(items.count)
    let spread = items.reduce(0) { $0 + ($1.mean - logSize) * ($1.mean - logSize) } / Double(items.count - 1)
    let noise = items.reduce(0) { $0 + withinVariance / $1.count } / Double(items.count)
    logSizeVariance = max(0.05, spread - noise)
    if relative.count >= 20 { relativeSizes = Self.thinned(relative.sorted(), to: 200) }
  }

  private static func thinned(_ sorted: [Double], to count: Int) -> [Double] {
    (0..<count).map { sorted[(2 * $0 + 1) * sorted.count / (2 * count)] }
  }
}
