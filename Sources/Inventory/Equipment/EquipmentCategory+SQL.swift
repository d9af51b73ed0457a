package import Storage
package import Tabular

extension EquipmentCategory {
  private static let columns: SQL = "id, code, name, name_fr"

  private init(row: Row) throws(DatabaseError) {
    (id, code, name, nameFrench) = try row.decode(as: ID.self, Code.self, String.self, String.self)
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> EquipmentCategory {
    let rows = try connection.query("SELECT \(columns) FROM equipment_category WHERE code = \(code)")
    guard let row = rows.first else { throw EquipmentError.noSuchCategory(code.rawValue) }
    return try EquipmentCategory(row: row)
  }

  /// All categories, by code.
  package static func all(in connection: any Connection) throws -> [EquipmentCategory] {
    try connection.query("SELECT \(columns) FROM equipment_category ORDER BY code").map { row in
      try EquipmentCategory(row: row)
    }
  }

  /// The norms in force on a day: the latest of each name that is not after it.
  package func norms(on day: Day, in connection: any Connection) throws -> [Norm] {
    try connection.query(
      """
      SELECT name, valid_from, numerator, denominator, unit, source, certainty FROM category_norm n
      WHERE category_id = \(id) AND valid_from = (
        SELECT max(valid_from) FROM category_norm
        WHERE category_id = n.category_id AND name = n.name AND valid_from <= \(day)
      )
      ORDER BY name
      """
    ).map { row in
      let fields = try row.decode(
        as: String.self,
        Day.self,
        Int64.self,
        Int64.self,
        String.self,
        String.self,
        String.self
      )
      return Norm(
        name: fields.0,
        validFrom: fields.1,
        numerator: fields.2,
        denominator: fields.3,
        unit: fields.4,
        source: fields.5,
        certainty: fields.6
      )
    }
  }
}

extension EquipmentCategory {
  package struct Draft: Equatable, Sendable, Codable {
    package var code: Code
    package var name: String
    package var nameFrench: String
  }

  package struct NormDraft: Equatable, Sendable, Codable {
    package var category: Code
    package var norm: Norm
  }

  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    try Sheet.values(of: input, columns: [.init("code"), .init("name"), .init("name_fr")]) { row in
      let code = row.code("code", of: EquipmentCategory.self)
      let name = row.nonEmpty("name")
      let french = row.nonEmpty("name_fr")
      guard let code, let name, let french else { return nil }
      return Draft(code: code, name: name, nameFrench: french)
    }
  }

  /// Reads a table of norms: each a fraction `numerator`/`denominator` in a unit, with source and certainty.
  package static func normDrafts(from input: consuming ByteInput) throws -> [NormDraft] {
    try Sheet.values(of: input, columns: NormDraft.columns) { row in NormDraft(row: &row) }
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

  package static func take(norms: [NormDraft], by stamp: Stamp, in connection: any Connection) throws {
    for draft in norms {
      let category = try find(draft.category, in: connection).id
      let norm = draft.norm
      try connection.execute(
        """
        INSERT INTO category_norm (category_id, name, valid_from, numerator, denominator, unit, source, certainty)
        VALUES (\(category), \(norm.name), \(norm.validFrom), \(norm.numerator), \(norm.denominator),
          \(norm.unit), \(norm.source), \(norm.certainty))
        ON CONFLICT (category_id, name, valid_from) DO UPDATE SET numerator = excluded.numerator,
          denominator = excluded.denominator, unit = excluded.unit, source = excluded.source,
          certainty = excluded.certainty
        """
      )
      try Audit.record(
        "category.norm",
        subject: "category \(draft.category)",
        after: draft,
        by: stamp,
        in: connection
      )
    }
  }
}

extension EquipmentCategory.NormDraft {
  static let columns: [Sheet.Column] = [
    .init("category"), .init("norm"), .init("valid_from"), .init("numerator"), .init("denominator"),
    .init("unit"), .init("source"), .init("certainty"),
  ]

  init?(row: inout SheetRow) {
    let category = row.code("category", of: EquipmentCategory.self)
    let name = row.nonEmpty("norm")
    let validFrom = row.day("valid_from")
    let numerator = row.integer("numerator")
    let denominator = row.integer("denominator", in: 1...Int64.max)
    let unit = row.nonEmpty("unit")
    let source = row.nonEmpty("source")
    let certainty = row.nonEmpty("certainty")
    guard let category, let name, let validFrom, let numerator, let denominator, let unit, let source,
      let certainty
    else { return nil }
    self.init(
      category: category,
      norm: EquipmentCategory.Norm(
        name: name,
        validFrom: validFrom,
        numerator: numerator,
        denominator: denominator,
        unit: unit,
        source: source,
        certainty: certainty
      )
    )
  }
}
