package import Storage

/// Where a lot is and went at one centre: what a recall asks of it, and whether it is done.
package struct LotTrace: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var onHand: Quantity
  package var received: Quantity
  /// Used up, lost or sent on: out of reach of a recall.
  package var gone: Quantity
  /// Taken out of the stock because of a recall.
  package var withdrawn: Quantity
  package var isHeld: Bool

  /// Nothing of it is left in the stock.
  package var isDone: Bool { onHand == .zero }
}

extension Lot {
  /// Every centre that has or had the lot, by code.
  package func trace(on day: Day, in connection: any Connection) throws -> [LotTrace] {
    try connection.query(
      """
      SELECT c.code, b.quantity,
        CAST(COALESCE(SUM(CASE WHEN m.reason IN ('receipt', 'transfer_in') THEN m.quantity END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN m.reason IN ('use', 'loss', 'transfer_out') THEN -m.quantity END), 0)
          AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN m.reason = 'recall' THEN -m.quantity END), 0) AS BIGINT),
        MAX(CASE WHEN \(LotHold.isHeld(on: day)) THEN 1 ELSE 0 END)
      FROM stock_balance b JOIN lot l ON l.id = b.lot_id JOIN centre c ON c.id = b.centre_id
      JOIN stock_movement m ON m.centre_id = b.centre_id AND m.item_id = b.item_id AND m.lot_id = b.lot_id
      WHERE b.item_id = \(item) AND b.lot_id = \(id)
      GROUP BY c.code, b.quantity ORDER BY c.code
      """
    ).map { row in
      let (centre, onHand, received, gone, withdrawn, held) = try row.decode(
        as: Centre.Code.self,
        Quantity.self,
        Quantity.self,
        Quantity.self,
        Quantity.self,
        Int64.self
      )
      return LotTrace(
        centre: centre,
        onHand: onHand,
        received: received,
        gone: gone,
        withdrawn: withdrawn,
        isHeld: held == 1
      )
    }
  }
}
