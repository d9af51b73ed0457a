/// What holds for every line of a source that does not say otherwise.
package struct ReportDefaults: Equatable, Sendable {
  package var centre: Centre.Code?
  package var day: Day?
  package var key: String?
  package var origin: StockReport.Origin
  package var corrects: String?
  /// The last day of which a line may speak; nil for any.
  package var latest: Day?
  /// The only centres that the sender may report for; nil for one who may report for all.
  package var centres: Set<Centre.Code>?

  package init(
    centre: Centre.Code? = nil,
    day: Day? = nil,
    key: String? = nil,
    origin: StockReport.Origin = .file,
    corrects: String? = nil
  ) {
    self.centre = centre
    self.day = day
    self.key = key ?? corrects.map { "\($0), corrected" }
    self.origin = origin
    self.corrects = corrects
  }
}

extension ReportDefaults {
  func allows(_ centre: Centre.Code) -> Bool { centres?.contains(centre) ?? true }
}

/// A line that speaks of a centre which is none of the sender's.
struct ForeignCentre: Error { var finding: Finding }

/// Reads the lines of reports from rows of cells, whatever wrote them.
struct ReportLineReader {
  let catalogue: StockCatalogue
  let defaults: ReportDefaults

  /// A line with the report to which it belongs; nil where the row has findings.
  /// - Throws: `ForeignCentre` for a centre that is none of the sender's.
  func read(_ row: inout SheetRow) throws(ForeignCentre) -> (report: StockReport, line: ReportLine)? {
    let report = try report(of: &row)
    let line = line(of: &row)
    guard row.findings.isEmpty, let report, let line else { return nil }
    return (report, line)
  }

  private func report(of row: inout SheetRow) throws(ForeignCentre) -> StockReport? {
    let centre = try centre(of: &row)
    let given = row.reportDay("day")
    let day = given ?? (row.text("day").isEmpty ? defaults.day : nil)
    if row.text("day").isEmpty && day == nil { row.report("day", expected: "the day of the report") }
    if let day, let latest = defaults.latest, day > latest {
      row.report("day", found: "\(day)", expected: "a day that has come")
    }
    let key = row.optional("report", expected: "up to 100 characters") { $0.count <= 100 ? $0 : nil }
    guard let centre, let day else { return nil }
    return StockReport(
      centre: centre,
      key: key ?? defaults.key,
      day: day,
      origin: defaults.origin,
      corrects: defaults.corrects
    )
  }

  private func centre(of row: inout SheetRow) throws(ForeignCentre) -> Centre.Code? {
    let text = row.text("centre")
    let expected = defaults.centres == nil ? "the code of a centre" : "the code of a centre of yours"
    let centre = text.isEmpty ? defaults.centre : Centre.Code(rawValue: text)
    if let centre, !defaults.allows(centre) {
      let finding = Finding(line: row.line, field: "centre", found: centre.rawValue, expected: expected)
      throw ForeignCentre(finding: finding)
    }
    guard let centre, text.isEmpty || catalogue.centres[centre] != nil else {
      row.report("centre", expected: expected)
      return nil
    }
    return centre
  }

  private func line(of row: inout SheetRow) -> ReportLine? {
    let label = label(of: &row)
    let unit = row.unit()
    guard let (entry, scanned) = item(of: &row, label: label) else { return nil }
    let lot = lot(of: &row, label: label)
    let expiry = expiry(of: &row, label: label, lot: lot)
    let level = unit ?? scanned ?? .each
    guard let size = entry.units(in: level) else {
      row.report("unit", expected: "a pack of \(entry.sku): \(entry.packNames)")
      return nil
    }
    var amounts = ReportLine.Amounts()
    for column in ReportLine.Amounts.Column.allCases {
      amounts[column] = row.quantity(column.rawValue, packsOf: size, signed: column == .adjusted)
    }
    if amounts.isEmpty && row.findings.isEmpty {
      row.report("counted", expected: "an amount in counted, received, used, lost or adjusted")
    }
    return ReportLine(
      line: row.line,
      item: entry.id,
      sku: entry.sku,
      lot: lot,
      expiry: expiry,
      amounts: amounts
    )
  }
}

extension ReportLineReader {
  private func label(of row: inout SheetRow) -> GS1Element? {
    let text = row.text("barcode")
    guard !text.isEmpty else { return nil }
    do {
      return try GS1Element(text)
    } catch {
      row.report("barcode", found: error.found, expected: error.expected)
      return nil
    }
  }

  /// The item by its SKU or GTIN, or by the label, and the pack that a GTIN stands for.
  private func item(
    of row: inout SheetRow,
    label: GS1Element?
  ) -> (StockCatalogue.Entry, Item.Pack.Level?)? {
    let labelled = label?.gtin.flatMap(catalogue.entry(gtin:))
    if let gtin = label?.gtin, labelled == nil {
      row.report("barcode", found: gtin, expected: "the GTIN of a pack of a known item")
    }
    let text = row.text("item")
    if text.isEmpty {
      if let labelled { return labelled }
      if label?.gtin == nil { row.report("item", expected: "the SKU or GTIN of an item") }
      return nil
    }
    let named = catalogue.entry(sku: text).map { ($0, labelled?.level) } ?? catalogue.entry(gtin: text)
    guard let named else {
      row.report("item", expected: "the SKU or GTIN of an item")
      return nil
    }
    if let labelled, labelled.entry.id != named.0.id {
      row.report("barcode", found: labelled.entry.sku.rawValue, expected: "a label of \(named.0.sku)")
    }
    return named
  }

  private func lot(of row: inout SheetRow, label: GS1Element?) -> String {
    let text = row.text("lot")
    if let labelled = label?.lot, !text.isEmpty, text != labelled {
      row.report("lot", expected: "lot \(labelled), as on the label")
    }
    let lot = text.isEmpty ? label?.lot ?? "" : text
    if !Lot.isNumber(lot) { row.report("lot", expected: Lot.numberExpectation) }
    return lot
  }

  private func expiry(of row: inout SheetRow, label: GS1Element?, lot: String) -> Day? {
    let written = row.expiry()
    if let labelled = label?.expiry, let written, written != labelled {
      row.report("expiry", expected: "\(labelled), as on the label")
    }
    let expiry = written ?? label?.expiry
    if expiry != nil && lot.isEmpty { row.report("lot", expected: "the lot that expires") }
    return expiry
  }
}

extension StockCatalogue.Entry {
  fileprivate var packNames: String {
    let levels = Item.Pack.Level.allCases.filter { units(in: $0) != nil }
    return levels.map { "\($0.rawValue) of \(units(in: $0) ?? .zero)" }.joined(separator: ", ")
  }
}
