package import Storage
package import Tabular

/// A French department with its people: where patients live.
package struct Department: Equatable, Sendable, Codable {
  package var code: String
  package var name: String
  package var region: String
  /// Nil where no count was found.
  package var population: Int64?
  package var populationYear: Int64?
  /// The population-weighted centre; nil where it was not computed.
  package var position: Position?
  package var populationNote: String
}

extension Department {
  static let columns: [Sheet.Column] = [
    .init("code"), .init("name"), .init("region"), .init("population", required: false),
    .init("population_year", required: false), .init("population_note", required: false),
    .init("population_centre_latitude", required: false),
    .init("population_centre_longitude", required: false),
    .init("population_centre_coverage", required: false), .init("region_code", required: false),
    .init("prefecture_code", required: false), .init("prefecture", required: false),
    .init("prefecture_latitude", required: false), .init("prefecture_longitude", required: false),
    .init("centroid_latitude", required: false), .init("centroid_longitude", required: false),
  ]

  package static func drafts(from input: consuming ByteInput) throws -> [Department] {
    try Sheet.values(of: input, columns: columns) { row in
      let code = row.nonEmpty("code")
      let name = row.nonEmpty("name")
      let region = row.nonEmpty("region")
      let population = row.optionalInteger("population")
      let year = row.optionalInteger("population_year", in: 1900...2100)
      let position = row.position("population_centre_latitude", "population_centre_longitude")
      guard let code, let name, let region else { return nil }
      return Department(
        code: code,
        name: name,
        region: region,
        population: population,
        populationYear: year,
        position: position,
        populationNote: row.text("population_note")
      )
    }
  }

  package static func take(_ drafts: [Department], by stamp: Stamp, in connection: any Connection) throws {
    for draft in drafts {
      try connection.execute(
        """
        INSERT INTO department (code, name, region, population, population_year, population_note, latitude,
          longitude)
        VALUES (\(draft.code), \(draft.name), \(draft.region), \(draft.population),
          \(draft.populationYear), \(draft.populationNote), \(draft.position?.latitude),
          \(draft.position?.longitude))
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, region = excluded.region,
          population = excluded.population, population_year = excluded.population_year,
          population_note = excluded.population_note, latitude = excluded.latitude,
          longitude = excluded.longitude
        """
      )
    }
    try Audit.record(
      "department.describe",
      subject: "departments",
      after: drafts,
      by: stamp,
      in: connection
    )
  }

  /// All departments, by code.
  package static func all(in connection: any Connection) throws -> [Department] {
    try connection.query(
      """
      SELECT code, name, region, population, population_year, latitude, longitude, population_note
      FROM department ORDER BY code
      """
    ).map { row in
      let fields = try row.decode(
        as: String.self,
        String.self,
        String.self,
        Int64?.self,
        Int64?.self,
        Int64?.self,
        Int64?.self,
        String.self
      )
      return Department(
        code: fields.0,
        name: fields.1,
        region: fields.2,
        population: fields.3,
        populationYear: fields.4,
        position: fields.5.flatMap { north in
          fields.6.flatMap { Position(latitude: north, longitude: $0) }
        },
        populationNote: fields.7
      )
    }
  }
}
