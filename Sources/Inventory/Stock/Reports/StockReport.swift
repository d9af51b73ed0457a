import Storage

/// What a centre says of its stock for a day. A report is known by its centre and key, and is taken once.
package struct StockReport: Hashable, Sendable, Codable {
  package var centre: Centre.Code
  /// The sender's own name for it; the day where the sender gives none.
  package var key: String
  package var day: Day
  package var origin: Origin
  /// The key of the report that this one stands in for.
  package var corrects: String?

  /// How it came. A single line says what happened; it does not answer what is expected of a centre.
  package enum Origin: String, CaseIterable, Codable, Sendable, Storable { case file, form, interface, line }

  package init(
    centre: Centre.Code,
    key: String? = nil,
    day: Day,
    origin: Origin = .file,
    corrects: String? = nil
  ) {
    self.centre = centre
    self.key = key ?? day.description
    self.day = day
    self.origin = origin
    self.corrects = corrects
  }
}

extension StockReport {
  func isNamed(as other: StockReport) -> Bool { centre == other.centre && key == other.key }
}

extension StockReport: Comparable {
  /// By centre, then by day: the order in which reports are taken.
  package static func < (left: StockReport, right: StockReport) -> Bool {
    (left.centre, left.day, left.key) < (right.centre, right.day, right.key)
  }
}

/// What became of a report.
package struct ReportReceipt: Equatable, Sendable, Codable {
  package enum Outcome: String, Codable, Sendable {
    case taken
    /// The same report was taken before: nothing changed.
    case repeated
    /// Everything was checked, nothing was kept.
    case checked
  }

  package var centre: Centre.Code
  package var key: String
  package var day: Day
  package var lines: Int64
  package var outcome: Outcome
}

extension ReportReceipt {
  init(_ part: ReportBatch.Part, outcome: Outcome) {
    self.init(
      centre: part.report.centre,
      key: part.report.key,
      day: part.report.day,
      lines: part.contents.lines,
      outcome: outcome
    )
  }
}
