import Storage

/// The statements that turn a report's lines into movements and balances.
struct ReportMovements {
  let entry: LedgerEntry
  /// The number of the report's entry, or a query for it.
  let id: SQL
  let contents: ReportContents

  /// The lines that are stored, with their lots and with what the book says of these, as `line`. The book is the balance
  /// where nothing of a later day is recorded and nothing reversed; else `reversals` are those of the report that this
  /// one corrects, not settled yet.
  func storedLines(unsettled reversals: [LedgerEntry.ID]? = nil) -> SQL {
    let balance: SQL = "COALESCE(b.quantity, 0)"
    return lines(
      from: "stock_report_line l JOIN lot t ON t.item_id = l.item_id AND t.number = l.lot_number",
      lot: "t.id",
      book: reversals.map { "\(balance) + \(sinceTheDay($0))" } ?? balance,
      where: "l.report_id = \(id)"
    )
  }

  /// The same for lines from elsewhere, called `l`.
  func lines(
    from source: SQL,
    lot: SQL,
    book: SQL = "COALESCE(b.quantity, 0)",
    where condition: SQL = "true"
  ) -> SQL {
    """
    line AS MATERIALIZED (
      SELECT l.line, l.item_id, \(lot) AS lot_id, l.counted, l.received, l.used, l.lost, l.adjusted,
        COALESCE(l.received, 0) - COALESCE(l.used, 0) - COALESCE(l.lost, 0) + COALESCE(l.adjusted, 0) AS flow,
        \(book) AS book, b.last_day
      FROM \(source)
      LEFT JOIN stock_balance b
        ON b.centre_id = \(entry.centre) AND b.item_id = l.item_id AND b.lot_id = \(lot)
      WHERE \(condition)
    )
    """
  }

  /// From the balance of today to that at the end of the report's day: without what later days moved, and with the
  /// reversals that no balance knows yet.
  private func sinceTheDay(_ reversals: [LedgerEntry.ID]) -> SQL {
    let moved: SQL = """
      SELECT CAST(SUM(m.quantity) AS BIGINT) FROM stock_movement m
      WHERE m.centre_id = \(entry.centre) AND m.item_id = l.item_id AND m.lot_id = t.id
      """
    if reversals.isEmpty { return "-COALESCE((\(moved) AND m.day > \(entry.day)), 0)" }
    return """
      COALESCE((\(moved) AND m.day <= \(entry.day) AND m.entry_id IN (\(reversals.sql))), 0)
      - COALESCE((\(moved) AND m.day > \(entry.day) AND m.entry_id NOT IN (\(reversals.sql))), 0)
      """
  }

  /// What came in and went out on the day, and what a count finds beside the book: the difference to the balance at the
  /// end of the day before this entry, and what the same line says came in and went out. A use of nothing is written
  /// too, and a count that agrees: it is known that nothing was used, and that the book is right.
  func movements(where condition: SQL = "true") -> SQL {
    let amounts: [(ReportLine.Amounts.Column, reason: MovementReason, quantity: SQL, isSaid: SQL)] = [
      (.received, .receipt, "received", "received > 0"),
      (.used, .use, "-used", "used IS NOT NULL"),
      (.lost, .loss, "-lost", "lost > 0"),
      (.adjusted, .adjustment, "adjusted", "adjusted <> 0"),
      (.counted, .count, "counted - book - flow", "counted IS NOT NULL"),
    ]
    let moved = amounts.filter { contents.columns.contains($0.0) }.map { _, reason, quantity, isSaid -> SQL in
      """
      SELECT CAST(\(entry.centre) AS BIGINT), CAST(\(id) AS BIGINT), line, \(reason), item_id, lot_id,
        CAST(\(entry.day) AS BIGINT), \(quantity) FROM line WHERE \(isSaid) AND \(condition)
      """
    }
    return """
      INSERT INTO stock_movement (centre_id, entry_id, line, reason, item_id, lot_id, day, quantity)
      \(SQL(joining: moved, by: " UNION ALL "))
      """
  }

  /// The movements where nothing of a later day is recorded of the lines' lots, and nothing else; with them the balances
  /// where every line is counted: a count is never below zero, and so no balance will be. The last returns a row only
  /// where it was so.
  ///
  /// That nothing is recorded is seen in the rows that are about to change, and asked of no other: to look for entries of
  /// later days would be in the way of everyone who adds one.
  var latest: [SQL] {
    let isLatest: SQL = "NOT EXISTS (SELECT 1 FROM line later WHERE later.last_day > \(entry.day))"
    let moved = movements(where: isLatest)
    guard contents.countsEveryLine else { return ["\(moved) RETURNING 1"] }
    return [moved, "\(balances("counted", where: isLatest)) RETURNING 1"]
  }

  /// Moves the balances by the lines themselves: a count is the new balance, and without one it is the old balance and
  /// the flows. This is the sum of the movements, without reading and adding them up again; each lot stands on one line.
  var balances: SQL { balances("COALESCE(counted, book + flow)", where: "true") }

  private func balances(_ quantity: SQL, where condition: SQL) -> SQL {
    """
    INSERT INTO stock_balance (centre_id, item_id, lot_id, quantity, last_day, reported_day)
    SELECT CAST(\(entry.centre) AS BIGINT), item_id, lot_id, \(quantity), CAST(\(entry.day) AS BIGINT),
      CAST(\(entry.day) AS BIGINT)
    FROM line
    WHERE (counted IS NOT NULL OR used IS NOT NULL OR received > 0 OR lost > 0 OR adjusted <> 0) AND \(condition)
    ON CONFLICT (centre_id, item_id, lot_id) DO UPDATE SET quantity = excluded.quantity,
      last_day = excluded.last_day, reported_day = excluded.reported_day
    """
  }
}
