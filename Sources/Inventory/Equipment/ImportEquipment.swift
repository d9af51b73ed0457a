package import Storage
package import Tabular

extension Equipment {
  /// A line of a register: one or several machines, or the statement that there is none.
  package struct Draft: Equatable, Sendable, Codable {
    /// The line's own code; its machines are numbered from it where there are several.
    package var code: Code
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
    package var weeklyCapacity: Int64?
    package var lifecycle: Lifecycle
    package var isConfirmed: Bool
    package var function: Function
    package var note: String
    package var source: String
    package var certainty: String
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
    var added = 0
    for draft in drafts {
      if draft.quantity == 0 {
        try PresenceStatement(absent: draft, on: stamp.at.day).store(in: connection)
      }
      for code in try draft.codes where try !isKnown(code, in: connection) {
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
  /// One code a machine: the line's own, or numbered `code.1`, `code.2`.
  fileprivate var codes: [Equipment.Code] {
    get throws {
      if quantity == 1 { return [code] }
      return try (0..<quantity).map { index in
        let text = "\(code).\(index + 1)"
        guard let numbered = Equipment.Code(rawValue: text) else {
          throw EquipmentError.noSuchEquipment(text)
        }
        return numbered
      }
    }
  }

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
    .init("reference", aliases: ["code"]), .init("organisation_code"),
    .init("centre_code", required: false), .init("category_code"),
    .init("manufacturer", required: false), .init("model", required: false),
    .init("serial", required: false), .init("udi", required: false), .init("quantity"),
    .init("presence", required: false),
    .init("commissioned_year", aliases: ["commissioned"], required: false),
    .init("year_found", required: false), .init("price_cents", required: false),
    .init("weekly_capacity", required: false), .init("lifecycle"), .init("confirmed", required: false),
    .init("function", required: false), .init("status_found", required: false),
    .init("note", required: false), .init("source"), .init("certainty"),
  ]

  init?(row: inout SheetRow) {
    let code = row.code("reference", of: Equipment.self)
    let organisation = row.code("organisation_code", of: Organisation.self)
    let centre = row.optionalCode("centre_code", of: Centre.self)
    let category = row.code("category_code", of: EquipmentCategory.self)
    let quantity = row.quantity()
    let commissioned = row.commissioned()
    let price = row.optionalInteger("price_cents")
    let weeklyCapacity = row.optionalInteger("weekly_capacity")
    let lifecycle = row.choice("lifecycle", orEmpty: Equipment.Lifecycle.unknown)
    let function = row.choice("function", orEmpty: Equipment.Function.unknown)
    let confirmed = row.optional("confirmed", expected: "yes or no") { ["yes": true, "no": false][$0] }
    let source = row.nonEmpty("source")
    let certainty = row.nonEmpty("certainty")
    guard let code, let organisation, let category, let quantity,
      let lifecycle, let function, let source, let certainty
    else { return nil }
    let notes = [row.text("year_found"), row.text("status_found"), row.text("note")]
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
      weeklyCapacity: weeklyCapacity,
      lifecycle: lifecycle,
      isConfirmed: confirmed ?? false,
      function: function,
      note: notes.filter { !$0.isEmpty }.joined(separator: "; "),
      source: source,
      certainty: certainty
    )
  }
}

extension SheetRow {
  /// How many machines; none where the line says `absent`.
  fileprivate mutating func quantity() -> Int64? {
    switch text("presence") {
    case "absent": return text("quantity").isEmpty ? 0 : integer("quantity", in: 0...0)
    case "present", "": return integer("quantity", in: 1...999)
    default:
      report("presence", expected: "present or absent; leave the line out where nobody knows")
      return nil
    }
  }

  /// A year or a day; neither where nobody knows.
  fileprivate mutating func commissioned() -> (year: Int64?, day: Day?) {
    let cell = text("commissioned_year")
    if cell.isEmpty { return (nil, nil) }
    if let day = Day(cell) { return (Int64(day.year), day) }
    guard let year = Int64(cell), (1950...2100).contains(year) else {
      report("commissioned_year", expected: "a year or a day as 2026-03-01, or nothing where it is unknown")
      return (nil, nil)
    }
    return (year, nil)
  }
}
