import Inventory
package import Storage

extension AccessProgramme.State: Storable {}
extension AccessProgramme.Scheme: Storable {}
extension AccessCentre.State: Storable {}

extension AccessProgramme {
  private static let columns: SQL = """
    p.id, p.code, p.product, p.atc, p.indication, p.scheme, p.authority, p.state, p.decided_on, p.starts, p.ends,
    p.renewal_due, v.code, i.sku, p.source, p.certainty
    """
  private static let origin: SQL = """
    access_programme p LEFT JOIN innovation v ON v.id = p.innovation_id LEFT JOIN item i ON i.id = p.item_id
    """

  private init(row: Row) throws(DatabaseError) {
    let (
      id, code, product, atc, indication, scheme, authority, state, decidedOn, starts, ends, due, innovation,
      item, source, certainty
    ) = try row.decode(
      as: ID.self,
      Code.self,
      String.self,
      String?.self,
      String.self,
      Scheme.self,
      String.self,
      State.self,
      Day?.self,
      Day?.self,
      Day?.self,
      Day?.self,
      Innovation.Code?.self,
      Item.SKU?.self,
      String.self,
      String.self
    )
    let period = starts.flatMap { first in
      ends.map { Period(starts: first, ends: $0, renewalDue: due) }
    }
    self.init(
      id: id,
      terms: Terms(
        code: code,
        product: product,
        atc: atc,
        indication: indication,
        scheme: scheme,
        authority: authority,
        innovation: innovation,
        item: item,
        source: source,
        certainty: certainty
      ),
      standing: Standing(state: state, decidedOn: decidedOn, period: period)
    )
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> AccessProgramme {
    let rows = try connection.query("SELECT \(columns) FROM \(origin) WHERE p.code = \(code)")
    guard let row = rows.first else {
      throw InnovationError.notFound(noun: "access programme", code: code.rawValue)
    }
    return try AccessProgramme(row: row)
  }

  /// All programmes, by code.
  package static func all(in connection: any Connection) throws -> [AccessProgramme] {
    try connection.query("SELECT \(columns) FROM \(origin) ORDER BY p.code").map {
      try AccessProgramme(row: $0)
    }
  }

  static func insert(_ terms: Terms, in connection: any Connection) throws -> Bool {
    let innovation = try terms.innovation.map { try Innovation.find($0, in: connection).id }
    let item = try terms.item.map { try Item.find($0, in: connection).id }
    return try !connection.query(
      """
      INSERT INTO access_programme (code, product, atc, indication, scheme, authority, state, innovation_id,
        item_id, source, certainty)
      VALUES (\(terms.code), \(terms.product), \(terms.atc), \(terms.indication), \(terms.scheme),
        \(terms.authority), \(State.identified), \(innovation), \(item), \(terms.source), \(terms.certainty))
      ON CONFLICT (code) DO NOTHING RETURNING id
      """
    ).isEmpty
  }

  /// Stores where it stands now; false where someone else moved it first.
  func store(_ next: Standing, in connection: any Connection) throws -> Bool {
    try !connection.query(
      """
      UPDATE access_programme SET state = \(next.state), decided_on = \(next.decidedOn),
        starts = \(next.period?.starts), ends = \(next.period?.ends), renewal_due = \(next.period?.renewalDue)
      WHERE id = \(id) AND state = \(standing.state) RETURNING id
      """
    ).isEmpty
  }

  /// The centres of the programme, by code.
  package func centres(in connection: any Connection) throws -> [AccessCentre] {
    try connection.query(
      """
      SELECT c.code, a.state, a.since, a.patients FROM access_centre a JOIN centre c ON c.id = a.centre_id
      WHERE a.programme_id = \(id) ORDER BY c.code
      """
    ).map { row in
      let (centre, state, since, patients) = try row.decode(
        as: Centre.Code.self,
        AccessCentre.State.self,
        Day.self,
        Int64?.self
      )
      return AccessCentre(centre: centre, state: state, since: since, patients: patients)
    }
  }

  func store(_ place: AccessCentre, in connection: any Connection) throws {
    let centre = try Centre.find(place.centre, in: connection).id
    try connection.execute(
      """
      INSERT INTO access_centre (programme_id, centre_id, state, since, patients)
      VALUES (\(id), \(centre), \(place.state), \(place.since), \(place.patients))
      ON CONFLICT (programme_id, centre_id) DO UPDATE SET state = excluded.state, since = excluded.since,
        patients = excluded.patients
      """
    )
  }
}
