/// What is expected of one series, from simulated futures.
package struct DemandForecast: Equatable, Sendable {
  package let key: String
  /// The number of the first period forecast.
  package let firstPeriod: Int
  package let pattern: DemandPattern
  /// Whether demand has doubled of late.
  package let isSurging: Bool
  /// What a planner stated, where the forecast follows it.
  package let scenario: Scenario?
  /// One a period of the horizon.
  package let steps: [PredictedDemand]
  /// The demand summed over a lead time that starts with each period of the horizon.
  package let leadTimes: [PredictedDemand]
  /// The futures that all of the above were read from.
  package let paths: SamplePaths
}

/// A demand that is not known yet: its mean and its quantiles, which never cross.
package struct PredictedDemand: Equatable, Sendable {
  package let mean: MeanQuantity
  package let quantiles: [Int64]
}

/// A mean number of base units, in thousandths, rounded half up.
package struct MeanQuantity: Equatable, Comparable, Sendable {
  package let thousandths: Int64

  package init(thousandths: Int64) { self.thousandths = thousandths }

  /// `total / count`; neither is negative, `count` is positive.
  init(total: Int, count: Int) {
    let whole = Int64(total / count)
    let rest = Int64(total % count) * 1000
    thousandths = whole * 1000 + (2 * rest + Int64(count)) / (2 * Int64(count))
  }

  package static func < (a: MeanQuantity, b: MeanQuantity) -> Bool { a.thousandths < b.thousandths }

  package var value: Double { Double(thousandths) / 1000 }
}

extension MeanQuantity: CustomStringConvertible {
  package var description: String {
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }
}
