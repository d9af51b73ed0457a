import Storage

extension OpenReport {
  /// The lines with their lots, as `l`, `t` and the entry `e`.
  private var lines: SQL {
    """
    stock_entry e JOIN stock_report_line l ON l.report_id = e.id
    JOIN lot t ON t.item_id = l.item_id AND t.number = l.lot_number
    """
  }

  /// What a line says came in and went out.
  private static let flows: SQL = """
    COALESCE(l.received, 0) - COALESCE(l.used, 0) - COALESCE(l.lost, 0) + COALESCE(l.adjusted, 0)
    """

  /// What came in and went out on the day. A use of nothing is written too: it is known that nothing was used.
  func writeFlows(
    of columns: Set<ReportLine.Amounts.Column>,
    in connection: any Connection
  ) throws(DatabaseError) {
    let flows: [(ReportLine.Amounts.Column, reason: MovementReason, quantity: SQL, condition: SQL)] = [
      (.received, .receipt, "l.received", "l.received > 0"),
      (.used, .use, "-l.used", "l.used IS NOT NULL"),
      (.lost, .loss, "-l.lost", "l.lost > 0"),
      (.adjusted, .adjustment, "l.adjusted", "l.adjusted <> 0"),
    ]
    for (column, reason, quantity, condition) in flows where columns.contains(column) {
      try connection.execute(
        """
        INSERT INTO stock_movement (centre_id, entry_id, line, reason, item_id, lot_id, day, quantity)
        SELECT e.centre_id, e.id, l.line, \(reason), l.item_id, t.id, e.day, \(quantity)
        FROM \(lines) WHERE e.id = \(id) AND \(condition)
        """
      )
    }
  }

  /// What a count finds is the difference to the book: the balance at the end of the day before this entry, and what
  /// the same line says came in and went out. A count that agrees is written too, as a movement of nothing.
  func writeCounts(
    unsettled: [LedgerEntry.ID],
    isLatest: Bool,
    in connection: any Connection
  ) throws(DatabaseError) {
    let book: SQL =
      isLatest
      ? "COALESCE(b.quantity, 0)"
      : "COALESCE(b.quantity, 0) + \(sinceTheDay(unsettled: unsettled))"
    try connection.execute(
      """
      INSERT INTO stock_movement (centre_id, entry_id, line, reason, item_id, lot_id, day, quantity)
      SELECT e.centre_id, e.id, l.line, 'count', l.item_id, t.id, e.day, l.counted - (\(book)) - (\(Self.flows))
      FROM \(lines)
      LEFT JOIN stock_balance b
        ON b.centre_id = e.centre_id AND b.item_id = l.item_id AND b.lot_id = t.id
      WHERE e.id = \(id) AND l.counted IS NOT NULL
      """
    )
  }

  /// Moves the balances by the lines themselves, where nothing of a later day is recorded: a count is the new balance,
  /// and without one it is the old balance and the flows. This is the sum of the movements just written, without
  /// reading and adding them up again; each lot stands on one line.
  /// - Throws: `StockError.insufficient`.
  func moveBalances(countsEveryLine: Bool, in connection: any Connection) throws {
    let (balance, known): (SQL, SQL) =
      countsEveryLine
      ? ("l.counted", "")
      : (
        "COALESCE(l.counted, COALESCE(b.quantity, 0) + \(Self.flows))",
        """
        LEFT JOIN stock_balance b
          ON b.centre_id = e.centre_id AND b.item_id = l.item_id AND b.lot_id = t.id
        """
      )
    try StockLedger.refusingShortfalls(of: [id], in: connection) {
      try connection.execute(
        """
        INSERT INTO stock_balance (centre_id, item_id, lot_id, quantity, last_day, reported_day)
        SELECT e.centre_id, l.item_id, t.id, \(balance), e.day, e.day
        FROM \(lines) \(known)
        WHERE e.id = \(id) AND (l.counted IS NOT NULL OR l.used IS NOT NULL OR l.received > 0 OR l.lost > 0
          OR l.adjusted <> 0)
        ON CONFLICT (centre_id, item_id, lot_id) DO UPDATE SET quantity = excluded.quantity,
          last_day = excluded.last_day, reported_day = excluded.reported_day
        """
      )
    }
  }

  /// From the balance of today to that at the end of the report's day: without what later days moved, and with the
  /// reversal that no balance knows yet.
  private func sinceTheDay(unsettled: [LedgerEntry.ID]) -> SQL {
    let reversals = unsettled.filter { $0 != id }
    let moved: SQL = """
      SELECT CAST(SUM(m.quantity) AS BIGINT) FROM stock_movement m
      WHERE m.centre_id = e.centre_id AND m.item_id = l.item_id AND m.lot_id = t.id
      """
    if reversals.isEmpty { return "-COALESCE((\(moved) AND m.day > e.day), 0)" }
    return """
      COALESCE((\(moved) AND m.day <= e.day AND m.entry_id IN (\(reversals.sql))), 0)
      - COALESCE((\(moved) AND m.day > e.day AND m.entry_id NOT IN (\(reversals.sql))), 0)
      """
  }
}
