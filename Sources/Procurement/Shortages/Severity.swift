package import Inventory

/// How near a shortage is, by days of cover; each step has its own limit in the policy.
package enum Severity: String, CaseIterable, Codable, Sendable {
  case watch, alert, critical
  case stockOut = "stock_out"

  private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
}

extension Severity: Comparable {
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// The limits by which a shortage is judged, by criticality of the item: data, editable, with a source.
package struct AlertPolicy: Equatable, Sendable, Codable {
  package var criticality: Item.Criticality
  /// Below so many days of cover.
  package var watchDays: Int64
  package var alertDays: Int64
  package var criticalDays: Int64
  /// Cover must pass a limit by so many days before the severity goes down: no alert comes and goes every day.
  package var clearDays: Int64
  /// Days for which it must have been in order at every look before its alert ends.
  package var quietDays: Int64
  /// A report older than this is stale, and told so.
  package var staleDays: Int64
  package var source: String
}

extension AlertPolicy {
  /// The severity of a position; nil where nothing is short, or where no use is known to be short of.
  ///
  /// A centre below its reorder point is watched even where its days of cover are above the limit. What stands goes up at
  /// once, goes down only as far as it would with `clearDays` of cover less, and stays while no use is known: a centre that
  /// falls silent, or has had nothing to use for a month, is not out of danger.
  package func severity(of evidence: ShortageEvidence, standing: Severity? = nil) -> Severity? {
    guard evidence.used != nil else { return standing }
    let found = level(of: evidence)
    guard let standing, (found ?? .watch) <= standing else { return found }
    var careful = evidence
    careful.usable = max(.zero, evidence.usable - evidence.units(in: clearDays))
    // Whether anything is left is a fact, not a limit: a delivery ends a stock-out whatever its size.
    if evidence.usable > .zero, careful.usable == .zero { return min(standing, .critical) }
    return level(of: careful).map { min(standing, $0) }
  }

  private func level(of evidence: ShortageEvidence) -> Severity? {
    guard let cover = evidence.coverDays else { return nil }
    if evidence.usable == .zero { return .stockOut }
    return level(cover) ?? (evidence.usable < evidence.reorderPoint ? .watch : nil)
  }

  private func level(_ days: Int64) -> Severity? {
    if days < criticalDays { return .critical }
    if days < alertDays { return .alert }
    return days < watchDays ? .watch : nil
  }
}

/// What an alert rests on: every figure it was computed from, and how old they are.
package struct ShortageEvidence: Equatable, Sendable, Codable {
  /// Base units that can be used: not held, not expired.
  package var usable: Quantity
  /// Base units that confirmed orders and transfers still bring.
  package var coming: Quantity
  /// Base units used in the days that were observed; nil where no use was ever reported.
  package var used: Quantity?
  package var observedDays: Int64
  package var reorderPoint: Quantity
  /// The day of the centre's last report; nil where it never reported.
  package var reportedOn: Day?
  package var isStale: Bool
  /// What a plan run says; nil where the position was judged by days of cover. The use is then the one expected.
  package var outlook: ShortageOutlook?

  /// The mean use of a number of days, rounded up; zero where none is known.
  func units(in days: Int64) -> Quantity {
    guard let used, observedDays > 0 else { return .zero }
    return Quantity(Rounding.up.divide(used.units * days, by: observedDays))
  }

  /// Whole days that the usable stock lasts at the mean use: usable × days ÷ used, rounded down; nil where no use is
  /// known, which is not the same as no shortage.
  package var coverDays: Int64? {
    guard let used, used > .zero else { return nil }
    return Int64(clamping: Int128(usable.units) * Int128(observedDays) / Int128(used.units))
  }

  /// One line that a buyer can check by hand.
  package var sentence: String {
    if let outlook { return outlook.sentence(of: self) }
    let cover = coverDays.map { "\($0) days of cover" } ?? "cover unknown"
    let use = used.map { "\($0) used in \(observedDays) days" } ?? "no use reported"
    let age = reportedOn.map { "report of \($0)\(isStale ? ", stale" : "")" } ?? "never reported"
    return "\(cover): \(usable) usable, \(use), reorder point \(reorderPoint), \(coming) coming; \(age)"
  }
}
