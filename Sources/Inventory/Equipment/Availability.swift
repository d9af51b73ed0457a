/// How much of a period a machine worked, from its log alone.
package struct Availability: Equatable, Sendable, Codable {
  /// Days of the period on which the function was known.
  package var knownDays: Int64
  package var upDays: Int64
  package var degradedDays: Int64
  package var downDays: Int64
  /// Times that it went down within the period.
  package var failures: Int64

  /// Days up or degraded per thousand known days, rounded down; nil where nothing is known.
  package var perMille: Int64? {
    knownDays == 0 ? nil : (upDays + degradedDays) * 1000 / knownDays
  }

  /// Mean time between failures in days, rounded down: working days ÷ failures; nil without a failure.
  package var meanDaysBetweenFailures: Int64? {
    failures == 0 ? nil : (upDays + degradedDays) / failures
  }

  /// Reads the function axis of a log, ordered by day, over the days from `start` up to and without `end`.
  package init(log: [Equipment.StatusEntry], from start: Day, to end: Day) {
    self.init(knownDays: 0, upDays: 0, degradedDays: 0, downDays: 0, failures: 0)
    let entries = log.filter { $0.axis == .function }
    for (index, entry) in entries.enumerated() {
      let next = index + 1 < entries.count ? entries[index + 1].since : end
      let days = max(0, min(next, end) - max(entry.since, start))
      let state = Equipment.Function(rawValue: entry.state) ?? .unknown
      let before = index > 0 ? Equipment.Function(rawValue: entries[index - 1].state) : nil
      if state == .down, before != .down, entry.since >= start, entry.since < end { failures += 1 }
      add(days, of: state)
    }
  }

  private init(knownDays: Int64, upDays: Int64, degradedDays: Int64, downDays: Int64, failures: Int64) {
    self.knownDays = knownDays
    self.upDays = upDays
    self.degradedDays = degradedDays
    self.downDays = downDays
    self.failures = failures
  }

  private mutating func add(_ days: Int64, of state: Equipment.Function) {
    switch state {
    case .unknown: return
    case .up: upDays += days
    case .degraded: degradedDays += days
    case .down: downDays += days
    }
    knownDays += days
  }
}
