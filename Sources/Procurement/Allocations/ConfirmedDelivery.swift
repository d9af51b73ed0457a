package import Inventory
package import Storage

/// What a supplier still owes on an order's line, and what of it a decision promised already.
package struct ConfirmedDelivery: Equatable, Sendable {
  package var order: PurchaseOrder.Number
  package var orderID: PurchaseOrder.ID
  package var line: Int64
  /// The day that the supplier gave; nil where it gave none.
  package var expectedOn: Day?
  package var packUnits: Quantity
  package var outstanding: Quantity
  package var promised: Quantity

  /// Base units that nobody was promised yet.
  package var open: Quantity { max(.zero, outstanding - promised) }
}

extension ConfirmedDelivery {
  /// The lines of orders that are with their suppliers and still bring some of an item, the first expected first.
  package static func all(of item: Item.SKU, in connection: any Connection) throws -> [ConfirmedDelivery] {
    try connection.query(
      """
      SELECT o.number, o.id, l.line, o.expected_on, l.pack_units,
        l.packs * l.pack_units - COALESCE((SELECT CAST(SUM(r.accepted) AS BIGINT) FROM receipt_line r
          WHERE r.order_id = l.order_id AND r.line = l.line), 0),
        COALESCE((SELECT CAST(SUM(s.quantity - s.received) AS BIGINT) FROM allocation_delivery d
          JOIN allocation a ON a.id = d.allocation_id AND a.state = 'decided'
          JOIN allocation_share s ON s.allocation_id = d.allocation_id AND s.delivery = d.number
          WHERE d.order_id = l.order_id AND d.line = l.line), 0)
      FROM purchase_order o JOIN order_line l ON l.order_id = o.id JOIN item i ON i.id = l.item_id
      WHERE i.sku = \(item) AND o.state IN ('sent', 'acknowledged', 'partly_received')
      ORDER BY o.expected_on NULLS LAST, o.number
      """
    ).map { row in
      let (order, id, line, expectedOn, packUnits, outstanding, promised) = try row.decode(
        as: PurchaseOrder.Number.self,
        PurchaseOrder.ID.self,
        Int64.self,
        Day?.self,
        Quantity.self,
        Quantity.self,
        Quantity.self
      )
      return ConfirmedDelivery(
        order: order,
        orderID: id,
        line: line,
        expectedOn: expectedOn,
        packUnits: packUnits,
        outstanding: outstanding,
        promised: promised
      )
    }.filter { $0.outstanding > .zero }
  }

  /// Keeps two decisions on one order apart: the second waits for the first, or is tried again after it.
  func claim(in connection: any Connection) throws {
    try connection.execute("UPDATE purchase_order SET state = state WHERE id = \(orderID)")
  }
}
