import Storage

extension OpenReport {
  /// The lines with their lots and with what the book says of these, as `line`. The book is the balance where nothing
  /// of a later day is recorded and nothing reversed; else `unsettled` are the report's entry, and the reversals of the
  /// one that it corrects.
  func lines(unsettled: [LedgerEntry.ID]? = nil) -> SQL {
    let book: SQL =
      if let unsettled {
        "COALESCE(b.quantity, 0) + \(sinceTheDay(unsettled: unsettled))"
      } else {
        "COALESCE(b.quantity, 0)"
      }
    return """
      line AS MATERIALIZED (
        SELECT l.line, l.item_id, t.id AS lot_id, l.counted, l.received, l.used, l.lost, l.adjusted,
          COALESCE(l.received, 0) - COALESCE(l.used, 0) - COALESCE(l.lost, 0) + COALESCE(l.adjusted, 0) AS flow,
          \(book) AS book, b.last_day
        FROM stock_report_line l JOIN lot t ON t.item_id = l.item_id AND t.number = l.lot_number
        LEFT JOIN stock_balance b
          ON b.centre_id = \(entry.centre) AND b.item_id = l.item_id AND b.lot_id = t.id
        WHERE l.report_id = \(id)
      )
      """
  }

  /// What came in and went out on the day, and what a count finds beside the book: the difference to the balance at the
  /// end of the day before this entry, and what the same line says came in and went out. A use of nothing is written
  /// too, and a count that agrees: it is known that nothing was used, and that the book is right.
  func movements(of columns: Set<ReportLine.Amounts.Column>, where condition: SQL = "true") -> SQL {
    let amounts: [(ReportLine.Amounts.Column, reason: MovementReason, quantity: SQL, isSaid: SQL)] = [
      (.received, .receipt, "received", "received > 0"),
      (.used, .use, "-used", "used IS NOT NULL"),
      (.lost, .loss, "-lost", "lost > 0"),
      (.adjusted, .adjustment, "adjusted", "adjusted <> 0"),
      (.counted, .count, "counted - book - flow", "counted IS NOT NULL"),
    ]
    let moved = amounts.filter { columns.contains($0.0) }.map { _, reason, quantity, isSaid -> SQL in
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

  /// Writes the movements and moves the balances by the lines themselves, where nothing of a later day is recorded of
  /// their lots: a count is the new balance, and without one it is the old balance and the flows. This is the sum of the
  /// movements, without reading and adding them up again; each lot stands on one line.
  ///
  /// That nothing is recorded is seen in the rows that are about to change, and asked of no other: to look for entries of
  /// later days would be in the way of everyone who adds one.
  /// - Returns: whether it was so; else nothing was written.
  /// - Throws: `StockError.insufficient`.
  func settleLatest(_ contents: ReportContents, in connection: any Connection) throws -> Bool {
    let isLatest: SQL = "NOT EXISTS (SELECT 1 FROM line later WHERE later.last_day > \(entry.day))"
    let moved = movements(of: contents.columns, where: isLatest)
    guard !contents.countsEveryLine else {
      // A count is never below zero: no balance will be.
      let balances = balances("counted", where: isLatest)
      return try !connection.query([moved, "\(balances) RETURNING 1"], reading: lines()).isEmpty
    }
    guard try !connection.query(["\(moved) RETURNING 1"], reading: lines()).isEmpty else { return false }
    try StockLedger.refusingShortfalls(of: [id], in: connection) {
      try connection.query([balances("COALESCE(counted, book + flow)", where: "true")], reading: lines())
    }
    return true
  }

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

  /// From the balance of today to that at the end of the report's day: without what later days moved, and with the
  /// reversal that no balance knows yet.
  private func sinceTheDay(unsettled: [LedgerEntry.ID]) -> SQL {
    let reversals = unsettled.filter { $0 != id }
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
}
