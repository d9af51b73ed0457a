/// Corrects how wide a class's forecasts are, from how its earlier forecasts fared.
///
/// Each earlier forecast of a lead-time sum put its outcome at some probability; if the forecasts were right
/// those would be spread evenly over 0…1. The map sends a wanted probability to the one that the forecasts
/// called it (split conformal prediction; Vovk et al. 2005, Kuleshov et al. 2018). It is monotone, so that
/// corrected quantiles never cross, and it is applied to whole paths, so that sums and steps stay coherent.
struct Calibration: Equatable, Sendable {
  /// What forecasts called probability (i + ½) / knots.count.
  private var knots: [Double] = []

  static let identity = Calibration()

  /// Outcomes that the map without correction is worth.
  private static let inertia = 40.0
  private static let resolution = 100

  private init() {}

  /// Learns from the probabilities at which forecasts had put their outcomes.
  init(outcomes: [Double]) {
    let sorted = outcomes.sorted()
    guard !sorted.isEmpty else { return }
    let trust = Double(sorted.count) / (Double(sorted.count) + Self.inertia)
    knots = (0..<Self.resolution).map { knot in
      let wanted = (Double(knot) + 0.5) / Double(Self.resolution)
      let observed = sorted[min(sorted.count - 1, Int(wanted * Double(sorted.count)))]
      return trust * observed + (1 - trust) * wanted
    }
  }

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
