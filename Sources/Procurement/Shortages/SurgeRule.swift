package import Inventory

/// The rate for which stock is ordered when use climbs: the latest week carried on, not the mean of weeks gone by.
///
/// Where the last week's rate is more than a fifth above the mean, the rate is the last week's times its ratio to the mean,
/// and never more than twice the last week's. In spring and summer 2020 a mean of four weeks was always too late.
package enum SurgeRule {
  /// - Parameters:
  ///   - recent: the last week's use.
  ///   - mean: the mean use of the last weeks.
  /// - Returns: the mean where there is no surge; exact, as a ratio.
  package static func rate(recent: DailyUse, mean: DailyUse) -> DailyUse {
    guard case .known(let lately, let recentDays) = recent, case .known(let units, let days) = mean,
      units > 0, lately * days * 5 > units * recentDays * 6
    else { return mean }
    if lately * days >= 2 * units * recentDays { return .known(units: lately * 2, days: recentDays) }
    return .known(units: lately * lately * days, days: recentDays * recentDays * units)
  }
}
