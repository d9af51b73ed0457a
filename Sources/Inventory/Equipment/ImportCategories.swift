package import Storage
package import Tabular

extension EquipmentCategory {
  package struct Draft: Equatable, Sendable, Codable {
    package var code: Code
    package var name: String
    package var nameFrench: String
  }

  /// Reads a table of categories; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    let columns: [Sheet.Column] = [.init("code"), .init("name_en", aliases: ["name"]), .init("name_fr")]
    return try Sheet.values(of: input, columns: columns) { row in
      let code = row.code("code", of: EquipmentCategory.self)
      let name = row.nonEmpty("name_en")
      let french = row.nonEmpty("name_fr")
      guard let code, let name, let french else { return nil }
      return Draft(code: code, name: name, nameFrench: french)
    }
  }

  package static func take(_ drafts: [Draft], by stamp: Stamp, in connection: any Connection) throws {
    for draft in drafts {
      try connection.execute(
        """
        INSERT INTO equipment_category (code, name, name_fr)
        VALUES (\(draft.code), \(draft.name), \(draft.nameFrench))
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_fr = excluded.name_fr
        """
      )
      try Audit.record(
        "category.describe",
        subject: "category \(draft.code)",
        after: draft,
        by: stamp,
        in: connection
      )
    }
  }
}

extension EquipmentCategory.Norm {
  private static let sheetColumns: [Sheet.Column] = [
    .init("category_code"), .init("norm"), .init("valid_from", required: false), .init("value"),
    .init("low", required: false), .init("high", required: false), .init("unit"), .init("source"),
    .init("source_date", required: false), .init("certainty"), .init("note", required: false),
  ]

  /// Reads a table of norms; a line without `valid_from` holds from `day` on.
  package static func drafts(from input: consuming ByteInput, validFrom day: Day) throws -> [Self] {
    try Sheet.values(of: input, columns: sheetColumns) { row in Self(row: &row, validFrom: day) }
  }

  private init?(row: inout SheetRow, validFrom day: Day) {
    let category = row.optionalCode("category_code", of: EquipmentCategory.self)
    let name = row.nonEmpty("norm")
    let validFrom = row.optionalDay("valid_from") ?? day
    let value = row.value("value", expected: "a decimal number", parse: ExactDecimal.init)
    let low = row.optional("low", expected: "a decimal number", parse: ExactDecimal.init)
    let high = row.optional("high", expected: "a decimal number", parse: ExactDecimal.init)
    let unit = row.nonEmpty("unit")
    let source = row.nonEmpty("source")
    let certainty = row.nonEmpty("certainty")
    guard let name, let value, let unit, let source, let certainty else { return nil }
    if let expected = NormName(rawValue: name)?.fault(of: value) ?? (value.digits < 0 ? "0 or more" : nil) {
      row.report("value", expected: expected)
    }
    if let low, let high, low.fraction > high.fraction {
      row.report("low", expected: "no more than the high value, \(high)")
    }
    self.init(
      category: category,
      name: name,
      validFrom: validFrom,
      value: value,
      low: low,
      high: high,
      unit: unit,
      source: source,
      sourceDate: row.filled("source_date"),
      certainty: certainty,
      note: row.text("note")
    )
  }

  package static func take(_ norms: [Self], by stamp: Stamp, in connection: any Connection) throws {
    for norm in norms {
      if let category = norm.category { _ = try EquipmentCategory.find(category, in: connection) }
      try norm.store(in: connection)
      try Audit.record(
        "category.norm",
        subject: "norm \(norm.category?.rawValue ?? "all") \(norm.name)",
        after: norm,
        by: stamp,
        in: connection
      )
    }
  }
}
