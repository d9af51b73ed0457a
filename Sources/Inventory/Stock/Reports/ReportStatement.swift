import Storage

/// A report as one statement, for an engine that changes several tables in one.
extension ReportBatch.Part {
  var entry: LedgerEntry {
    LedgerEntry(centre: centre, day: report.day, document: "report \(report.key)")
  }

  /// The log in which it is entered.
  var chain: AuditChain { .centre(report.centre.rawValue) }

  /// Writes the head, and returns a row where there was none under its key.
  func headInsertion(id: SQL, digest: String, corrects: LedgerEntry.ID? = nil) -> SQL {
    """
    INSERT INTO stock_report (id, centre_id, report_key, origin, digest, lines, corrects)
    VALUES (\(id), \(centre), \(report.key), \(report.origin), \(digest), \(contents.lines),
      \(corrects))
    ON CONFLICT (centre_id, report_key) DO NOTHING RETURNING id
    """
  }

  /// Writes entry, head, lines and new lots, and the movements and balances as `ReportMovements.latest` has them: the
  /// lines go to the server once, and their lots and balances are looked up once.
  ///
  /// It returns the entry's number, how many lines were written, which is none where there was a report under its key, and
  /// whether movements were, in this order: two lines of one lot are refused before their balance is moved twice.
  func statement(lines: ReportLines, digest: String, by stamp: Stamp) throws -> SQL {
    let amounts = ReportLine.Amounts.Column.allCases.filter(contents.columns.contains)
    let others = ReportLine.Amounts.Column.allCases.filter { !contents.columns.contains($0) }.map(\.rawValue)
    let columns = ReportLine.columns(expiry: contents.namesExpiry, amounts)
    let unsaid = (contents.namesExpiry ? [] : ["expiry"]) + others
    let sent = try SQL.rows(of: columns) { writer in
      try lines { try $0.write(to: writer, expiry: contents.namesExpiry, amounts) }
    }
    let movements = ReportMovements(entry: entry, id: "(SELECT id FROM entry)", contents: contents)
    let line = movements.lines(
      from: """
        known l LEFT JOIN added n ON l.lot_id IS NULL AND n.item_id = l.item_id AND n.number = l.lot_number
        """,
      lot: "COALESCE(l.lot_id, n.id)"
    )
    let names = SQL(stringLiteral: columns.joined(separator: ", "))
    let nulls = SQL(stringLiteral: unsaid.map { ", CAST(NULL AS BIGINT) AS \($0)" }.joined())
    let latest = movements.latest
    let moved = SQL(joining: latest.dropLast().map { "moved AS (\($0)), " }, by: "")
    return """
      WITH entry AS (\(entry.insertion(by: stamp))),
        head AS (\(headInsertion(id: "(SELECT id FROM entry)", digest: digest))),
        sent AS MATERIALIZED (SELECT r.*\(nulls) FROM \(sent)),
        written AS (INSERT INTO stock_report_line (report_id, \(names)) SELECT head.id, \(names) FROM head, sent
          RETURNING 1),
        known AS MATERIALIZED (SELECT s.*, t.id AS lot_id
          FROM sent s LEFT JOIN lot t ON t.item_id = s.item_id AND t.number = s.lot_number),
        added AS (INSERT INTO lot (item_id, number, expiry)
          SELECT item_id, lot_number, expiry FROM known WHERE lot_id IS NULL
          ON CONFLICT (item_id, number) DO NOTHING RETURNING id, item_id, number),
        \(line), \(moved)settled AS (\(latest[latest.count - 1]))
      SELECT id, (SELECT COUNT(*) FROM written), (SELECT COUNT(*) FROM settled) FROM entry
      """
  }
}

extension ReportLine {
  /// The columns in which a line is stored: what it names, and the amounts that are asked for.
  static func columns(expiry: Bool, _ amounts: [Amounts.Column]) -> [String] {
    ["item_id", "lot_number", "line"] + (expiry ? ["expiry"] : []) + amounts.map(\.rawValue)
  }

  /// Writes the values of these columns, and ends the row.
  func write(to writer: any RowWriter, expiry named: Bool, _ written: [Amounts.Column]) throws {
    writer.value(item)
    writer.text(lot)
    writer.integer(Int64(line))
    if named { writer.value(expiry) }
    for column in written { writer.value(amounts[column]) }
    try writer.endRow()
  }
}
