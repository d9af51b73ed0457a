package import Inventory
package import Storage
package import Tabular

/// A need with the line of the table that it came from; nil where it was entered by itself.
package struct NeedEntry: Equatable, Sendable {
  package var line: Int?
  package var need: Need

  package init(line: Int? = nil, need: Need) {
    self.line = line
    self.need = need
  }
}

extension Campaign {
  /// Takes the centres' needs, all or none: all that a centre says of an item, in place of what it said of it before.
  ///
  /// Needs that people enter are taken while the campaign is open and until the day on which it closes; computed ones
  /// also before, and never over an entered one.
  package static func take(
    _ entries: [NeedEntry],
    for code: Code,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let campaign = try find(code, in: connection)
    try campaign.admit(entries, on: stamp.at.day)
    let centres = try Keys.centres(Set(entries.map(\.need.centre)).sorted(), in: connection)
    let items = try Keys.items(campaign.terms.items, in: connection)
    let findings = campaign.findings(in: entries, centres: Set(centres.keys))
    guard findings.isEmpty else { throw CampaignError.invalid(findings) }
    for needs in Dictionary(grouping: entries.map(\.need), by: \.place).sorted(by: { $0.key < $1.key }).map(
      \.value
    ) {
      guard let first = needs.first, let centre = centres[first.centre], let item = items[first.item] else {
        continue
      }
      try Need.store(needs, for: campaign.id, centre: centre, item: item, by: stamp, in: connection)
    }
    for (centre, needs) in Dictionary(grouping: entries.map(\.need), by: \.centre).sorted(by: {
      $0.key < $1.key
    }) {
      try Audit.record(
        "campaign.need",
        subject: "campaign \(code)",
        chain: .centre(centre.rawValue),
        after: needs,
        by: stamp,
        in: connection
      )
    }
  }

  /// Takes one need beside what its centre entered for other days.
  package static func add(_ need: Need, for code: Code, by stamp: Stamp, in connection: any Connection) throws
  {
    let campaign = try find(code, in: connection)
    let others = try Need.all(of: campaign.id, in: connection).filter { other in
      other.place == need.place && other.origin == .entered
        && (other.neededBy ?? campaign.terms.neededBy) != (need.neededBy ?? campaign.terms.neededBy)
    }
    try take((others + [need]).map { NeedEntry(need: $0) }, for: code, by: stamp, in: connection)
  }

  private func admit(_ entries: [NeedEntry], on day: Day) throws {
    let isComputed = entries.allSatisfy { $0.need.origin != .entered }
    guard state == .open || (state == .draft && isComputed) else {
      throw CampaignError.notTaking(terms.code, state)
    }
    guard day <= terms.closes else { throw CampaignError.tooLate(terms.code, closed: terms.closes, on: day) }
  }

  private func findings(in entries: [NeedEntry], centres: Set<Centre.Code>) -> [Finding] {
    var findings: [Finding] = []
    var seen: Set<String> = []
    for entry in entries {
      let need = entry.need
      func report(_ field: String, _ found: String, _ expected: String) {
        findings.append(Finding(line: entry.line, field: field, found: found, expected: expected))
      }
      if !centres.contains(need.centre) { report("centre", "\(need.centre)", "a known centre") }
      if !terms.items.contains(need.item) {
        report("sku", "\(need.item)", "an item of campaign \(terms.code)")
      }
      for (field, quantity) in [("quantity", need.quantity), ("tolerance", need.tolerance)]
      where quantity < .zero || quantity > .largest {
        report(field, "\(quantity)", "from 0 to \(Quantity.largest)")
      }
      let day = need.neededBy ?? terms.neededBy
      if day > terms.neededBy { report("needed_by", "\(day)", "a day not after \(terms.neededBy)") }
      if !seen.insert("\(need.place) \(day)").inserted {
        report("sku", "\(need.place) by \(day) again", "one line for a centre, an item and a day")
      }
    }
    return findings
  }
}

extension Need {
  package static let sheetColumns: [Sheet.Column] = [
    .init("centre", aliases: ["centre_code", "etablissement"]), .init("sku", aliases: ["item", "article"]),
    .init("quantity", aliases: ["quantite"]), .init("tolerance", required: false),
    .init("needed_by", aliases: ["besoin_le"], required: false),
    .init("justification", aliases: ["motif"], required: false),
  ]

  /// Reads a table of needs; everything wrong in it is told at once.
  package static func entries(from input: consuming ByteInput) throws -> [NeedEntry] {
    try Sheet.values(of: input, columns: sheetColumns) { row in NeedEntry(row: &row) }
  }
}

extension NeedEntry {
  fileprivate init?(row: inout SheetRow) {
    let range = 0...Quantity.largest.units
    let centre = row.code("centre", of: Centre.self)
    let item = row.code("sku", of: Item.self)
    let quantity = row.integer("quantity", in: range)
    let tolerance = row.optionalInteger("tolerance", in: range)
    let neededBy = row.optionalDay("needed_by")
    guard let centre, let item, let quantity else { return nil }
    self.init(
      line: row.line,
      need: Need(
        centre: centre,
        item: item,
        quantity: Quantity(quantity),
        tolerance: Quantity(tolerance ?? 0),
        neededBy: neededBy,
        justification: row.text("justification")
      )
    )
  }
}
