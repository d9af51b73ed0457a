/// The seasonal shape of one history: its mean at each place of the cycle over its overall mean.
struct SeasonProfile {
  private(set) var ratios: [Double]
  /// Variance of a ratio that comes from the scatter of demand alone.
  private let noise: Double

  /// Nil for a history under two cycles, with a place in the cycle never seen, or without demand.
  init?(_ history: DemandHistory) {
    let cycle = history.bucket.cycle
    let whole = history.count / cycle * cycle
    guard whole >= 2 * cycle else { return nil }
    var sums = [Double](repeating: 0, count: cycle)
    var seen = sums
    var squares = 0.0
    for t in (history.count - whole)..<history.count {
      let phase = history.bucket.phase(of: history.start + t)
      sums[phase] += history.quantities[t]
      seen[phase] += history.exposures[t]
      squares += history.quantities[t] * history.quantities[t]
    }
    let observed = seen.reduce(0, +)
    let mean = sums.reduce(0, +) / max(observed, 1)
    guard mean > 0, let least = seen.min(), least > 0 else { return nil }
    ratios = zip(sums, seen).map { $0 / $1 / mean }
    let between = zip(ratios, seen).reduce(0) { $0 + ($1.0 - 1) * ($1.0 - 1) * $1.1 }
    let total = squares / (mean * mean) - observed
    noise = max(0, total - between) / max(1, observed - Double(cycle)) * Double(cycle) / observed
  }

  /// The mean squared distance of the ratios from `season`, less what scatter explains.
  func excessVariance(around season: [Double]) -> Double {
    let distance = zip(ratios, season).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return distance / Double(season.count) - noise
  }
}
