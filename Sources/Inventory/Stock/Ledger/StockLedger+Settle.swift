import Storage

extension StockLedger {
  /// Restates the later counts, moves the balances by the movements of new entries, and refuses what would leave any
  /// day below zero.
  ///
  /// - Parameters:
  ///   - entries: written in this transaction and not settled yet.
  ///   - reported: whether they are a centre's report, which makes its figures known up to their day.
  ///   - stamp: who records them and when.
  ///   - connection: the transaction.
  /// - Throws: `StockError.insufficient`.
  ///
  /// Cost: one pass over the movements; where a centre has entries of later days also one over those later
  /// movements of the lots that moved, and no others.
  static func settle(
    _ entries: [LedgerEntry.ID],
    reported: Bool = false,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    guard !entries.isEmpty else { return }
    let entries = entries + (try restateCounts(after: entries, by: stamp, in: connection))
    try refusingShortfalls(of: entries, in: connection) {
      try move(balancesOf: entries, reported: reported, in: connection)
    }
    try StockMark.move(to: entries, in: connection)
    guard try hasLaterEntries(than: entries, in: connection) else { return }
    let shortfalls = try Shortfall.later(after: entries, in: connection)
    guard shortfalls.isEmpty else { throw StockError.insufficient(shortfalls) }
  }

  /// Moves balances, and names what is missing where the CHECK on them refuses.
  static func refusingShortfalls(
    of entries: [LedgerEntry.ID],
    in connection: any Connection,
    _ move: () throws -> Void
  ) throws {
    do {
      try connection.savepoint(move)
    } catch let error as DatabaseError {
      guard case .constraint = error else { throw error }
      let shortfalls = try Shortfall.now(after: entries, in: connection)
      throw shortfalls.isEmpty ? error : StockError.insufficient(shortfalls)
    }
  }

  /// What the entries change, lot by lot.
  ///
  /// The signs keep SQLite from grouping by the index on lots, which would read all that a centre ever moved.
  static func changes(by entries: [LedgerEntry.ID]) -> SQL {
    """
    SELECT centre_id, item_id, lot_id, CAST(SUM(quantity) AS BIGINT) AS change,
      MIN(day) AS first_day, MAX(day) AS last_day
    FROM (
      SELECT m.centre_id, +m.item_id AS item_id, +m.lot_id AS lot_id, m.quantity, m.day
      FROM stock_entry e JOIN stock_movement m ON m.centre_id = e.centre_id AND m.entry_id = e.id
      WHERE e.id IN (\(entries.sql))
    ) moved
    GROUP BY centre_id, item_id, lot_id
    """
  }

  private static func move(
    balancesOf entries: [LedgerEntry.ID],
    reported: Bool,
    in connection: any Connection
  ) throws(DatabaseError) {
    // The new balance is computed before it is offered: a row that is offered must pass the CHECK even where it
    // would only update another.
    let reportedDay: SQL = reported ? "c.last_day" : "NULL"
    try connection.execute(
      """
      INSERT INTO stock_balance (centre_id, item_id, lot_id, quantity, last_day, reported_day)
      SELECT c.centre_id, c.item_id, c.lot_id, COALESCE(b.quantity, 0) + c.change,
        CASE WHEN b.last_day > c.last_day THEN b.last_day ELSE c.last_day END,
        CASE WHEN b.reported_day > c.last_day THEN b.reported_day ELSE COALESCE(\(reportedDay), b.reported_day) END
      FROM (\(changes(by: entries))) c
      LEFT JOIN stock_balance b
        ON b.centre_id = c.centre_id AND b.item_id = c.item_id AND b.lot_id = c.lot_id
      WHERE true
      ON CONFLICT (centre_id, item_id, lot_id) DO UPDATE SET quantity = excluded.quantity,
        last_day = excluded.last_day, reported_day = excluded.reported_day
      """
    )
  }

  static func hasLaterEntries(
    than entries: [LedgerEntry.ID],
    in connection: any Connection
  ) throws -> Bool {
    try !connection.query(
      """
      SELECT 1 FROM stock_entry e WHERE e.id IN (\(entries.sql)) AND EXISTS (
        SELECT 1 FROM stock_entry later WHERE later.centre_id = e.centre_id AND later.day > e.day)
      LIMIT 1
      """
    ).isEmpty
  }
}
