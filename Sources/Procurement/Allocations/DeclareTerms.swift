package import Inventory
package import Storage
package import Tabular

/// Terms with the line of the table that they came from; nil where they were entered by themselves.
package struct SharingTermsEntry: Equatable, Sendable {
  package var line: Int?
  package var terms: SharingTerms

  package init(line: Int? = nil, terms: SharingTerms) {
    self.line = line
    self.terms = terms
  }
}

extension SharingTerms {
  package static let sheetColumns: [Sheet.Column] = [
    .init("sku", aliases: ["item", "article"]), .init("centre", aliases: ["centre_code", "etablissement"]),
    .init("starts_on", aliases: ["a_partir_du"]), .init("baseline_units", required: false),
    .init("baseline_days", required: false), .init("priority", aliases: ["priorite"], required: false),
    .init("floor", aliases: ["plancher"], required: false), .init("source"),
  ]

  /// Reads a table of terms; everything wrong in it is told at once.
  package static func entries(from input: consuming ByteInput) throws -> [SharingTermsEntry] {
    try Sheet.values(of: input, columns: sheetColumns) { row in SharingTermsEntry(row: &row) }
  }

  /// Keeps what was declared, all or none. The same centre, item and day declared again replaces what was said.
  package static func declare(
    _ entries: [SharingTermsEntry],
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let items = try Keys.items(Set(entries.map(\.terms.item)).sorted(), in: connection)
    let centres = try Keys.centres(Set(entries.map(\.terms.centre)).sorted(), in: connection)
    let findings = entries.flatMap { entry in
      entry.terms.findings(line: entry.line) + entry.unknowns(items: items, centres: centres)
    }
    guard findings.isEmpty else { throw AllocationError.termsInvalid(findings) }
    for terms in entries.map(\.terms) {
      guard let item = items[terms.item], let centre = centres[terms.centre] else { continue }
      try terms.store(item: item, centre: centre, by: stamp, in: connection)
      try Audit.record(
        "allocation.declare",
        subject: "item \(terms.item)",
        chain: .centre(terms.centre.rawValue),
        after: terms,
        by: stamp,
        in: connection
      )
    }
  }
}

extension SharingTermsEntry {
  fileprivate func unknowns(
    items: [Item.SKU: Item.ID],
    centres: [Centre.Code: Centre.ID]
  ) -> [Finding] {
    var findings: [Finding] = []
    if items[terms.item] == nil {
      findings.append(Finding(line: line, field: "sku", found: "\(terms.item)", expected: "a known item"))
    }
    if centres[terms.centre] == nil {
      findings.append(
        Finding(line: line, field: "centre", found: "\(terms.centre)", expected: "a known centre")
      )
    }
    return findings
  }

  fileprivate init?(row: inout SheetRow) {
    let quantity = 0...Int64(1_000_000_000)
    let item = row.code("sku", of: Item.self)
    let centre = row.code("centre", of: Centre.self)
    let startsOn = row.day("starts_on")
    let units = row.optionalInteger("baseline_units", in: quantity)
    let days = row.optionalInteger("baseline_days", in: 1...1_000_000)
    if (units == nil) != (days == nil) {
      row.report("baseline_days", expected: "both baseline_units and baseline_days, or neither")
    }
    let priority = row.optionalInteger("priority", in: 1...1_000)
    let floor = row.optionalInteger("floor", in: quantity)
    let source = row.nonEmpty("source")
    guard let item, let centre, let startsOn, let source else { return nil }
    let baseline = units.flatMap { units in
      days.map { SharingTerms.Baseline(units: Quantity(units), days: $0) }
    }
    self.init(
      line: row.line,
      terms: SharingTerms(
        item: item,
        centre: centre,
        startsOn: startsOn,
        baseline: baseline,
        priority: priority ?? 1,
        floor: Quantity(floor ?? 0),
        source: source
      )
    )
  }
}
