package import Storage

/// What is there of a lot.
package struct LotStock: Equatable, Sendable, Codable {
  package var lot: Lot
  package var quantity: Quantity

  package init(lot: Lot, quantity: Quantity) {
    self.lot = lot
    self.quantity = quantity
  }
}

extension LotStock {
  /// What can be taken of each lot on a day: in date and not held on it, and not used between it and the next count.
  /// The first to expire comes first, lots that never expire last.
  package static func usable(
    item: Item.ID,
    centre: Centre.ID,
    on day: Day,
    in connection: any Connection
  ) throws -> [LotStock] {
    let later = try changes(of: item, at: centre, after: day, in: connection)
    return try connection.query(
      """
      SELECT l.id, l.number, l.expiry, b.quantity FROM stock_balance b JOIN lot l ON l.id = b.lot_id
      WHERE b.centre_id = \(centre) AND b.item_id = \(item)
        AND (l.expiry IS NULL OR l.expiry >= \(day)) AND NOT \(LotHold.isHeld(on: day))
      ORDER BY l.expiry NULLS LAST, l.id
      """
    ).compactMap { row in
      let (id, number, expiry, quantity) = try row.decode(
        as: Lot.ID.self,
        String.self,
        Day?.self,
        Quantity.self
      )
      let lot = Lot(id: id, item: item, number: number, expiry: expiry)
      let lowest = lowest(from: quantity, back: later[id] ?? [])
      return lowest > .zero ? LotStock(lot: lot, quantity: lowest) : nil
    }
  }

  /// What a lot moved on a later day, and whether that day precedes the next count, which settles what came before.
  struct LaterDay: Equatable {
    var change: Quantity
    var precedesCount: Bool
  }

  /// The lowest balance at the end of a day or of a later one before the next count, walking back from the balance
  /// of today.
  static func lowest(from balance: Quantity, back days: [LaterDay]) -> Quantity {
    var ended = balance
    var lowest: Quantity?
    for day in days {
      if day.precedesCount { lowest = min(lowest ?? ended, ended) }
      ended = ended - day.change
    }
    return min(lowest ?? ended, ended)
  }

  /// The change of each later day, lot by lot, the latest day first.
  private static func changes(
    of item: Item.ID,
    at centre: Centre.ID,
    after day: Day,
    in connection: any Connection
  ) throws -> [Lot.ID: [LaterDay]] {
    let rows = try connection.query(
      """
      SELECT m.lot_id, CAST(SUM(m.quantity) AS BIGINT),
        CASE WHEN EXISTS (SELECT 1 FROM stock_movement k JOIN stock_entry c ON c.id = k.entry_id
          WHERE k.centre_id = \(centre) AND k.item_id = \(item) AND k.lot_id = m.lot_id
          AND k.day > \(day) AND k.day <= m.day AND \(StockLedger.isStandingCount))
        THEN 0 ELSE 1 END
      FROM stock_movement m
      WHERE m.centre_id = \(centre) AND m.item_id = \(item) AND m.day > \(day)
      GROUP BY m.lot_id, m.day ORDER BY m.lot_id, m.day DESC
      """
    )
    return try rows.reduce(into: [:]) { changes, row in
      let (lot, change, precedes) = try row.decode(as: Lot.ID.self, Quantity.self, Int64.self)
      changes[lot, default: []].append(LaterDay(change: change, precedesCount: precedes == 1))
    }
  }
}
