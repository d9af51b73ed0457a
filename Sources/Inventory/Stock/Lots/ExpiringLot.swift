package import Storage

/// A lot on hand at a centre that is or will be out of date.
package struct ExpiringLot: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var item: Item.SKU
  package var lot: String
  package var expiry: Day
  package var quantity: Quantity
  package var isHeld: Bool

  /// Everything on hand that expires on or before a day, the first to expire first.
  package static func all(
    until day: Day,
    today: Day,
    filter: StockPosition.Filter = .init(),
    in connection: any Connection
  ) throws -> [ExpiringLot] {
    try connection.query(
      """
      SELECT c.code, i.sku, l.number, l.expiry, b.quantity,
        CASE WHEN \(LotHold.isHeld(on: today)) THEN 1 ELSE 0 END
      FROM stock_balance b JOIN lot l ON l.id = b.lot_id
      JOIN centre c ON c.id = b.centre_id JOIN item i ON i.id = b.item_id
      WHERE b.quantity > 0 AND l.expiry <= \(day) \(filter.sql("b.centre_id", "b.item_id"))
      ORDER BY l.expiry, c.code, i.sku, l.number
      """
    ).map { row in
      let (centre, item, lot, expiry, quantity, held) = try row.decode(
        as: Centre.Code.self,
        Item.SKU.self,
        String.self,
        Day.self,
        Quantity.self,
        Int64.self
      )
      return ExpiringLot(
        centre: centre,
        item: item,
        lot: lot,
        expiry: expiry,
        quantity: quantity,
        isHeld: held == 1
      )
    }
  }
}
