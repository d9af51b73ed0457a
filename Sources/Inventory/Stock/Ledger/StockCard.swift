package import Storage

/// A line of a stock card: a movement and the balance after it.
package struct StockCardLine: Equatable, Sendable, Codable {
  package var day: Day
  package var lot: String
  package var reason: MovementReason
  package var quantity: Quantity
  /// Of the item, all lots together.
  package var balance: Quantity
  package var document: String?
  package var isReversal: Bool
  package var actor: String
  package var recorded: Instant
}

extension StockCardLine {
  /// The card of an item at a centre, in the order in which the ledger understands it: by day, what comes in before
  /// what goes out, then as recorded. Cost: one pass over the item's movements.
  package static func card(
    centre: Centre.Code,
    item: Item.SKU,
    from first: Day? = nil,
    in connection: any Connection
  ) throws -> [StockCardLine] {
    let place = try Centre.find(centre, in: connection).id
    let thing = try Item.find(item, in: connection).id
    var balance = Quantity.zero
    var card: [StockCardLine] = []
    try connection.forEach(
      """
      SELECT m.day, l.number, m.reason, m.quantity, e.document, e.reverses, e.actor, e.recorded_at
      FROM stock_movement m JOIN stock_entry e ON e.id = m.entry_id JOIN lot l ON l.id = m.lot_id
      WHERE m.centre_id = \(place) AND m.item_id = \(thing)
      ORDER BY m.day, CASE WHEN m.quantity > 0 THEN 0 ELSE 1 END, e.id, m.line, m.reason
      """
    ) { row in
      let (day, lot, reason, quantity, document, reverses, actor, recorded) = try row.decode(
        as: Day.self,
        String.self,
        MovementReason.self,
        Quantity.self,
        String?.self,
        Int64?.self,
        String.self,
        Instant.self
      )
      balance = balance + quantity
      guard first.map({ day >= $0 }) ?? true else { return }
      let line = StockCardLine(
        day: day,
        lot: lot,
        reason: reason,
        quantity: quantity,
        balance: balance,
        document: document,
        isReversal: reverses != nil,
        actor: actor,
        recorded: recorded
      )
      card.append(line)
    }
    return card
  }
}
