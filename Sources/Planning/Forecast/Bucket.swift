/// The length of one period of a demand series, and the cycle that people's habits follow at that length.
package enum Bucket: String, CaseIterable, Sendable, Codable {
  case day, week, month

  /// Periods after which the calendar repeats itself: a week of days, a year of weeks or of months.
  package var cycle: Int {
    switch self {
    case .day: 7
    case .week: 52
    case .month: 12
    }
  }

  /// Days of one period; a month counts 30.
  package var days: Int {
    switch self {
    case .day: 1
    case .week: 7
    case .month: 30
    }
  }

  /// The place of `period` in the cycle, 0..<cycle. Periods count days, ISO weeks or months from any common
  /// origin; a year has 52.1775 weeks, so that a place in the cycle stays at its season for decades.
  func phase(of period: Int) -> Int {
    guard self == .week else { return ((period % cycle) + cycle) % cycle }
    let year = 52.1775
    let position = Double(period) - (Double(period) / year).rounded(.down) * year
    return min(51, Int(position * 52 / year))
  }
}
