/// The first reading of a report: every line is checked by itself, and nothing is kept but what is wrong, what the
/// lines come to, and, while they are few, the lines.
struct ReportCheck {
  /// Lines up to this many are kept, so that a file of the usual size is read once.
  static let keptLines = 50_000
  /// Findings up to this many are shown.
  static let shownFindings = 1_000

  /// How long it is remembered which lots were named: as long as the lines are kept, or to the end.
  enum Duplicates: Sendable { case whileShort, always }

  private let catalogue: StockCatalogue
  private let duplicates: Duplicates
  private(set) var parts: [ReportBatch.Part] = []
  private var indexes: [StockReport: Int] = [:]
  private var kept: [(part: Int, line: ReportLine)]? = []
  private var seen: [LineKey: Int]? = [:]
  private(set) var findings: [Finding] = []
  private(set) var moreFindings = 0
  /// Lines that speak of centres which are none of the sender's.
  private var foreign: [Finding] = []
  private var moreForeign = 0

  private struct LineKey: Hashable {
    var part: Int
    var item: Item.ID
    var lot: String
  }

  init(catalogue: StockCatalogue, duplicates: Duplicates) {
    self.catalogue = catalogue
    self.duplicates = duplicates
  }

  mutating func note(_ finding: Finding) {
    if findings.count < Self.shownFindings { findings.append(finding) } else { moreFindings += 1 }
  }

  mutating func note(_ line: ForeignCentre) {
    if foreign.count < Self.shownFindings { foreign.append(line.finding) } else { moreForeign += 1 }
  }

  /// Adds a line to its report. `row` learns what is wrong between this line and others.
  mutating func add(_ line: ReportLine, of report: StockReport, row: inout SheetRow) throws {
    guard let part = try part(of: report, row: &row) else { return }
    let key = LineKey(part: part, item: line.item, lot: line.lot)
    if let first = seen?.updateValue(line.line, forKey: key) {
      row.report("item", expected: "each lot of an item once; this one stands on line \(first) too")
    }
    parts[part].contents.add(line)
    kept?.append((part, line))
    if let count = kept?.count, count > Self.keptLines {
      kept = nil
      if duplicates == .whileShort { seen = nil }
    }
  }

  private mutating func part(of report: StockReport, row: inout SheetRow) throws -> Int? {
    if let index = indexes[report] { return index }
    guard let centre = catalogue.centres[report.centre] else {
      throw CentreError.noSuchCentre(report.centre.rawValue)
    }
    if let other = parts.map(\.report).first(where: { $0.isNamed(as: report) }) {
      row.report("day", expected: "\(other.day), as on the other lines of report “\(report.key)”")
      return nil
    }
    if report.corrects != nil, let other = parts.first {
      let only = "\(other.report.centre), \(other.report.day)"
      row.report("centre", expected: "one report in a correction: \(only)")
      return nil
    }
    indexes[report] = parts.count
    parts.append(.init(report: report, centre: centre, contents: ReportContents()))
    return parts.count - 1
  }

  /// The lines, where they were few enough to be kept.
  var lines: [(part: Int, line: ReportLine)]? { kept }

  /// Refuses what is not the sender's to report, what has findings, or nothing at all.
  func refuseFindings() throws(StockError) {
    guard foreign.isEmpty else { throw .foreignCentres(foreign, more: moreForeign) }
    guard findings.isEmpty else { throw .reportInvalid(findings, more: moreFindings) }
    guard !parts.isEmpty else {
      let finding = Finding(field: "report", found: "no lines", expected: "at least one line")
      throw .reportInvalid([finding], more: 0)
    }
  }
}
