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
  /// A report older than this is stale, and told so.
  package var staleDays: Int64
  package var source: String
}

extension AlertPolicy {
  /// The severity of a position; nil where nothing is short, or where no use is known to be short of.
  ///
  /// A centre below its reorder point is watched even where its days of cover are above the limit. While an alert stands,
  /// its severity only goes down once the cover is `clearDays` above the limit.
  package func severity(of evidence: ShortageEvidence, standing: Severity? = nil) -> Severity? {
    if evidence.usable == .zero && evidence.isUsed { return .stockOut }
    guard let cover = evidence.coverDays else { return nil }
    if let standing, let still = level(cover - clearDays), still >= standing { return standing }
    if let found = level(cover) { return found }
    return evidence.usable < evidence.reorderPoint ? .watch : nil
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

  package var isUsed: Bool { (used ?? .zero) > .zero }

  /// Whole days that the usable stock lasts at the mean use: usable × days ÷ used, rounded down; nil where no use is
  /// known, which is not the same as no shortage.
  package var coverDays: Int64? {
    guard let used, used > .zero else { return nil }
    return Int64(clamping: Int128(usable.units) * Int128(observedDays) / Int128(used.units))
  }

  /// One line that a buyer can check by hand.
  package var sentence: String {
    let cover = coverDays.map { "\($0) days of cover" } ?? "cover unknown"
    let use = used.map { "\($0) used in \(observedDays) days" } ?? "no use reported"
    let age = reportedOn.map { "report of \($0)\(isStale ? ", stale" : "")" } ?? "never reported"
    return "\(cover): \(usable) usable, \(use), reorder point \(reorderPoint), \(coming) coming; \(age)"
  }
}
