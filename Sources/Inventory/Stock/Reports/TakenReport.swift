import Storage

/// Gives the lines of one report.
typealias ReportLines = (_ body: (ReportLine) throws -> Void) throws -> Void

/// A report that was taken before.
struct TakenReport {
  let id: LedgerEntry.ID
  private let key: String
  private let day: Day
  private let receivedAt: Instant
  private let digest: String
  private let correctedKey: String?
  private let correction: String?

  /// Nil where the centre sent no report with this key.
  init?(_ centre: Centre.ID, key: String, in connection: any Connection) throws {
    let rows = try connection.query(
      """
      SELECT r.id, e.day, e.recorded_at, r.digest,
        (SELECT o.report_key FROM stock_report o WHERE o.id = r.corrects),
        (SELECT n.report_key FROM stock_report n WHERE n.corrects = r.id)
      FROM stock_report r JOIN stock_entry e ON e.id = r.id
      WHERE r.centre_id = \(centre) AND r.report_key = \(key)
      """
    )
    guard let row = rows.first else { return nil }
    (id, day, receivedAt, digest, correctedKey, correction) = try row.decode(
      as: LedgerEntry.ID.self,
      Day.self,
      Instant.self,
      String.self,
      String?.self,
      String?.self
    )
    self.key = key
  }

  /// The report that `part` corrects.
  static func correctable(
    _ part: ReportBatch.Part,
    key: String,
    in connection: any Connection
  ) throws -> TakenReport {
    let centre = part.report.centre
    guard let taken = try TakenReport(part.centre, key: key, in: connection) else {
      throw StockError.noSuchReport(centre: centre, key: key)
    }
    if let correction = taken.correction {
      throw StockError.alreadyCorrected(centre: centre, key: key, by: correction)
    }
    return taken
  }

  /// Passes where the new report says the same, in whatever order.
  func refuseDifferences(
    from part: ReportBatch.Part,
    lines: ReportLines,
    in connection: any Connection
  ) throws {
    let report = part.report
    var findings: [Finding] = []
    if report.day != day {
      findings.append(Finding(field: "day", found: "\(report.day)", expected: "\(day), \(source)"))
    }
    if report.corrects != correctedKey {
      let before = correctedKey.map { "a correction of “\($0)”" } ?? "no correction"
      let found = report.corrects ?? ""
      findings.append(Finding(field: "corrects", found: found, expected: "\(before), \(source)"))
    }
    if part.contents.fingerprint != digest {
      findings += try ReportDifference.findings(of: lines, from: id, source: source, in: connection)
    }
    guard findings.isEmpty else {
      throw StockError.reportDiffers(centre: report.centre, key: key, findings)
    }
  }

  private var source: String { "as in the report taken at \(receivedAt)" }
}
