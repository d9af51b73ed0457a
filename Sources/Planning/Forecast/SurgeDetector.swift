/// Raises a flag when demand has doubled (Page's cumulative sum test, 1954).
///
/// Each period adds ln P(y | twice the baseline) − ln P(y | baseline) to a sum that never falls below zero; the
/// flag is up while the sum is above `threshold`. The baseline is a slow level that ends two periods before, so
/// that a surge does not hide in it. Under an unchanged negative binomial demand an excursion of the sum passes
/// the threshold with probability below e⁻ᵗʰʳᵉˢʰᵒˡᵈ. Demand so sparse or so scattered that a doubling is within its
/// ordinary range is flagged later or not at all: there the sum over centres must be watched. Cost: O(periods).
struct SurgeDetector {
  private(set) var sum = 0.0
  private var baseline: LevelFilter
  private let prior: LevelPrior
  private var recent: [(quantity: Double, exposure: Double, season: Double)] = []
  private var seen = 0.0

  static let threshold = 3.5
  /// The sum is held below this, so that the flag comes down soon after demand does.
  private static let ceiling = 8.0
  private static let lag = 2
  /// Periods that the baseline needs before anything can be called unusual.
  private static let patience = 4.0

  init(prior: LevelPrior) {
    self.prior = prior
    baseline = LevelFilter(Dynamics(gain: 0.1, damping: 0, isSeasonal: false), prior: prior, isWeighed: false)
  }

  var isRaised: Bool { sum > Self.threshold }

  /// Takes one period in.
  mutating func observe(_ quantity: Double, exposure: Double, season: Double) {
    if exposure > 0 && seen >= Self.patience { weigh(quantity, mean: baseline.level * season * exposure) }
    recent.append((quantity, exposure, season))
    guard recent.count > Self.lag else { return }
    let settled = recent.removeFirst()
    seen += settled.exposure
    baseline.observe(
      settled.quantity,
      exposure: settled.exposure,
      season: settled.season,
      classGrowth: nil,
      prior: prior
    )
  }

  private mutating func weigh(_ quantity: Double, mean: Double) {
    let expected = max(mean, 0.05)
    let scatter = baseline.inverseSize(around: baseline.level, prior: prior)
    // ln P(y | 2m) − ln P(y | m), negative binomial with variance m + m²κ; 0.693… is ln 2.
    let (odds, size) = (expected * scatter, 1 / scatter)
    let ratio = Elementary.log((1 + odds) / (1 + 2 * odds))
    let gain = (size + quantity) * ratio + quantity * 0.693147180559945309
    sum = min(max(0, sum + gain), Self.ceiling)
  }

  /// Whether the flag was up after each period of `history`.
  static func flags(_ history: DemandHistory, season: SeasonTrack?, prior: LevelPrior) -> [Bool] {
    var detector = SurgeDetector(prior: prior)
    return (0..<history.count).map { t in
      detector.observe(history.quantities[t], exposure: history.exposures[t], season: season?.past[t] ?? 1)
      return detector.isRaised
    }
  }
}
