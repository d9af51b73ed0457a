package import Storage

extension StockLedger {
  /// Reverses everything that a document did to the stock of a centre, or of every centre.
  /// - Parameters:
  ///   - document: as given when it was posted.
  ///   - centre: nil for every centre.
  ///   - stamp: who reverses it and when; the reversal happens on the day of what it reverses.
  ///   - connection: the transaction.
  /// - Throws: `StockError.nothingToReverse` where it did nothing or was reversed before, and
  ///   `StockError.insufficient` where what it brought in is used already.
  package static func reverse(
    document: String,
    centre: Centre.ID? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let filter: SQL = centre.map { "AND e.centre_id = \($0)" } ?? ""
    let entries = try connection.query(
      """
      SELECT e.id FROM stock_entry e WHERE e.document = \(document) AND e.reverses IS NULL \(filter)
        AND NOT EXISTS (SELECT 1 FROM stock_entry r WHERE r.reverses = e.id)
      ORDER BY e.id
      """
    ).map { try $0.decode(as: LedgerEntry.ID.self) }
    guard !entries.isEmpty else { throw StockError.nothingToReverse(document: document) }
    let reversals = try entries.flatMap { try writeReversals(of: $0, by: stamp, in: connection) }
    try settle(reversals, by: stamp, in: connection)
  }

  /// Writes the entries that undo another and those that restate its counts; the caller settles them.
  static func writeReversals(
    of entry: LedgerEntry.ID,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> [LedgerEntry.ID] {
    let restating = try connection.query(
      """
      SELECT e.id FROM stock_entry e WHERE e.restates = \(entry)
        AND NOT EXISTS (SELECT 1 FROM stock_entry r WHERE r.reverses = e.id)
      ORDER BY e.id
      """
    ).map { try $0.decode(as: LedgerEntry.ID.self) }
    return try ([entry] + restating).map { try writeReversal(of: $0, by: stamp, in: connection) }
  }

  /// Writes the entry that undoes another, movement by movement.
  private static func writeReversal(
    of entry: LedgerEntry.ID,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> LedgerEntry.ID {
    let rows = try connection.query("SELECT centre_id, day, document FROM stock_entry WHERE id = \(entry)")
    guard let row = rows.first else { throw DatabaseError.narrow(columns: 0, expected: 3) }
    let (centre, day, document) = try row.decode(as: Centre.ID.self, Day.self, String?.self)
    let reversal = try LedgerEntry(centre: centre, day: day, document: document, reverses: entry)
      .open(by: stamp, in: connection)
    try connection.execute(
      """
      INSERT INTO stock_movement (centre_id, entry_id, line, reason, item_id, lot_id, day, quantity)
      SELECT m.centre_id, e.id, m.line, m.reason, m.item_id, m.lot_id, m.day, -m.quantity
      FROM stock_entry e
      JOIN stock_movement m ON m.centre_id = e.centre_id AND m.entry_id = e.reverses
      WHERE e.id = \(reversal)
      """
    )
    return reversal
  }
}
