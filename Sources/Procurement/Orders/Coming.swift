package import Inventory
package import Storage

/// Base units of an item that a centre still waits for.
package struct Coming: Equatable, Sendable {
  package var centre: Centre.Code
  package var item: Item.SKU
  package var quantity: Quantity

  /// What approved orders and agreed transfers still bring, by centre and item.
  package static func all(in connection: any Connection) throws -> [Coming] {
    try connection.query(
      """
      SELECT c.code, i.sku, CAST(SUM(w.quantity) AS BIGINT) FROM (
        SELECT s.centre_id, l.item_id, s.packs * l.pack_units - COALESCE((
          SELECT SUM(r.accepted) FROM receipt_line r
          WHERE r.order_id = s.order_id AND r.line = s.line AND r.centre_id = s.centre_id), 0) AS quantity
        FROM purchase_order o JOIN order_line l ON l.order_id = o.id
        JOIN order_share s ON s.order_id = l.order_id AND s.line = l.line
        WHERE o.state IN ('approved', 'sent', 'acknowledged', 'partly_received')
        UNION ALL
        SELECT to_id, item_id, quantity FROM transfer WHERE state IN ('agreed', 'sent')
      ) w JOIN centre c ON c.id = w.centre_id JOIN item i ON i.id = w.item_id
      WHERE w.quantity > 0 GROUP BY c.code, i.sku ORDER BY c.code, i.sku
      """
    ).map { row in
      let (centre, item, quantity) = try row.decode(as: Centre.Code.self, Item.SKU.self, Quantity.self)
      return Coming(centre: centre, item: item, quantity: quantity)
    }
  }
}
