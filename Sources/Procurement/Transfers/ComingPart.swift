package import Inventory
package import Storage

/// Base units of an item that a centre still waits for, by the order or the transfer that brings them.
package struct ComingPart: Equatable, Sendable {
  package enum Source: String, Sendable, Storable { case order, transfer }

  package var source: Source
  /// The number of the order or transfer.
  package var number: String
  package var centre: Centre.Code
  /// The day that the supplier gave, or the day after a transfer left; nil where nobody said.
  package var day: Day?
  package var quantity: Quantity
}

extension ComingPart {
  /// What orders with their suppliers and transfers bring, proposed ones too, the first expected first.
  package static func all(of item: Item.ID, in connection: any Connection) throws -> [ComingPart] {
    try connection.query(
      """
      SELECT w.source, w.number, c.code, w.day, CAST(SUM(w.quantity) AS BIGINT) FROM (
        SELECT 'order' AS source, o.number, s.centre_id, o.expected_on AS day,
          s.packs * l.pack_units - COALESCE((
            SELECT SUM(r.accepted) FROM receipt_line r
            WHERE r.order_id = s.order_id AND r.line = s.line AND r.centre_id = s.centre_id), 0) AS quantity
        FROM purchase_order o JOIN order_line l ON l.order_id = o.id
        JOIN order_share s ON s.order_id = l.order_id AND s.line = l.line
        WHERE o.state IN ('sent', 'acknowledged', 'partly_received') AND l.item_id = \(item)
        UNION ALL
        SELECT 'transfer', number, to_id, sent_on + 1, quantity FROM transfer
        WHERE state IN ('proposed', 'agreed', 'sent') AND item_id = \(item)
      ) w JOIN centre c ON c.id = w.centre_id
      WHERE w.quantity > 0 GROUP BY w.source, w.number, c.code, w.day
      ORDER BY w.day NULLS LAST, c.code, w.number
      """
    ).map { row in
      let (source, number, centre, day, quantity) = try row.decode(
        as: Source.self,
        String.self,
        Centre.Code.self,
        Day?.self,
        Quantity.self
      )
      return ComingPart(source: source, number: number, centre: centre, day: day, quantity: quantity)
    }
  }
}
