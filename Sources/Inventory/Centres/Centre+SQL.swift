package import Storage

extension Centre.Kind: Storable {}

extension Centre {
  private static let columns: SQL = """
    c.id, c.code, o.code, c.name, c.kind, c.city, c.department, c.region, c.latitude, c.longitude,
    c.position_certainty, c.address, c.address_certainty, c.annual_patients, c.annual_patients_year,
    c.annual_patients_source, c.finess, c.siret, c.gln
    """
  private static let source: SQL = "centre c JOIN organisation o ON o.id = c.organisation_id"

  private init(row: Row) throws(DatabaseError) {
    let latitude: Int64?
    let longitude: Int64?
    let count: Int64?
    let year: Int64?
    let counted: String?
    let finess: String?
    let siret: String?
    let gln: String?
    (
      id, code, organisation, name, kind, city, department, region, latitude, longitude,
      positionCertainty, address, addressCertainty, count, year, counted, finess, siret, gln
    ) = try row.decode(
      as: ID.self,
      Code.self,
      Organisation.Code.self,
      String.self,
      Kind.self,
      String.self,
      String.self,
      String.self,
      Int64?.self,
      Int64?.self,
      String?.self,
      String?.self,
      String?.self,
      Int64?.self,
      Int64?.self,
      String?.self,
      String?.self,
      String?.self,
      String?.self
    )
    patients = count.map { Patients(count: $0, year: year, source: counted) }
    position = latitude.flatMap { north in
      longitude.flatMap { Position(latitude: north, longitude: $0) }
    }
    identifiers = Identifiers(finess: finess, siret: siret, gln: gln)
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> Centre {
    let rows = try connection.query("SELECT \(columns) FROM \(source) WHERE c.code = \(code)")
    guard let row = rows.first else { throw CentreError.noSuchCentre(code.rawValue) }
    return try Centre(row: row)
  }

  /// All centres, by code.
  package static func all(in connection: any Connection) throws -> [Centre] {
    try connection.query("SELECT \(columns) FROM \(source) ORDER BY c.code").map(Centre.init(row:))
  }

  /// Stores a new centre, or the changed description of a known one, and returns it as stored.
  static func store(_ draft: Draft, in connection: any Connection) throws -> Centre {
    let owner = try Organisation.store(draft.organisation, name: draft.organisationName, in: connection)
    try connection.execute(
      """
      INSERT INTO centre (code, organisation_id, name, kind, city, department, region, latitude, longitude,
        position_certainty, address, address_certainty, annual_patients, annual_patients_year,
        annual_patients_source, finess, siret, gln)
      VALUES (\(draft.code), \(owner), \(draft.name), \(draft.kind), \(draft.city), \(draft.department),
        \(draft.region), \(draft.position?.latitude), \(draft.position?.longitude),
        \(draft.positionCertainty), \(draft.address), \(draft.addressCertainty),
        \(draft.patients?.count), \(draft.patients?.year), \(draft.patients?.source),
        \(draft.identifiers.finess), \(draft.identifiers.siret),
        \(draft.identifiers.gln))
      ON CONFLICT (code) DO UPDATE SET organisation_id = excluded.organisation_id, name = excluded.name,
        kind = excluded.kind, city = excluded.city, department = excluded.department,
        region = excluded.region, latitude = excluded.latitude, longitude = excluded.longitude,
        position_certainty = excluded.position_certainty, address = excluded.address,
        address_certainty = excluded.address_certainty, annual_patients = excluded.annual_patients,
        annual_patients_year = excluded.annual_patients_year,
        annual_patients_source = excluded.annual_patients_source, finess = excluded.finess,
        siret = excluded.siret, gln = excluded.gln
      """
    )
    return try find(draft.code, in: connection)
  }
}

extension Organisation {
  package static func find(_ code: Code, in connection: any Connection) throws -> Organisation {
    let rows = try connection.query("SELECT id, code, name FROM organisation WHERE code = \(code)")
    guard let row = rows.first else { throw CentreError.noSuchOrganisation(code.rawValue) }
    let (id, code, name) = try row.decode(as: ID.self, Code.self, String.self)
    return Organisation(id: id, code: code, name: name)
  }

  /// All organisations, by code.
  package static func all(in connection: any Connection) throws -> [Organisation] {
    try connection.query("SELECT id, code, name FROM organisation ORDER BY code").map { row in
      let (id, code, name) = try row.decode(as: ID.self, Code.self, String.self)
      return Organisation(id: id, code: code, name: name)
    }
  }

  static func store(_ code: Code, name: String, in connection: any Connection) throws -> ID {
    try connection.execute(
      """
      INSERT INTO organisation (code, name) VALUES (\(code), \(name))
      ON CONFLICT (code) DO UPDATE SET name = excluded.name
      """
    )
    return try find(code, in: connection).id
  }
}
