import Storage

/// Reports that were read and found to be well formed, with a way to read their lines again.
package struct ReportBatch: Sendable {
  struct Part: Sendable {
    var report: StockReport
    var centre: Centre.ID
    var contents: ReportContents
  }

  var parts: [Part]
  /// Gives every line with the index of its part.
  let forEachLine: @Sendable (_ body: (Int, ReportLine) throws -> Void) throws -> Void

  /// A report whose lines are at hand.
  package init(_ report: StockReport, centre: Centre.ID, lines: [ReportLine]) {
    var contents = ReportContents()
    for line in lines { contents.add(line) }
    parts = [Part(report: report, centre: centre, contents: contents)]
    forEachLine = { body in for line in lines { try body(0, line) } }
  }

  init(parts: [Part], forEachLine: @escaping @Sendable ((Int, ReportLine) throws -> Void) throws -> Void) {
    self.parts = parts
    self.forEachLine = forEachLine
  }

  /// Whether it has few lines, so that each of its items is better looked up by itself.
  var isShort: Bool { parts.reduce(0) { $0 + $1.contents.lines } <= Int64(StockReports.shortReport) }

  /// The one report, where it is one alone.
  var single: Part? { parts.count == 1 ? parts.first : nil }

  /// The log in which it is entered, where it is one: two reports of a centre would be in each other's way.
  var subject: String? {
    let centres = Set(parts.map(\.report.centre))
    guard let centre = centres.first, centres.count == 1 else { return nil }
    return AuditChain.centre(centre.rawValue).name
  }

  /// The lines of one part.
  func lines(of part: Int) -> ReportLines {
    { body in try forEachLine { index, line in if index == part { try body(line) } } }
  }
}
