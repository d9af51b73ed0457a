import Storage

/// A lot of which a centre would have less than nothing.
package struct Shortfall: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var item: Item.SKU
  /// Empty for stock without a lot.
  package var lot: String
  /// The first day that would end below zero; nil where the balance as a whole would.
  package var day: Day?
  /// How many base units are missing, positive.
  package var missing: Quantity
}

extension Shortfall: CustomStringConvertible {
  package var description: String {
    let lot = lot.isEmpty ? "" : ", lot \(lot)"
    let time = day.map { " on \($0)" } ?? ""
    return "\(centre), \(item)\(lot): \(missing) missing\(time)"
  }
}

extension Shortfall {
  /// At most so many are told of; the first are enough to act on.
  private static let limit: Int64 = 1_000

  /// The balances that the movements of `entries`, not yet settled, would put below zero.
  static func now(after entries: [LedgerEntry.ID], in connection: any Connection) throws -> [Shortfall] {
    try found(
      """
      SELECT c.centre_id, c.item_id, c.lot_id, NULL AS day, -(COALESCE(b.quantity, 0) + c.change) AS missing
      FROM (\(StockLedger.changes(by: entries))) c
      LEFT JOIN stock_balance b
        ON b.centre_id = c.centre_id AND b.item_id = c.item_id AND b.lot_id = c.lot_id
      WHERE COALESCE(b.quantity, 0) + c.change < 0
      """,
      in: connection
    )
  }

  /// The lots that `entries`, settled now, leave below zero at the end of a day before their last.
  ///
  /// Walks back from the balance over the movements since the first changed day: what a day ended with is the
  /// balance without all that came after it.
  static func later(after entries: [LedgerEntry.ID], in connection: any Connection) throws -> [Shortfall] {
    try found(
      """
      SELECT centre_id, item_id, lot_id, MIN(day) AS day, CAST(-MIN(ended) AS BIGINT) AS missing FROM (
        SELECT d.centre_id, d.item_id, d.lot_id, d.day, d.quantity - COALESCE(SUM(d.change) OVER (
          PARTITION BY d.centre_id, d.item_id, d.lot_id ORDER BY d.day DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS ended
        FROM (
          SELECT m.centre_id, m.item_id, m.lot_id, m.day, b.quantity, SUM(m.quantity) AS change
          FROM (\(StockLedger.changes(by: entries))) c
          JOIN stock_balance b
            ON b.centre_id = c.centre_id AND b.item_id = c.item_id AND b.lot_id = c.lot_id
          JOIN stock_movement m
            ON m.centre_id = c.centre_id AND m.item_id = c.item_id AND m.lot_id = c.lot_id
            AND m.day >= c.first_day
          WHERE b.last_day > c.first_day
          GROUP BY m.centre_id, m.item_id, m.lot_id, m.day, b.quantity
        ) d
      ) ends
      WHERE ended < 0 GROUP BY centre_id, item_id, lot_id
      """,
      in: connection
    )
  }

  private static func found(_ shortfalls: SQL, in connection: any Connection) throws -> [Shortfall] {
    try connection.query(
      """
      SELECT c.code, i.sku, l.number, s.day, s.missing
      FROM (\(shortfalls)) s
      JOIN centre c ON c.id = s.centre_id
      JOIN item i ON i.id = s.item_id
      JOIN lot l ON l.id = s.lot_id
      ORDER BY c.code, i.sku, l.number LIMIT \(limit)
      """
    ).map { row in
      let (centre, item, lot, day, missing) = try row.decode(
        as: Centre.Code.self,
        Item.SKU.self,
        String.self,
        Day?.self,
        Quantity.self
      )
      return Shortfall(centre: centre, item: item, lot: lot, day: day, missing: missing)
    }
  }
}
