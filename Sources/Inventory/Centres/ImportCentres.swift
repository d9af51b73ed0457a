package import Storage
package import Tabular

extension Centre {
  /// A centre as it is described from outside, before it has a key.
  package struct Draft: Equatable, Sendable, Codable {
    package var code: Code
    package var organisation: Organisation.Code
    package var organisationName: String
    package var name: String
    package var kind: Kind
    package var city: String
    package var department: String
    package var region: String
    package var position: Position?
    package var positionCertainty: String?
    package var address: String?
    package var addressCertainty: String?
    package var patients: Patients?
    package var identifiers = Identifiers()
  }

  package static let sheetColumns: [Sheet.Column] = [
    .init("code"), .init("organisation_code"), .init("organisation"), .init("name"), .init("kind"),
    .init("city"), .init("department_code"), .init("region"), .init("latitude", required: false),
    .init("longitude", required: false), .init("coordinates_certainty", required: false),
    .init("finess", required: false), .init("siret", required: false), .init("gln", required: false),
    .init("address", required: false), .init("address_certainty", required: false),
    .init("annual_patients", required: false), .init("annual_patients_year", required: false),
    .init("annual_patients_source", required: false),
  ]

  /// Reads a table of centres; everything wrong in it is told at once.
  package static func drafts(from input: consuming ByteInput) throws -> [Draft] {
    try Sheet.values(of: input, columns: sheetColumns) { row in Draft(row: &row) }
  }

  /// Stores centres, new or changed, and logs each.
  package static func take(_ drafts: [Draft], by stamp: Stamp, in connection: any Connection) throws {
    for draft in drafts {
      _ = try store(draft, in: connection)
      try Audit.record(
        "centre.describe",
        subject: "centre \(draft.code)",
        after: draft,
        by: stamp,
        in: connection
      )
    }
    try CatalogueMark.move(at: stamp.at, in: connection)
  }
}

extension Centre.Draft {
  init?(row: inout SheetRow) {
    let code = row.code("code", of: Centre.self)
    let organisation = row.code("organisation_code", of: Organisation.self)
    let organisationName = row.nonEmpty("organisation")
    let name = row.nonEmpty("name")
    let kind = row.choice("kind", of: Centre.Kind.self)
    let city = row.nonEmpty("city")
    let department = row.nonEmpty("department_code")
    let region = row.nonEmpty("region")
    let position = row.position()
    let patients = row.patients()
    let identifiers = Centre.Identifiers(
      finess: row.identifier("finess", .finess),
      siret: row.identifier("siret", .siret),
      gln: row.identifier("gln", .gln)
    )
    guard let code, let organisation, let organisationName, let name, let kind, let city, let department,
      let region
    else { return nil }
    self.init(
      code: code,
      organisation: organisation,
      organisationName: organisationName,
      name: name,
      kind: kind,
      city: city,
      department: department,
      region: region,
      position: position,
      positionCertainty: row.filled("coordinates_certainty"),
      address: row.filled("address"),
      addressCertainty: row.filled("address_certainty"),
      patients: patients,
      identifiers: identifiers
    )
  }
}

extension SheetRow {
  mutating func patients() -> Centre.Patients? {
    let year = optionalInteger("annual_patients_year", in: 1900...2100)
    return optionalInteger("annual_patients").map {
      Centre.Patients(count: $0, year: year, source: filled("annual_patients_source"))
    }
  }

  /// Two columns in degrees, `latitude` and `longitude` by default; nil where both are empty.
  package mutating func position(_ north: String = "latitude", _ east: String = "longitude") -> Position? {
    if text(north).isEmpty && text(east).isEmpty { return nil }
    let expected = "degrees with at most six decimals"
    let latitude = value(north, expected: expected, parse: Position.microdegrees)
    let longitude = value(east, expected: expected, parse: Position.microdegrees)
    guard let latitude, let longitude else { return nil }
    guard let position = Position(latitude: latitude, longitude: longitude) else {
      report(north, expected: "a latitude from -90 to 90 and a longitude from -180 to 180")
      return nil
    }
    return position
  }

  mutating func identifier(_ column: String, _ scheme: IdentifierScheme) -> String? {
    optional(column, expected: scheme.expectation) { scheme.accepts($0) ? $0 : nil }
  }
}
