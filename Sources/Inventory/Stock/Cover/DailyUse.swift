/// How much of an item a centre uses in a day, as an exact ratio.
package enum DailyUse: Hashable, Sendable {
  /// `units` base units in `days` days; `days` is positive, `units` may be zero.
  case known(units: Int64, days: Int64)
  /// No report says what was used, or the centre had nothing to use all the time.
  case unknown

  /// Base units used in a number of days from the first, rounded as said; nil where the use is unknown.
  package func units(in days: Int64, rounding: Rounding) -> Int64? {
    guard case .known(let units, let of) = self else { return nil }
    let (product, overflow) = units.multipliedReportingOverflow(by: days)
    return overflow ? Int64.max : rounding.divide(product, by: of)
  }
}

/// What moved on one day, all lots of an item together.
package struct DayOfStock: Equatable, Sendable {
  package var day: Day
  /// Everything in and out.
  package var change: Int64
  /// What was used; nil where nobody said.
  package var used: Int64?

  package init(day: Day, change: Int64, used: Int64?) {
    self.day = day
    self.change = change
    self.used = used
  }
}

/// The time over which use is measured: whole buckets that end with a day.
package struct UseWindow: Hashable, Sendable {
  package var lastDay: Day
  package var bucketDays: Int64
  package var buckets: Int64

  package init(endingOn lastDay: Day, bucketDays: Int64 = 7, buckets: Int64 = 4) {
    self.lastDay = lastDay
    self.bucketDays = bucketDays
    self.buckets = buckets
  }

  package var firstDay: Day { lastDay - (bucketDays * buckets - 1) }

  /// The bucket of a day, 0 for the last; nil outside the window.
  package func bucket(of day: Day) -> Int? {
    guard day >= firstDay, day <= lastDay else { return nil }
    return Int((lastDay.rawValue - day.rawValue) / bucketDays)
  }

  package func days(ofBucket bucket: Int) -> ClosedRange<Day> {
    let last = lastDay - Int64(bucket) * bucketDays
    return (last - (bucketDays - 1))...last
  }
}

extension UseWindow {
  /// Mean daily use, adjusted for the days without stock: what was used in the known buckets, over the days of those
  /// buckets on which there was something to use.
  ///
  /// A bucket is known when a report in it says what was used, be it nothing. A day is without stock when it ended
  /// with nothing on hand and nothing was used on it, not before the item was first there. The formula is the usual adjustment of consumption,
  /// C × N ÷ (N − X), divided by the N days; where X = N the use is unknown, not zero.
  ///
  /// - Parameters:
  ///   - onHand: at the end of the last day.
  ///   - first: the day of the item's first movement at the centre; nil where the window holds all.
  ///   - days: the days with movements, in order; those outside the window are passed over.
  /// - Returns: the mean use. Cost: linear in the days of the window.
  package func dailyUse(onHand: Int64, since first: Day? = nil, days: [DayOfStock]) -> DailyUse {
    var used: [Int: Int64] = [:]
    for day in days {
      if let bucket = bucket(of: day.day), let use = day.used { used[bucket, default: 0] += use }
    }
    let knownDays = Int64(used.count) * bucketDays
    let without = daysWithoutStock(onHand: onHand, since: first, days: days).count { day in
      bucket(of: day).map { used[$0] != nil } ?? false
    }
    guard knownDays > Int64(without) else { return .unknown }
    return .known(units: max(0, used.values.reduce(0, +)), days: knownDays - Int64(without))
  }

  /// The days of the window, from the first movement on, that ended with nothing on hand and on which nothing was
  /// used; the latest first.
  package func daysWithoutStock(onHand: Int64, since first: Day? = nil, days: [DayOfStock]) -> [Day] {
    var ended = onHand
    var moved = days.filter { $0.day <= lastDay }[...]
    var result: [Day] = []
    for offset in 0..<(bucketDays * buckets) {
      let day = lastDay - offset
      let movement = moved.last?.day == day ? moved.popLast() : nil
      if let first, day < first { break }
      if ended <= 0 && (movement?.used ?? 0) <= 0 { result.append(day) }
      ended -= movement?.change ?? 0
    }
    return result
  }
}
