package import Inventory
package import Planning
package import Storage

/// The rule by which a delivery that comes short is shared among the centres that wait for it. An order's own rule
/// comes before that of its lot; where neither has one, what came is shared in proportion to what each waits for.
package struct SharingRule: Equatable, Sendable, Codable {
  package var rule: AllocationRule
  /// Why this rule.
  package var reason: String
  package var scope: Scope

  package enum Scope: String, Equatable, Sendable, Codable { case order, lot }

  package init(rule: AllocationRule, reason: String, scope: Scope) {
    self.rule = rule
    self.reason = reason
    self.scope = scope
  }
}

extension SharingRule {
  /// The rule that holds for an order; nil where none was chosen.
  package static func holding(
    for number: PurchaseOrder.Number,
    in connection: any Connection
  ) throws -> SharingRule? {
    let rows = try connection.query(
      """
      SELECT s.rule, s.reason, 0 AS rank FROM order_sharing s JOIN purchase_order o ON o.id = s.order_id
      WHERE o.number = \(number)
      UNION ALL
      SELECT s.rule, s.reason, 1 AS rank FROM lot_sharing s JOIN purchase_order o ON o.lot_id = s.lot_id
      WHERE o.number = \(number) ORDER BY rank
      """
    )
    guard let row = rows.first else { return nil }
    let (rule, reason, rank) = try row.decode(as: String.self, String.self, Int64.self)
    return AllocationRule(rawValue: rule).map {
      SharingRule(rule: $0, reason: reason, scope: rank == 0 ? .order : .lot)
    }
  }

  /// Chooses the rule for one order.
  package static func choose(
    _ rule: AllocationRule,
    for number: PurchaseOrder.Number,
    because reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    guard !reason.allSatisfy(\.isWhitespace) else { throw AllocationError.reasonMissing("choose a rule for") }
    let order = try PurchaseOrder.header(number, in: connection)
    let before = try holding(for: number, in: connection)
    try connection.execute(
      """
      INSERT INTO order_sharing (order_id, rule, reason, actor, recorded_at)
      VALUES (\(order.id), \(rule.rawValue), \(reason), \(stamp.actor), \(stamp.at))
      ON CONFLICT (order_id) DO UPDATE SET rule = excluded.rule, reason = excluded.reason,
        actor = excluded.actor, recorded_at = excluded.recorded_at
      """
    )
    try record(
      "order \(number)",
      before: before,
      .init(rule: rule, reason: reason, scope: .order),
      stamp,
      connection
    )
  }

  /// Chooses the rule for all orders under a lot that have none of their own.
  package static func choose(
    _ rule: AllocationRule,
    for agreement: Agreement.Reference,
    lot number: Int64,
    because reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    guard !reason.allSatisfy(\.isWhitespace) else { throw AllocationError.reasonMissing("choose a rule for") }
    let lot = try Agreement.find(agreement, in: connection).lot(number)
    try connection.execute(
      """
      INSERT INTO lot_sharing (lot_id, rule, reason, actor, recorded_at)
      VALUES (\(lot.id), \(rule.rawValue), \(reason), \(stamp.actor), \(stamp.at))
      ON CONFLICT (lot_id) DO UPDATE SET rule = excluded.rule, reason = excluded.reason,
        actor = excluded.actor, recorded_at = excluded.recorded_at
      """
    )
    let chosen = SharingRule(rule: rule, reason: reason, scope: .lot)
    try record("agreement \(agreement) lot \(number)", before: nil, chosen, stamp, connection)
  }

  private static func record(
    _ subject: String,
    before: SharingRule?,
    _ after: SharingRule,
    _ stamp: Stamp,
    _ connection: any Connection
  ) throws {
    try Audit.record(
      "allocation.rule",
      subject: subject,
      before: before,
      after: after,
      by: stamp,
      in: connection
    )
  }
}
