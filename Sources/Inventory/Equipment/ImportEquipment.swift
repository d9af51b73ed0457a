package import Storage
package import Tabular

extension Equipment {
  /// A line of a register: one or several machines, or the statement that there is none.
  package struct Draft: Equatable, Sendable, Codable {
    package var code: Code?
    package var organisation: Organisation.Code
    package var centre: Centre.Code?
    package var category: EquipmentCategory.Code
    /// How many machines the line tells of; 0 states an absence.
    package var quantity: Int64
    package var manufacturer: String?
    package var model: String?
    package var serial: String?
    package var udi: String?
    package var commissionedYear: Int64?
    package var commissionedOn: Day?
    package var price: Money?
    package var lifecycle: Lifecycle
    package var function: Function
    package var note: String
    package var source: String
    package var certainty: String
    /// The day on which the source said so.
    package var statedOn: Day
  }

  /// Reads a register; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    try Sheet.values(of: input, columns: Draft.columns) { row in Draft(row: &row) }
  }

  /// Stores what a register says and returns the number of machines. A line whose machines are there already
  /// (same code) is passed over: a register read twice counts once.
  package static func take(
    _ drafts: [Draft],
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Int {
    var numbers: [String: Int64] = [:]
    var added = 0
    for draft in drafts {
      if draft.quantity == 0 { try PresenceStatement(absent: draft).store(in: connection) }
      for _ in 0..<draft.quantity {
        let stem = "\(draft.centre?.rawValue ?? draft.organisation.rawValue)-\(draft.category)"
        numbers[stem, default: 0] += 1
        let code = draft.code ?? Code(rawValue: "\(stem)-\(numbers[stem] ?? 1)")
        guard let code, try !isKnown(code, in: connection) else { continue }
        try insert(draft, code: code, in: connection)
        added += 1
      }
      try Audit.record(
        "equipment.register",
        subject: "equipment \(draft.organisation) \(draft.category)",
        after: draft,
        by: stamp,
        in: connection
      )
    }
    return added
  }

  private static func isKnown(_ code: Code, in connection: any Connection) throws -> Bool {
    try !connection.query("SELECT 1 FROM equipment WHERE code = \(code)").isEmpty
  }
}

extension Equipment.Draft {
  /// The keys of the organisation and, where it is named, of its site.
  func place(in connection: any Connection) throws -> (organisation: Organisation.ID, centre: Centre.ID?) {
    let owner = try Organisation.find(organisation, in: connection)
    guard let centre else { return (owner.id, nil) }
    let site = try Centre.find(centre, in: connection)
    guard site.organisation == organisation else {
      throw EquipmentError.siteNotOfOrganisation(site: centre.rawValue, organisation: organisation.rawValue)
    }
    return (owner.id, site.id)
  }

  static let columns: [Sheet.Column] = [
    .init("code", required: false), .init("organisation"), .init("centre", required: false),
    .init("category"), .init("manufacturer", required: false), .init("model", required: false),
    .init("serial", required: false), .init("udi", required: false), .init("quantity"),
    .init("commissioned", required: false), .init("commissioned_note", required: false),
    .init("price_cents", required: false), .init("lifecycle"), .init("function"),
    .init("status_note", required: false), .init("note", required: false), .init("source"),
    .init("certainty"), .init("stated_on"),
  ]

  init?(row: inout SheetRow) {
    let code = row.optionalCode("code", of: Equipment.self)
    let organisation = row.code("organisation", of: Organisation.self)
    let centre = row.optionalCode("centre", of: Centre.self)
    let category = row.code("category", of: EquipmentCategory.self)
    let quantity = row.integer("quantity", in: 0...999)
    let commissioned = row.commissioned()
    let price = row.optionalInteger("price_cents")
    let lifecycle = row.choice("lifecycle", of: Equipment.Lifecycle.self)
    let function = row.choice("function", of: Equipment.Function.self)
    let source = row.nonEmpty("source")
    let certainty = row.nonEmpty("certainty")
    let statedOn = row.day("stated_on")
    if code != nil, let quantity, quantity > 1 {
      row.report("code", expected: "no code for several machines")
    }
    guard let organisation, let category, let quantity, let lifecycle, let function, let source,
      let certainty, let statedOn
    else { return nil }
    let notes = [row.text("commissioned_note"), row.text("status_note"), row.text("note")]
    self.init(
      code: code,
      organisation: organisation,
      centre: centre,
      category: category,
      quantity: quantity,
      manufacturer: row.filled("manufacturer"),
      model: row.filled("model"),
      serial: row.filled("serial"),
      udi: row.filled("udi"),
      commissionedYear: commissioned.year,
      commissionedOn: commissioned.day,
      price: price.map(Money.init(cents:)),
      lifecycle: lifecycle,
      function: function,
      note: notes.filter { !$0.isEmpty }.joined(separator: "; "),
      source: source,
      certainty: certainty,
      statedOn: statedOn
    )
  }
}

extension SheetRow {
  /// The cell, nil where it is empty.
  fileprivate func filled(_ column: String) -> String? {
    text(column).isEmpty ? nil : text(column)
  }

  /// A year or a day; neither where nobody knows.
  fileprivate mutating func commissioned() -> (year: Int64?, day: Day?) {
    let cell = text("commissioned")
    if cell.isEmpty { return (nil, nil) }
    if let day = Day(cell) { return (Int64(day.year), day) }
    guard let year = Int64(cell), (1950...2100).contains(year) else {
      report("commissioned", expected: "a year or a day as 2026-03-01, or nothing where it is unknown")
      return (nil, nil)
    }
    return (year, nil)
  }
}
