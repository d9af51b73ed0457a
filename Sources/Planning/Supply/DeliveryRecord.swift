/// How a past delivery went against what was promised: which share came how many days after the promised day.
///
/// What is still awaited is simulated by drawing from the supplier's own records, so that lateness, short deliveries and
/// what never comes are all taken as they were seen, and together.
package struct DeliveryRecord: Hashable, Sendable, Codable {
  package struct Part: Hashable, Sendable, Codable {
    /// Days after the promised one; negative when early.
    package var delay: Int
    /// Of what was ordered, in thousandths.
    package var permille: Int

    package init(delay: Int, permille: Int) { (self.delay, self.permille) = (delay, permille) }
  }

  /// In the order in which they came; the rest to 1000 never did.
  package var parts: [Part]

  package init(_ parts: [Part]) {
    self.parts = parts.sorted { ($0.delay, $0.permille) < ($1.delay, $1.permille) }
  }

  package static let asPromised = DeliveryRecord([Part(delay: 0, permille: 1000)])

  /// What such a record leaves to expect on a day `overdue` days after the promised one, its delays counted from that
  /// day and its shares of what is outstanding; nil where nothing was left to come.
  func remaining(after overdue: Int) -> DeliveryRecord? {
    guard overdue >= 0 else {
      return DeliveryRecord(parts.map { Part(delay: max(1, $0.delay - overdue), permille: $0.permille) })
    }
    let came = parts.filter { $0.delay <= overdue }.reduce(0) { $0 + $1.permille }
    let later = parts.filter { $0.delay > overdue }
    guard came < 1000, !later.isEmpty else { return nil }
    return DeliveryRecord(
      later.map { Part(delay: $0.delay - overdue, permille: $0.permille * 1000 / (1000 - came)) }
    )
  }

  /// Whether everything was there on the promised day. Shares are rounded down, each by less than one.
  var isOnTime: Bool {
    let early = parts.filter { $0.delay <= 0 }
    return !early.isEmpty && early.reduce(early.count) { $0 + $1.permille } > 1000
  }

  /// The same, with nothing before a day.
  func notBefore(_ first: Int) -> DeliveryRecord {
    DeliveryRecord(parts.map { Part(delay: max(first, $0.delay), permille: $0.permille) })
  }

  /// The delay of the first part; nil where nothing ever came.
  package var firstDelay: Int? { parts.first { $0.permille > 0 }?.delay }
}

/// A delivery that is ordered and not yet there.
package struct AwaitedDelivery: Hashable, Sendable, Codable {
  /// Units still outstanding.
  package var quantity: Int
  package var promised: Int
  /// How the supplier's deliveries went before; what is promised counts as one more of them.
  package var records: [DeliveryRecord]
  package var prospect: Prospect

  /// What is known of the supplier's own supply makes of the promise.
  package enum Prospect: Hashable, Sendable, Codable {
    /// It is kept as the supplier's promises were.
    case usual
    /// It will be late: only the deliveries that were not whole on their day say how.
    case strained
    /// Nothing comes before this day, which is the promised one from now on if it is later.
    case held(until: Int)
    /// Nothing comes in the days that are looked at.
    case withheld
  }

  package init(
    quantity: Int,
    promised: Int,
    records: [DeliveryRecord] = [],
    prospect: Prospect = .usual
  ) {
    (self.quantity, self.promised, self.records, self.prospect) = (quantity, promised, records, prospect)
  }

  /// Days after the last day known by which an overdue or a strained delivery is expected when no record says more.
  static let overdueDelay = 7
  private static let aWeekLate = DeliveryRecord([.init(delay: overdueDelay, permille: 1000)])

  /// The ways in which it may come, each as units and days after `today`, at least one. Units are rounded down.
  package func outcomes(today: Int) -> [[(delay: Int, units: Int)]] {
    let possible =
      switch prospect {
      case .usual: remaining(records + [.asPromised], after: today - promised)
      case .strained: remaining(records.filter { !$0.isOnTime } + lateness, after: today - promised)
      case .held(let first):
        remaining(records + [.asPromised], after: today - max(promised, first)).map {
          $0.notBefore(first - today)
        }
      case .withheld: [DeliveryRecord([])]
      }
    return possible.map { record in record.parts.map { ($0.delay, quantity * $0.permille / 1000) } }
  }

  /// What stands for the lateness of a supplier that was never late.
  private var lateness: [DeliveryRecord] { records.allSatisfy(\.isOnTime) ? [Self.aWeekLate] : [] }

  private func remaining(_ records: [DeliveryRecord], after overdue: Int) -> [DeliveryRecord] {
    let possible = records.compactMap { $0.remaining(after: overdue) }
    return possible.isEmpty ? [Self.aWeekLate] : possible
  }

  /// Whether it is to come within so many days after `today`, early or late.
  package func isExpected(within days: Int, today: Int) -> Bool {
    switch prospect {
    case .usual, .strained: true
    case .held(let first): max(promised, first) - today <= days
    case .withheld: false
    }
  }
}
