import Inventory
import Planning
import Storage

/// What a decision gives a centre of an order's line, as far as it has not come in.
struct Promise: Equatable, Sendable {
  var decision: AllocationDecision.ID
  var key: String
  var rule: AllocationRule
  var delivery: Int64
  var line: Int64
  var centreID: Centre.ID
  var centre: Centre.Code
  var outstanding: Quantity
  var isReserve: Bool
  /// What of the floor that the decision guarantees has not come in.
  var floor: Quantity
}

extension Promise {
  /// The open promises on an order, the oldest decision first.
  static func open(of order: PurchaseOrder.ID, in connection: any Connection) throws -> [Promise] {
    try connection.query(
      """
      SELECT a.id, a.key, a.rule, d.number, d.line, s.centre_id, c.code, s.quantity - s.received, s.is_reserve,
        COALESCE(l.floor, 0) - COALESCE((SELECT CAST(SUM(x.received) AS BIGINT) FROM allocation_share x
          WHERE x.allocation_id = a.id AND x.centre_id = s.centre_id AND x.is_reserve = 0), 0)
      FROM allocation_delivery d JOIN allocation a ON a.id = d.allocation_id
      JOIN allocation_share s ON s.allocation_id = d.allocation_id AND s.delivery = d.number
      JOIN centre c ON c.id = s.centre_id
      LEFT JOIN allocation_line l ON l.allocation_id = a.id AND l.centre_id = s.centre_id
      WHERE d.order_id = \(order) AND a.state = 'decided' AND s.received < s.quantity
      ORDER BY a.id, d.number, s.is_reserve, c.code
      """
    ).compactMap { row in
      let (decision, key, rule, delivery, line, id, centre, outstanding, isReserve, floor) = try row.decode(
        as: AllocationDecision.ID.self,
        String.self,
        String.self,
        Int64.self,
        Int64.self,
        Centre.ID.self,
        Centre.Code.self,
        Quantity.self,
        Int64.self,
        Quantity.self
      )
      return AllocationRule(rawValue: rule).map { rule in
        Promise(
          decision: decision,
          key: key,
          rule: rule,
          delivery: delivery,
          line: line,
          centreID: id,
          centre: centre,
          outstanding: outstanding,
          isReserve: isReserve == 1,
          floor: max(.zero, floor)
        )
      }
    }
  }

  /// Notes that some of it came in.
  func keep(_ quantity: Quantity, in connection: any Connection) throws {
    try connection.execute(
      """
      UPDATE allocation_share SET received = received + \(quantity)
      WHERE allocation_id = \(decision) AND delivery = \(delivery) AND centre_id = \(centreID)
        AND is_reserve = \(isReserve ? Int64(1) : 0)
      """
    )
  }
}
