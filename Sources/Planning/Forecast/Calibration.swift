/// Corrects how wide a class's forecasts are, from how its earlier forecasts fared.
///
/// Each earlier forecast of a lead-time sum put its outcome at some probability; if the forecasts were right
/// those would be spread evenly over 0…1. The map sends a wanted probability to the one that the forecasts
/// called it (split conformal prediction; Vovk et al. 2005, Kuleshov et al. 2018). It is monotone, so that
/// corrected quantiles never cross, and it is applied to whole paths, so that sums and steps stay coherent.
struct Calibration: Equatable, Sendable, Codable {
  /// What forecasts called probability (i + ½) / knots.count.
  private var knots: [Double] = []

  static let identity = Calibration()

  /// Outcomes that the map without correction is worth.
  private static let inertia = 40.0
  private static let resolution = 100
  /// Student's t at 90 % for two to six origins: one origin alone proves no bias.
  private static let doubt = [6.31, 2.92, 2.35, 2.13, 2.02]

  private init() {}

  /// Learns from the probabilities at which forecasts had put their outcomes, one list an origin, the latest first. Each
  /// origin counts `memory` times as much as the one after it: demand drifts, and the forecasts of late are most like
  /// the next (Barber, Candès, Ramdas and Tibshirani, 2023, conformal prediction beyond exchangeability).
  init(outcomes: [[Double]], memory: Double = 1) {
    var sorted: [(outcome: Double, weight: Double)] = []
    var weight = 0.5
    for origin in Self.withoutShocks(outcomes) {
      sorted += origin.map { ($0, weight) }
      weight *= memory
    }
    sorted.sort { $0.outcome < $1.outcome }
    let count = sorted.reduce(0) { $0 + $1.weight }
    guard var sum = sorted.first?.weight else { return }
    let trust = count / (count + Self.inertia)
    var index = 0
    knots = (0..<Self.resolution).map { knot in
      let wanted = (Double(knot) + 0.5) / Double(Self.resolution)
      while sum <= wanted * count && index + 1 < sorted.count {
        index += 1
        sum += sorted[index].weight
      }
      return trust * sorted[index].outcome + (1 - trust) * wanted
    }
  }

  /// What was above at one origin for all series could as well have been below: on the scale of log-odds, each
  /// origin's mean is mirrored about the mean over origins, which itself counts only as far as origins agree.
  /// Every outcome comes back twice, as it was and mirrored.
  private static func withoutShocks(_ outcomes: [[Double]]) -> [[Double]] {
    let scores: [[Double]] = outcomes.filter { !$0.isEmpty }.map { $0.map(logOdds) }
    let means = scores.map { $0.reduce(0, +) / Double($0.count) }
    let mean = means.reduce(0, +) / Double(max(means.count, 1))
    let kept = agreed(means, mean: mean)
    return zip(scores, means).map { origin, own in
      origin.flatMap { [probability($0), probability($0 - 2 * (own - kept))] }
    }
  }

  /// The part of the origins' mean that is beyond doubt that they merely happened to lie on one side.
  private static func agreed(_ means: [Double], mean: Double) -> Double {
    guard means.count > 1, mean != 0 else { return 0 }
    let count = Double(means.count)
    let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let margin = doubt[min(means.count - 2, doubt.count - 1)] * (squares / (count - 1) / count).squareRoot()
    return mean * max(0, 1 - margin * margin / (mean * mean))
  }

  private static func logOdds(_ p: Double) -> Double {
    let inside = min(max(p, 0.001), 0.999)
    return Elementary.log(inside / (1 - inside))
  }

  private static func probability(_ logOdds: Double) -> Double { 1 / (1 + Elementary.exp(-logOdds)) }

  /// What the forecasts call probability `wanted`.
  func called(_ wanted: Double) -> Double {
    guard !knots.isEmpty else { return wanted }
    let position = wanted * Double(knots.count) - 0.5
    let low = Int(position.rounded(.down))
    if low < 0 { return knots[0] * wanted * 2 * Double(knots.count) }
    guard low + 1 < knots.count else {
      let last = knots[knots.count - 1]
      return last + (1 - last) * (position - Double(knots.count - 1)) * 2
    }
    let part = position - Double(low)
    return knots[low] * (1 - part) + knots[low + 1] * part
  }

  /// The map of a probability wanted of forecasts that `first` has corrected already.
  func after(_ first: Calibration) -> Calibration {
    var map = self
    map.knots = knots.map(first.wanted)
    return map
  }

  /// The probability wanted that the forecasts call `probability`: the inverse of `called`, by bisection.
  private func wanted(_ probability: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if called(middle) < probability { low = middle } else { high = middle }
    }
    return high
  }

  /// Chooses paths again so that their sums over `leadTime` are spread as the map says; steps go along.
  func apply(to matrix: SamplePaths, leadTime: Int) -> SamplePaths {
    guard !knots.isEmpty else { return matrix }
    let order = RadixSort.order(matrix.sums(from: 0, count: min(leadTime, matrix.steps)))
    let count = matrix.paths
    return matrix.selecting(
      (0..<count).map { path in
        let rank = called((Double(path) + 0.5) / Double(count))
        return order[min(count - 1, max(0, Int(rank * Double(count))))]
      }
    )
  }
}
