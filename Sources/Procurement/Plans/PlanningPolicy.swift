package import Inventory
package import Storage

/// What the network wants of an item's stock, by criticality: data, editable, with a source.
package struct PlanningPolicy: Equatable, Sendable, Codable {
  package var criticality: Item.Criticality
  /// The probability of not running out before an order arrives, in thousandths.
  package var servicePermille: Int64
  /// Days between two looks at the stock, and days of use that one order brings.
  package var reviewDays: Int64
  package var cycleDays: Int64
  /// The probability of running out, in thousandths, from which a position is watched: before a delivery that is ordered
  /// only at the next review.
  package var watchPermille: Int64
  /// From which it is an alert, and critical: before a delivery that is ordered today.
  package var alertPermille: Int64
  package var criticalPermille: Int64
  /// A position is in order again at or below this one.
  package var clearPermille: Int64
  /// Days for which it must have been in order at every look before its alert ends.
  package var quietDays: Int64
  /// Days after which an alert that nobody answered is passed on.
  package var escalateDays: Int64
  package var source: String
}

extension PlanningPolicy {
  private static let columns: SQL = """
    criticality, service_permille, review_days, cycle_days, watch_permille, alert_permille, critical_permille,
    clear_permille, quiet_days, escalate_days, source
    """

  private init(row: Row) throws(DatabaseError) {
    (
      criticality, servicePermille, reviewDays, cycleDays, watchPermille, alertPermille, criticalPermille,
      clearPermille, quietDays, escalateDays, source
    ) = try row.decode(
      as: Item.Criticality.self,
      Int64.self,
      Int64.self,
      Int64.self,
      Int64.self,
      Int64.self,
      Int64.self,
      Int64.self,
      Int64.self,
      Int64.self,
      String.self
    )
  }

  package static func all(in connection: any Connection) throws -> [Item.Criticality: PlanningPolicy] {
    let rows = try connection.query("SELECT \(columns) FROM planning_policy ORDER BY criticality")
    return try rows.reduce(into: [:]) { policies, row in
      let policy = try PlanningPolicy(row: row)
      policies[policy.criticality] = policy
    }
  }

  /// Changes a policy; the change is logged with what it was.
  package func set(by stamp: Stamp, in connection: any Connection) throws {
    let found = findings
    guard found.isEmpty else { throw PlanError.invalid(found) }
    let before = try Self.all(in: connection)[criticality]
    guard before != self else { return }
    try connection.execute(
      """
      UPDATE planning_policy SET service_permille = \(servicePermille), review_days = \(reviewDays),
        cycle_days = \(cycleDays), watch_permille = \(watchPermille), alert_permille = \(alertPermille),
        critical_permille = \(criticalPermille), clear_permille = \(clearPermille),
        quiet_days = \(quietDays), escalate_days = \(escalateDays), source = \(source)
      WHERE criticality = \(criticality)
      """
    )
    try Audit.record(
      "planning.policy",
      subject: "planning policy \(criticality.rawValue)",
      before: before,
      after: self,
      by: stamp,
      in: connection
    )
  }

  private var findings: [Finding] {
    func outside(_ field: String, _ value: Int64, _ range: ClosedRange<Int64>) -> Finding? {
      range.contains(value)
        ? nil
        : Finding(field: field, found: "\(value)", expected: "\(range.lowerBound) to \(range.upperBound)")
    }
    // What is itself out of its range sets no bound to the others.
    let (clear, alert) = (min(998, max(0, clearPermille)), min(998, max(0, alertPermille)))
    let ranges = [
      outside("service", servicePermille, 500...999), outside("review days", reviewDays, 0...365),
      outside("cycle days", cycleDays, 0...365), outside("clear", clearPermille, 0...998),
      outside("watch", watchPermille, (clear + 1)...1000),
      outside("alert", alertPermille, (clear + 1)...999),
      outside("critical", criticalPermille, (alert + 1)...1000),
      outside("quiet days", quietDays, 0...365), outside("escalate days", escalateDays, 1...365),
    ]
    let missing = source.isEmpty ? Finding(field: "source", found: "", expected: "who decided it") : nil
    return (ranges + [missing]).compactMap(\.self)
  }
}
