import Inventory
package import Storage

extension Innovation.State: Storable {}
extension Innovation.Kind: Storable {}
extension CentreRollout.State: Storable {}

extension Innovation {
  private static let columns: SQL = """
    v.id, v.code, v.title, v.kind, v.state, v.summary, v.owner, v.proposed_on, k.code, v.source, v.certainty
    """
  private static let origin: SQL = "innovation v LEFT JOIN equipment_category k ON k.id = v.category_id"

  /// What innovations bring, by their identifiers.
  private struct Links {
    var items: [ID: [Item.SKU]] = [:]
    var agreements: [ID: [Agreement.Reference]] = [:]

    init(ofThose condition: SQL, in connection: any Connection) throws {
      let those: SQL = "SELECT v.id FROM innovation v WHERE \(condition)"
      for row in try connection.query(
        """
        SELECT l.innovation_id, i.sku FROM innovation_item l JOIN item i ON i.id = l.item_id
        WHERE l.innovation_id IN (\(those)) ORDER BY i.sku
        """
      ) {
        let (innovation, item) = try row.decode(as: ID.self, Item.SKU.self)
        items[innovation, default: []].append(item)
      }
      for row in try connection.query(
        """
        SELECT l.innovation_id, a.reference FROM innovation_agreement l
        JOIN framework_agreement a ON a.id = l.agreement_id
        WHERE l.innovation_id IN (\(those)) ORDER BY a.reference
        """
      ) {
        let (innovation, agreement) = try row.decode(as: ID.self, Agreement.Reference.self)
        agreements[innovation, default: []].append(agreement)
      }
    }
  }

  private init(row: Row, _ links: Links) throws {
    let (id, code, title, kind, state, summary, owner, proposed, category, source, certainty) =
      try row.decode(
        as: ID.self,
        Code.self,
        String.self,
        Kind.self,
        State.self,
        String.self,
        String.self,
        Day.self,
        EquipmentCategory.Code?.self,
        String.self,
        String.self
      )
    self.init(
      id: id,
      terms: Terms(
        code: code,
        title: title,
        kind: kind,
        summary: summary,
        owner: owner,
        proposedOn: proposed,
        category: category,
        items: links.items[id] ?? [],
        agreements: links.agreements[id] ?? [],
        source: source,
        certainty: certainty
      ),
      state: state
    )
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> Innovation {
    guard let known = try known(code, in: connection) else {
      throw InnovationError.notFound(noun: "innovation", code: code.rawValue)
    }
    return known
  }

  static func known(_ code: Code, in connection: any Connection) throws -> Innovation? {
    try all(where: "v.code = \(code)", in: connection).first
  }

  /// All innovations, or those of a state, the newest first.
  package static func all(_ state: State? = nil, in connection: any Connection) throws -> [Innovation] {
    try all(where: state.map { "v.state = \($0)" } ?? "1 = 1", in: connection)
  }

  /// Three statements, however many they are.
  private static func all(where condition: SQL, in connection: any Connection) throws -> [Innovation] {
    let rows = try connection.query(
      "SELECT \(columns) FROM \(origin) WHERE \(condition) ORDER BY v.proposed_on DESC, v.code"
    )
    guard !rows.isEmpty else { return [] }
    let links = try Links(ofThose: condition, in: connection)
    return try rows.map { try Innovation(row: $0, links) }
  }

  /// Stores a new one; false where its code is taken.
  static func insert(_ terms: Terms, state: State, in connection: any Connection) throws -> Bool {
    let category = try terms.category.map { try EquipmentCategory.find($0, in: connection).id }
    let rows = try connection.query(
      """
      INSERT INTO innovation (code, title, kind, state, summary, owner, category_id, proposed_on, source, certainty)
      VALUES (\(terms.code), \(terms.title), \(terms.kind), \(state), \(terms.summary), \(terms.owner),
        \(category), \(terms.proposedOn), \(terms.source), \(terms.certainty))
      ON CONFLICT (code) DO NOTHING RETURNING id
      """
    )
    guard let id: ID = try rows.first?.decode(as: ID.self) else { return false }
    for sku in terms.items {
      let item = try Item.find(sku, in: connection).id
      try connection.execute("INSERT INTO innovation_item (innovation_id, item_id) VALUES (\(id), \(item))")
    }
    for reference in terms.agreements {
      let agreement = try Agreement.find(reference, in: connection).id
      try connection.execute(
        "INSERT INTO innovation_agreement (innovation_id, agreement_id) VALUES (\(id), \(agreement))"
      )
    }
    return true
  }

  /// Moves the state from what it was; false where someone else moved it first.
  func store(_ next: State, in connection: any Connection) throws -> Bool {
    try !connection.query(
      "UPDATE innovation SET state = \(next) WHERE id = \(id) AND state = \(state) RETURNING id"
    ).isEmpty
  }

  /// Where the centres are, by centre.
  package func rollout(in connection: any Connection) throws -> [CentreRollout] {
    try Self.rollouts(where: "r.innovation_id = \(id)", in: connection)[id] ?? []
  }

  /// Where the centres are with every innovation, by centre.
  package static func rollouts(in connection: any Connection) throws -> [ID: [CentreRollout]] {
    try rollouts(where: "1 = 1", in: connection)
  }

  private static func rollouts(
    where condition: SQL,
    in connection: any Connection
  ) throws -> [ID: [CentreRollout]] {
    let rows = try connection.query(
      """
      SELECT r.innovation_id, c.code, r.state, r.since, r.note
      FROM innovation_centre r JOIN centre c ON c.id = r.centre_id
      WHERE \(condition) ORDER BY r.innovation_id, c.code
      """
    )
    return try rows.reduce(into: [:]) { rollouts, row in
      let (innovation, centre, state, since, note) = try row.decode(
        as: ID.self,
        Centre.Code.self,
        CentreRollout.State.self,
        Day?.self,
        String.self
      )
      let rollout = CentreRollout(centre: centre, state: state, since: since, note: note)
      rollouts[innovation, default: []].append(rollout)
    }
  }

  func store(_ rollout: CentreRollout, in connection: any Connection) throws {
    let centre = try Centre.find(rollout.centre, in: connection).id
    try connection.execute(
      """
      INSERT INTO innovation_centre (innovation_id, centre_id, state, since, note)
      VALUES (\(id), \(centre), \(rollout.state), \(rollout.since), \(rollout.note))
      ON CONFLICT (innovation_id, centre_id) DO UPDATE SET state = excluded.state, since = excluded.since,
        note = excluded.note
      """
    )
  }
}
