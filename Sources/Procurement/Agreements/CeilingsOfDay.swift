package import Inventory
package import Storage

extension Agreement {
  /// The agreements with what was committed of each ceiling at the end of a day: what is committed now without what
  /// was drawn, or given back, since.
  package static func all(asOf day: Day, in connection: any Connection) throws -> [Agreement] {
    let since = try connection.query(
      """
      SELECT lot_id, CAST(SUM(value) AS BIGINT), CAST(SUM(quantity) AS BIGINT) FROM ceiling_move
      WHERE at >= \(Instant(day + 1)) GROUP BY lot_id
      """
    ).reduce(into: [AgreementLot.ID: Ceiling.Draw]()) { draws, row in
      let (lot, value, quantity) = try row.decode(as: AgreementLot.ID.self, Money.self, Quantity.self)
      draws[lot] = Ceiling.Draw(value: value, quantity: quantity)
    }
    return try all(in: connection).map { agreement in
      var agreement = agreement
      for (index, lot) in agreement.lots.enumerated() {
        guard let draw = since[lot.id] else { continue }
        agreement.lots[index].ceiling = lot.ceiling.drawing(.nothing - draw)
      }
      return agreement
    }
  }
}
