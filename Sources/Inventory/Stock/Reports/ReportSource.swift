package import Tabular

/// Where the rows of reports come from. It can be read again from its start, as often as a transaction is retried.
package enum ReportSource: Sendable {
  /// A file of comma- or semicolon-separated text.
  case file(path: String)
  /// The text of such a file.
  case text(String)
  /// JSON, as `ReportJSON` reads it; it is held in memory.
  case json(String)
  /// Cells in the order of the report's columns, with their line numbers.
  case rows([CSVReader.Record])

  /// Gives every row to `body`, which adds what it finds wrong to the row, and all that is wrong to `found`.
  func forEachRow(_ body: (inout SheetRow) throws -> Void, found: (Finding) -> Void) throws {
    switch self {
    case .file(let path): try Self.read(ByteInput(path: path), body, found)
    case .text(let text): try Self.read(ByteInput(Array(text.utf8)), body, found)
    case .json(let text): try Self.read(ReportJSON.records(of: text, found: found), body, found)
    case .rows(let records): try Self.read(records, body, found)
    }
  }

  private static func read(
    _ records: [CSVReader.Record],
    _ body: (inout SheetRow) throws -> Void,
    _ found: (Finding) -> Void
  ) throws {
    for record in records {
      var row = SheetRow(record: record, positions: ReportColumns.positions)
      try body(&row)
      row.findings.forEach(found)
    }
  }

  private static func read(
    _ input: consuming ByteInput,
    _ body: (inout SheetRow) throws -> Void,
    _ found: (Finding) -> Void
  ) throws {
    var sheet = try Sheet(input, columns: ReportColumns.all)
    if !sheet.has("item") && !sheet.has("barcode") {
      found(Finding(line: 1, field: "item", found: "no such column", expected: "the column item or barcode"))
      return
    }
    reading: while true {
      var failure: (any Error)?
      let line: Sheet.Line<Void> = try sheet.next { row in
        do { try body(&row) } catch { failure = error }
        return ()
      }
      if let failure { throw failure }
      sheet.takeFindings().forEach(found)
      if case .end = line { break reading }
    }
  }
}

extension ReportSource {
  /// A single line, by the names of the columns.
  package static func line(_ cells: [String: String]) -> ReportSource {
    .rows([CSVReader.Record(line: 1, fields: ReportColumns.all.map { cells[$0.name] ?? "" })])
  }
}

extension ReportSource {
  /// The same with its JSON read, once, where nothing is wrong in it.
  func read() -> ReportSource {
    guard case .json(let text) = self else { return self }
    var isWrong = false
    let records = ReportJSON.records(of: text) { _ in isWrong = true }
    return isWrong ? self : .rows(records)
  }

  /// What a short source names; nil where it has more rows than `most`, or cannot be read.
  func names(most: Int, _ defaults: ReportDefaults) -> ReportNames? {
    struct IsLong: Error {}
    var names = ReportNames()
    var count = 0
    do {
      try forEachRow { row in
        count += 1
        guard count <= most else { throw IsLong() }
        names.items.insert(row.text("item"))
        names.centres.insert(row.text("centre"))
        let label = row.text("barcode")
        if !label.isEmpty, let gtin = (try? GS1Element(label))?.gtin { names.items.insert(gtin) }
      } found: { _ in
      }
    } catch {
      return nil
    }
    if let centre = defaults.centre { names.centres.insert(centre.rawValue) }
    names.items.remove("")
    names.centres.remove("")
    return names
  }
}

/// What the lines of a short report name, as it is written there.
package struct ReportNames: Sendable {
  /// SKUs and GTINs.
  var items: Set<String> = []
  /// Codes of centres.
  var centres: Set<String> = []
}
