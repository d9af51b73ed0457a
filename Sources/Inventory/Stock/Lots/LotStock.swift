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
  /// What can be taken of each lot on a day: in date and not held on it, and not used on a later day. The first to
  /// expire comes first, lots that never expire last.
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
      WHERE b.centre_id = \(centre) AND b.item_id = \(item) AND b.quantity > 0
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

  /// The lowest balance at the end of a day or of any later one, walking back from the balance of today.
  static func lowest(from balance: Quantity, back changes: [Quantity]) -> Quantity {
    var ended = balance
    return changes.reduce(balance) { lowest, change in
      ended = ended - change
      return min(lowest, ended)
    }
  }

  /// The change of each later day, lot by lot, the latest day first.
  private static func changes(
    of item: Item.ID,
    at centre: Centre.ID,
    after day: Day,
    in connection: any Connection
  ) throws -> [Lot.ID: [Quantity]] {
    let rows = try connection.query(
      """
      SELECT lot_id, CAST(SUM(quantity) AS BIGINT) FROM stock_movement
      WHERE centre_id = \(centre) AND item_id = \(item) AND day > \(day)
      GROUP BY lot_id, day ORDER BY lot_id, day DESC
      """
    )
    return try rows.reduce(into: [:]) { changes, row in
      let (lot, change) = try row.decode(as: Lot.ID.self, Quantity.self)
      changes[lot, default: []].append(change)
    }
  }
}
