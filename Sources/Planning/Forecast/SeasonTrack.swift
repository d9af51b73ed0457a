/// The seasonal index of every period of a history, each learned from the periods before it alone.
///
/// The index of a place in the cycle is the mean of demand over level seen there, shrunk to the class's index
/// with worth κ = (scatter of one ratio) / (variance of indices between series). Cost: O(periods + horizon).
struct SeasonTrack {
  /// One index a period of the history.
  private(set) var past: [Double] = []
  /// One index a period of the horizon.
  private(set) var future: [Double] = []

  private static let gain = 0.08

  /// Whether `history` is long enough to speak of a season: two cycles of it, or one and the class's.
  static func applies(to history: DemandHistory, prior: LevelPrior) -> Bool {
    history.count >= history.bucket.cycle * (prior.season.isEmpty ? 2 : 1)
  }

  /// What a history shows by itself.
  init(_ shape: OwnShape, periods: Int) {
    past = Array(shape.indices.prefix(periods))
    future = Array(shape.indices.dropFirst(periods))
  }

  init(_ history: DemandHistory, horizon: Int, prior: LevelPrior) {
    let cycle = history.bucket.cycle
    var ratios = [Double](repeating: 0, count: cycle)
    var seen = [Double](repeating: 0, count: cycle)
    var level = 0.0
    var weight = 0.0
    func index(_ phase: Int) -> Double {
      let scatter = 1 / max(level, 0.05) + prior.inverseSize
      let worth = max(scatter / prior.seasonVariance, 0.5)
      let expected = prior.season.isEmpty ? 1 : prior.season[phase]
      return max((ratios[phase] + worth * expected) / (seen[phase] + worth), 0.02)
    }
    past.reserveCapacity(history.count)
    for t in 0..<history.count {
      let phase = history.bucket.phase(of: history.start + t)
      let season = index(phase)
      past.append(season)
      let exposure = history.exposures[t]
      guard exposure > 0 else { continue }
      weight = (1 - Self.gain) * weight + exposure
      level += (history.quantities[t] / season - exposure * level) / max(weight, exposure)
      guard level > 0 else { continue }
      ratios[phase] += history.quantities[t] / level
      seen[phase] += exposure
    }
    let next = history.start + history.count
    future = (0..<horizon).map { index(history.bucket.phase(of: next + $0)) }
  }
}
