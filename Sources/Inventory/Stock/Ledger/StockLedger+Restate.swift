import Storage

extension StockLedger {
  /// Keeps counts true when something that happened before them is recorded after them.
  ///
  /// A count of 50 says that 50 were there, whatever the book says later of the days before. So what an entry changes
  /// before a count that stands is taken out of that count's difference again: a movement with the reason `count`,
  /// on the count's day, in an entry that restates the counting one. Nothing is changed, and the balance after the
  /// count stays what was counted.
  ///
  /// - Parameters:
  ///   - entries: written in this transaction and not settled yet.
  ///   - stamp: who records them and when.
  ///   - connection: the transaction.
  /// - Throws: the database's errors.
  /// - Returns: the restating entries, to be settled with the others.
  ///
  /// Cost: one look at the later movements of the lots that moved, and only where the centre has later entries.
  static func restateCounts(
    after entries: [LedgerEntry.ID],
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> [LedgerEntry.ID] {
    guard try hasLaterEntries(than: entries, in: connection) else { return [] }
    return try restated(by: entries, in: connection).map { restated in
      let id = try restated.entry.open(by: stamp, in: connection)
      try write(restated.movements, of: id, in: connection)
      return id
    }
  }

  /// The condition that movement `k` of entry `c` is a count that nothing has undone.
  static let isStandingCount: SQL = """
    k.reason = 'count' AND c.reverses IS NULL AND c.restates IS NULL
    AND NOT EXISTS (SELECT 1 FROM stock_entry r WHERE r.reverses = c.id)
    """

  private struct Restated {
    var entry: LedgerEntry
    var movements: [Posting]
  }

  /// For each lot that moved, the first count of a later day that stands, and what moved before it.
  private static func restated(
    by entries: [LedgerEntry.ID],
    in connection: any Connection
  ) throws -> [Restated] {
    var result: [Restated] = []
    try connection.forEach(
      """
      SELECT centre_id, count_entry, count_day, item_id, lot_id, CAST(-SUM(quantity) AS BIGINT) FROM (
        SELECT m.centre_id, m.item_id, m.lot_id, m.quantity, k.entry_id AS count_entry, k.day AS count_day,
          ROW_NUMBER() OVER (
            PARTITION BY m.centre_id, m.entry_id, m.line, m.reason ORDER BY k.day, k.entry_id) AS place
        FROM stock_entry e
        JOIN stock_movement m ON m.centre_id = e.centre_id AND m.entry_id = e.id
        JOIN stock_movement k ON k.centre_id = m.centre_id AND k.item_id = m.item_id AND k.lot_id = m.lot_id
          AND k.day > m.day AND k.entry_id NOT IN (\(entries.sql))
        JOIN stock_entry c ON c.id = k.entry_id
        WHERE e.id IN (\(entries.sql)) AND \(isStandingCount)
      ) later
      WHERE place = 1
      GROUP BY centre_id, count_entry, count_day, item_id, lot_id HAVING SUM(quantity) <> 0
      ORDER BY count_entry, item_id, lot_id
      """
    ) { row in
      let (centre, count, day, item, lot, quantity) = try row.decode(
        as: Centre.ID.self,
        LedgerEntry.ID.self,
        Day.self,
        Item.ID.self,
        Lot.ID.self,
        Quantity.self
      )
      if result.last?.entry.restates != count {
        result.append(Restated(entry: LedgerEntry(centre: centre, day: day, restates: count), movements: []))
      }
      let movement = Posting(
        centre: centre,
        item: item,
        lot: lot,
        day: day,
        quantity: quantity,
        reason: .count
      )
      result[result.count - 1].movements.append(movement)
    }
    return result
  }
}
