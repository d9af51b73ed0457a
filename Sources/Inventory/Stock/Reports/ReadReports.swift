extension ReportBatch {
  /// Reads and checks reports; everything wrong in them is told at once.
  ///
  /// Lines up to `ReportCheck.keptLines` are kept; a longer source is read again when it is taken, so that memory
  /// does not grow with it. Two lines on one lot are told here for short sources, and by the database for long ones.
  init(
    reading source: ReportSource,
    catalogue: StockCatalogue,
    defaults: ReportDefaults,
    duplicates: ReportCheck.Duplicates = .whileShort,
    progress: (Int) -> Void = { _ in }
  ) throws {
    let reader = ReportLineReader(catalogue: catalogue, defaults: defaults)
    var check = ReportCheck(catalogue: catalogue, duplicates: duplicates)
    var read = 0
    try source.forEachRow { row in
      read += 1
      if read.isMultiple(of: 10_000) { progress(read) }
      do {
        guard let (report, line) = try reader.read(&row) else { return }
        try check.add(line, of: report, row: &row)
      } catch let foreign as ForeignCentre {
        check.note(foreign)
      }
    } found: {
      check.note($0)
    }
    try check.refuseFindings()
    let parts = check.parts
    guard let lines = check.lines else {
      self.init(parts: parts, forEachLine: Self.rereading(source, with: reader, parts: parts))
      return
    }
    self.init(parts: parts) { body in for (part, line) in lines { try body(part, line) } }
  }

  private static func rereading(
    _ source: ReportSource,
    with reader: ReportLineReader,
    parts: [Part]
  ) -> @Sendable ((Int, ReportLine) throws -> Void) throws -> Void {
    let indexes = Dictionary(uniqueKeysWithValues: parts.enumerated().map { ($0.element.report, $0.offset) })
    return { body in
      try source.forEachRow { row in
        guard let (report, line) = try reader.read(&row), let part = indexes[report] else {
          throw StockError.reportInvalid(
            [Finding(line: row.line, field: "line", found: "another text", expected: "the file as it was")],
            more: 0
          )
        }
        try body(part, line)
      } found: { _ in
      }
    }
  }
}
