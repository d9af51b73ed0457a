package import Storage
package import Tabular

/// What a site's machines of a category did in a year, as the site reported it.
package struct Activity: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  package var category: EquipmentCategory.Code
  package var year: Int64
  /// Patients, courses or treatments, as `unit` says.
  package var treated: Int64
  package var unit: String
  package var source: String
  package var certainty: String
}

extension Activity {
  /// Reads a table of activity; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Activity] {
    let columns: [Sheet.Column] = [
      .init("centre_code"), .init("category_code"), .init("year"), .init("treated"), .init("unit"),
      .init("source"), .init("certainty"),
    ]
    return try Sheet.values(of: input, columns: columns) { row in
      let centre = row.code("centre_code", of: Centre.self)
      let category = row.code("category_code", of: EquipmentCategory.self)
      let year = row.integer("year", in: 1950...2100)
      let treated = row.integer("treated")
      let unit = row.nonEmpty("unit")
      let source = row.nonEmpty("source")
      let certainty = row.nonEmpty("certainty")
      guard let centre, let category, let year, let treated, let unit, let source, let certainty else {
        return nil
      }
      return Activity(
        centre: centre,
        category: category,
        year: year,
        treated: treated,
        unit: unit,
        source: source,
        certainty: certainty
      )
    }
  }

  /// Stores what was reported; a later report of the same site, category and year replaces the earlier one.
  package static func take(_ reports: [Activity], by stamp: Stamp, in connection: any Connection) throws {
    for report in reports {
      let centre = try Centre.find(report.centre, in: connection).id
      let category = try EquipmentCategory.find(report.category, in: connection).id
      try connection.execute(
        """
        INSERT INTO equipment_activity (centre_id, category_id, year, treated, unit, source, certainty)
        VALUES (\(centre), \(category), \(report.year), \(report.treated), \(report.unit),
          \(report.source), \(report.certainty))
        ON CONFLICT (centre_id, category_id, year) DO UPDATE SET treated = excluded.treated,
          unit = excluded.unit, source = excluded.source, certainty = excluded.certainty
        """
      )
      try Audit.record(
        "equipment.activity",
        subject: "activity \(report.centre) \(report.category) \(report.year)",
        chain: .centre(report.centre.rawValue),
        after: report,
        by: stamp,
        in: connection
      )
    }
  }

  /// Everything reported up to a year, by category, site and year.
  package static func all(upTo year: Int64 = 9999, in connection: any Connection) throws -> [Activity] {
    try connection.query(
      """
      SELECT c.code, k.code, a.year, a.treated, a.unit, a.source, a.certainty
      FROM equipment_activity a JOIN centre c ON c.id = a.centre_id
      JOIN equipment_category k ON k.id = a.category_id
      WHERE a.year <= \(year) ORDER BY k.code, c.code, a.year
      """
    ).map { row in
      let fields = try row.decode(
        as: Centre.Code.self,
        EquipmentCategory.Code.self,
        Int64.self,
        Int64.self,
        String.self,
        String.self,
        String.self
      )
      return Activity(
        centre: fields.0,
        category: fields.1,
        year: fields.2,
        treated: fields.3,
        unit: fields.4,
        source: fields.5,
        certainty: fields.6
      )
    }
  }
}
