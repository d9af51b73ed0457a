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

  private init(row: Row, in connection: any Connection) throws {
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
    let items = try connection.query(
      """
      SELECT i.sku FROM innovation_item l JOIN item i ON i.id = l.item_id WHERE l.innovation_id = \(id)
      """
    ).map { row -> Item.SKU in try row.decode(as: Item.SKU.self) }
    let agreements = try connection.query(
      """
      SELECT a.reference FROM innovation_agreement l JOIN framework_agreement a ON a.id = l.agreement_id
      WHERE l.innovation_id = \(id)
      """
    ).map { row -> Agreement.Reference in try row.decode(as: Agreement.Reference.self) }
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
        items: items,
        agreements: agreements,
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
    try connection.query("SELECT \(columns) FROM \(origin) WHERE v.code = \(code)").first
      .map { try Innovation(row: $0, in: connection) }
  }

  /// All innovations, or those of a state, the newest first.
  package static func all(_ state: State? = nil, in connection: any Connection) throws -> [Innovation] {
    let filter: SQL = if let state { "v.state = \(state)" } else { "1 = 1" }
    return try connection.query(
      "SELECT \(columns) FROM \(origin) WHERE \(filter) ORDER BY v.proposed_on DESC, v.code"
    ).map { try Innovation(row: $0, in: connection) }
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
    try connection.query(
      """
      SELECT c.code, r.state, r.since, r.note FROM innovation_centre r JOIN centre c ON c.id = r.centre_id
      WHERE r.innovation_id = \(id) ORDER BY c.code
      """
    ).map { row in
      let (centre, state, since, note) = try row.decode(
        as: Centre.Code.self,
        CentreRollout.State.self,
        Day?.self,
        String.self
      )
      return CentreRollout(centre: centre, state: state, since: since, note: note)
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
