package import Storage

/// A report as it was taken: what it said of each lot, and what that did to the stock.
package struct ReportRecord: Equatable, Sendable {
  package var centre: Centre.Code
  package var key: String
  package var day: Day
  package var origin: StockReport.Origin
  /// The key of the report that this one stands in for.
  package var corrects: String?
  /// The key of the report that stands in for this one.
  package var correctedBy: String?
  package var received: Instant
  package var actor: String
  /// All of them, also where fewer are in `lines`.
  package var lineCount: Int64
  package var lines: [Line]

  package struct Line: Equatable, Sendable {
    /// Where it stood in what was sent, from 1.
    package var number: Int64
    package var item: Item.SKU
    package var lot: String
    package var expiry: Day?
    package var amounts: ReportLine.Amounts
    /// What the count found beside the book; nil where nothing was counted.
    package var correction: Quantity?
    /// Of the lot, at the end of the report's day, as it is known now.
    package var balance: Quantity
  }
}

extension ReportRecord {
  /// - Parameters:
  ///   - centre: whose report.
  ///   - key: its own name for it.
  ///   - most: how many lines are read, the first first.
  ///   - connection: the snapshot.
  /// - Returns: the report with its lines.
  /// - Throws: `StockError.noSuchReport`.
  package static func find(
    _ centre: Centre.Code,
    key: String,
    most: Int64 = 200,
    in connection: any Connection
  ) throws -> ReportRecord {
    let rows = try connection.query(
      """
      SELECT r.id, e.day, r.origin, o.report_key, n.report_key, e.recorded_at, e.actor, r.lines
      FROM stock_report r JOIN stock_entry e ON e.id = r.id JOIN centre c ON c.id = r.centre_id
      LEFT JOIN stock_report o ON o.id = r.corrects LEFT JOIN stock_report n ON n.corrects = r.id
      WHERE c.code = \(centre) AND r.report_key = \(key)
      """
    )
    guard let row = rows.first else { throw StockError.noSuchReport(centre: centre, key: key) }
    let (id, day, origin, corrects, correctedBy, received, actor, count) = try row.decode(
      as: LedgerEntry.ID.self,
      Day.self,
      StockReport.Origin.self,
      String?.self,
      String?.self,
      Instant.self,
      String.self,
      Int64.self
    )
    return ReportRecord(
      centre: centre,
      key: key,
      day: day,
      origin: origin,
      corrects: corrects,
      correctedBy: correctedBy,
      received: received,
      actor: actor,
      lineCount: count,
      lines: try lines(of: id, most: most, in: connection)
    )
  }

  private static func lines(
    of report: LedgerEntry.ID,
    most: Int64,
    in connection: any Connection
  ) throws -> [Line] {
    try connection.query(
      """
      SELECT l.line, i.sku, l.lot_number, t.expiry, l.counted, l.received, l.used, l.lost, l.adjusted,
        (SELECT CAST(SUM(m.quantity) AS BIGINT) FROM stock_movement m
          WHERE m.centre_id = e.centre_id AND m.entry_id = e.id AND m.line = l.line AND m.reason = 'count'),
        COALESCE((SELECT CAST(SUM(m.quantity) AS BIGINT) FROM stock_movement m
          WHERE m.centre_id = e.centre_id AND m.item_id = l.item_id AND m.lot_id = t.id AND m.day <= e.day), 0)
      FROM stock_entry e JOIN stock_report_line l ON l.report_id = e.id JOIN item i ON i.id = l.item_id
      JOIN lot t ON t.item_id = l.item_id AND t.number = l.lot_number
      WHERE e.id = \(report) ORDER BY l.line LIMIT \(most)
      """
    ).map(Line.init(row:))
  }
}

extension ReportRecord.Line {
  fileprivate init(row: Row) throws {
    let (number, item, lot, expiry, counted, received, used, lost, adjusted, correction, balance) =
      try row.decode(
        as: Int64.self,
        Item.SKU.self,
        String.self,
        Day?.self,
        Quantity?.self,
        Quantity?.self,
        Quantity?.self,
        Quantity?.self,
        Quantity?.self,
        Quantity?.self,
        Quantity.self
      )
    self.init(
      number: number,
      item: item,
      lot: lot,
      expiry: expiry,
      amounts: ReportLine.Amounts(
        counted: counted,
        received: received,
        used: used,
        lost: lost,
        adjusted: adjusted
      ),
      correction: correction,
      balance: balance
    )
  }
}
