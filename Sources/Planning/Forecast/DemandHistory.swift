/// A demand series as the methods read it: a quantity and an exposure per period, from the first report on.
///
/// Exposure is the share of the period in which demand could be seen: 1 for a report, 0 for a missing one, the
/// share of days in stock for a censored one. A rate learned as quantity over exposure treats all three alike.
struct DemandHistory: Sendable {
  var quantities: [Double] = []
  var exposures: [Double] = []
  let bucket: Bucket
  /// The number of the period of `quantities[0]`.
  let start: Int

  init(_ series: DemandSeries) {
    let known = series.observations.firstIndex { $0 != .missing } ?? series.observations.endIndex
    bucket = series.bucket
    start = series.start + known
    quantities.reserveCapacity(series.observations.count - known)
    exposures.reserveCapacity(series.observations.count - known)
    for observation in series.observations[known...] {
      let (quantity, exposure) = Self.reading(observation, days: Double(series.bucket.days))
      quantities.append(quantity)
      exposures.append(exposure)
    }
  }

  private init(prefix count: Int, of whole: DemandHistory) {
    quantities = Array(whole.quantities.prefix(count))
    exposures = Array(whole.exposures.prefix(count))
    bucket = whole.bucket
    start = whole.start
  }

  var count: Int { quantities.count }

  /// What was known after `count` periods.
  func prefix(_ count: Int) -> DemandHistory { DemandHistory(prefix: count, of: self) }

  /// A quantity used over less than a tenth of the period says too little to be scaled up: it is left out.
  private static func reading(_ observation: DemandObservation, days: Double) -> (Double, Double) {
    switch observation {
    case .reported(let quantity): return (Double(quantity), 1)
    case .missing: return (0, 0)
    case .censored(let quantity, let outOfStockDays):
      let exposure = 1 - min(Double(outOfStockDays), days) / days
      return exposure < 0.1 ? (0, 0) : (Double(quantity), exposure)
    }
  }
}

extension [DemandHistory] {
  /// Whether they are long enough, a dozen periods in the mean, to tell what their class is worth against themselves: over
  /// the first weeks every worth seems right.
  var tellsWorths: Bool { !isEmpty && reduce(0) { $0 + $1.count } >= 12 * count }

  /// What something of the class is worth against an item's own: that under which the first so many histories are most
  /// probable; one number needs few of them. Nil where every evidence is nothing.
  func worth(among first: Int, evidence: (_ worth: Double, DemandHistory) -> Double) -> Double? {
    var (best, chosen): (Double, Double?) = (-.infinity, nil)
    for worth in [2.0, 4, 8, 16, 32, 64] {
      let sum = prefix(first).reduce(0) { $0 + evidence(worth, $1) }
      if sum > best { (best, chosen) = (sum, worth) }
    }
    return chosen
  }
}

extension DemandHistory {
  /// Mean absolute change from one observed period to the next: the error of the naive forecast.
  var meanStep: Double {
    var (sum, count) = (0.0, 0.0)
    for t in stride(from: 1, to: self.count, by: 1) where exposures[t] == 1 && exposures[t - 1] == 1 {
      sum += abs(quantities[t] - quantities[t - 1])
      count += 1
    }
    return count > 0 ? sum / count : 0
  }
}
