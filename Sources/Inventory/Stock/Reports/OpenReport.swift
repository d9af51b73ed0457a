import Storage

/// A report that is being taken: its head is written, its lines follow, and then its movements.
struct OpenReport {
  let id: LedgerEntry.ID
  let entry: LedgerEntry
  private let part: ReportBatch.Part
  /// The reversals of the report that this one corrects, not settled yet.
  private let reversals: [LedgerEntry.ID]
  /// Whether its lines, new lots and movements are written too, as far as nothing of a later day is recorded of the lots;
  /// nil where none of them are.
  private let areMoved: Bool?
  private let digest: String

  /// That a report was taken before, or corrects another, and the transaction did not look.
  struct IsKnown: Error {}

  /// Writes the head of a report of which nothing is known yet, without looking for it: to look for what is not there
  /// would be in the way of everyone who adds a report.
  /// - Throws: `IsKnown` where it was taken before or corrects another.
  init(new part: ReportBatch.Part, by stamp: Stamp, in connection: any Connection) throws {
    guard part.report.corrects == nil else { throw IsKnown() }
    (reversals, areMoved, digest) = ([], nil, part.contents.fingerprint)
    entry = part.entry
    id = try entry.open(by: stamp, in: connection)
    self.part = part
    guard try writeHead(corrects: nil, in: connection) else { throw IsKnown() }
  }

  /// The same with lines, lots and movements, in one statement, which travels with the question for the log's head.
  /// - Throws: `IsKnown` where it was taken before or corrects another.
  init(
    whole part: ReportBatch.Part,
    lines: ReportLines,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    guard part.report.corrects == nil else { throw IsKnown() }
    let digest = part.contents.fingerprint
    let statement = try part.statement(lines: lines, digest: digest, by: stamp)
    try connection.askAhead([AuditEntry.headQuery(of: part.chain), statement])
    guard let row = try connection.query(statement).first else {
      throw DatabaseError.narrow(columns: 0, expected: 1)
    }
    let (id, written, settled) = try row.decode(as: LedgerEntry.ID.self, Int64.self, Int64.self)
    guard written > 0 else { throw IsKnown() }
    (self.id, self.part, entry, reversals, self.digest) = (id, part, part.entry, [], digest)
    areMoved = settled > 0
  }

  /// Writes the head; nil where the same report was taken before.
  /// - Throws: `StockError.reportDiffers` where another report was taken under its key.
  init?(
    opening part: ReportBatch.Part,
    lines: ReportLines,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    if let taken = try TakenReport(part.centre, key: part.report.key, in: connection) {
      try taken.refuseDifferences(from: part, lines: lines, in: connection)
      return nil
    }
    let corrected = try part.report.corrects.map { key in
      try TakenReport.correctable(part, key: key, in: connection)
    }
    reversals =
      try corrected.map { try StockLedger.writeReversals(of: $0.id, by: stamp, in: connection) } ?? []
    (areMoved, digest) = (nil, part.contents.fingerprint)
    entry = part.entry
    id = try entry.open(by: stamp, in: connection)
    self.part = part
    // What was not seen above and is there now, this transaction cannot see yet: the engine makes it run again.
    _ = try writeHead(corrects: corrected?.id, in: connection)
  }

  /// Whether there was none under this key.
  private func writeHead(corrects: LedgerEntry.ID?, in connection: any Connection) throws(DatabaseError)
    -> Bool
  {
    try !connection.query(part.headInsertion(id: "\(id)", digest: digest, corrects: corrects)).isEmpty
  }

  /// Makes lots and movements of the lines, moves the balances, and writes the log.
  func settle(by stamp: Stamp, in connection: any Connection) throws {
    if areMoved == nil { try addLots(in: connection) }
    if part.contents.namesExpiry { try learnExpiries(in: connection) }
    let statements = ReportMovements(entry: entry, id: "\(id)", contents: part.contents)
    if try reversals.isEmpty && settleLatest(statements, in: connection) {
      try StockMark.move(entry.centre, to: id, in: connection)
    } else {
      let counts = part.contents.columns.contains(.counted)
      let lines = statements.storedLines(unsettled: counts ? reversals : nil)
      try connection.query([statements.movements()], reading: lines)
      try StockLedger.settle(reversals + [id], reported: true, by: stamp, in: connection)
    }
    try Audit.record(
      part.report.corrects == nil ? "stock.report" : "stock.correct",
      subject: "report \(part.report.centre)/\(part.report.key)",
      chain: part.chain,
      after: Logged(report: part.report, lines: part.contents.lines, digest: digest),
      by: stamp,
      in: connection
    )
    try connection.notify("reports", part.report.centre.rawValue)
  }

  /// Writes the movements, unless they are, and moves the balances, where nothing of a later day is recorded of the lots.
  /// - Returns: whether it was so; else none of them are written.
  /// - Throws: `StockError.insufficient`.
  private func settleLatest(_ statements: ReportMovements, in connection: any Connection) throws -> Bool {
    let lines = statements.storedLines()
    guard try areMoved ?? !connection.query(statements.latest, reading: lines).isEmpty else { return false }
    guard !part.contents.countsEveryLine else { return true }
    try StockLedger.refusingShortfalls(of: [id], in: connection) {
      try connection.query([statements.balances], reading: lines)
    }
    return true
  }

  private struct Logged: Codable {
    var report: StockReport
    var lines: Int64
    var digest: String
  }
}

extension OpenReport {
  private func addLots(in connection: any Connection) throws {
    try connection.send(
      """
      INSERT INTO lot (item_id, number, expiry)
      SELECT l.item_id, l.lot_number, l.expiry FROM stock_report_line l
      WHERE l.report_id = \(id) AND NOT EXISTS (
        SELECT 1 FROM lot t WHERE t.item_id = l.item_id AND t.number = l.lot_number)
      ON CONFLICT (item_id, number) DO NOTHING
      """
    )
  }

  private func learnExpiries(in connection: any Connection) throws {
    let learned = try connection.query(
      """
      UPDATE lot SET expiry = (SELECT l.expiry FROM stock_report_line l
        WHERE l.report_id = \(id) AND l.item_id = lot.item_id AND l.lot_number = lot.number)
      WHERE expiry IS NULL AND EXISTS (SELECT 1 FROM stock_report_line l
        WHERE l.report_id = \(id) AND l.item_id = lot.item_id AND l.lot_number = lot.number
        AND l.expiry IS NOT NULL)
      RETURNING 1
      """
    )
    if !learned.isEmpty { try StockMark.moveForEverybody(in: connection) }
    try refuseOtherExpiries(in: connection)
  }

  private func refuseOtherExpiries(in connection: any Connection) throws {
    let differing = try connection.query(
      """
      SELECT l.line, l.expiry, t.expiry, i.sku, l.lot_number FROM stock_report_line l
      JOIN lot t ON t.item_id = l.item_id AND t.number = l.lot_number
      JOIN item i ON i.id = l.item_id
      WHERE l.report_id = \(id) AND l.expiry <> t.expiry
      ORDER BY l.line LIMIT \(Int64(ReportCheck.shownFindings))
      """
    ).map { row in
      let (line, given, known, sku, number) = try row.decode(
        as: Int64.self,
        Day.self,
        Day.self,
        Item.SKU.self,
        String.self
      )
      return Finding(
        line: Int(line),
        field: "expiry",
        found: given.description,
        expected: "\(known), the known expiry of lot \(number) of \(sku)"
      )
    }
    guard differing.isEmpty else { throw StockError.reportInvalid(differing, more: 0) }
  }
}
