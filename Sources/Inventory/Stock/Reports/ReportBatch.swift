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

  /// The lines of one part.
  func lines(of part: Int) -> ReportLines {
    { body in try forEachLine { index, line in if index == part { try body(line) } } }
  }
}
