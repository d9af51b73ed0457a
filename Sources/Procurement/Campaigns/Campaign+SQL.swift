import Inventory
package import Storage

extension Campaign.State: Storable {}

extension Campaign {
  private static let columns: SQL = "id, code, title, state, opens, closes, needed_by"

  private init(row: Row, in connection: any Connection) throws {
    let (id, code, title, state, opens, closes, neededBy) = try row.decode(
      as: ID.self,
      Code.self,
      String.self,
      State.self,
      Day.self,
      Day.self,
      Day.self
    )
    let items = try connection.query(
      """
      SELECT i.sku FROM campaign_item c JOIN item i ON i.id = c.item_id WHERE c.campaign_id = \(id)
      ORDER BY i.sku
      """
    ).map { row -> Item.SKU in try row.decode(as: Item.SKU.self) }
    let terms = Terms(
      code: code,
      title: title,
      opens: opens,
      closes: closes,
      neededBy: neededBy,
      items: items
    )
    self.init(id: id, terms: terms, state: state)
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> Campaign {
    guard let campaign = try known(code, in: connection) else {
      throw CampaignError.noSuchCampaign(code.rawValue)
    }
    return campaign
  }

  /// The campaign of that code, if there is one.
  static func known(_ code: Code, in connection: any Connection) throws -> Campaign? {
    try connection.query("SELECT \(columns) FROM campaign WHERE code = \(code)").first
      .map { try Campaign(row: $0, in: connection) }
  }

  /// All campaigns, the newest first.
  package static func all(in connection: any Connection) throws -> [Campaign] {
    try connection.query("SELECT \(columns) FROM campaign ORDER BY opens DESC, code")
      .map { try Campaign(row: $0, in: connection) }
  }

  static func store(_ terms: Terms, items: [Item.ID], in connection: any Connection) throws {
    let rows = try connection.query(
      """
      INSERT INTO campaign (code, title, state, opens, closes, needed_by)
      VALUES (\(terms.code), \(terms.title), \(State.draft), \(terms.opens), \(terms.closes), \(terms.neededBy))
      ON CONFLICT (code) DO NOTHING RETURNING id
      """
    )
    guard let id: ID = try rows.first?.decode(as: ID.self) else { throw CampaignError.codeTaken(terms.code) }
    for item in items {
      try connection.execute("INSERT INTO campaign_item (campaign_id, item_id) VALUES (\(id), \(item))")
    }
  }

  func storeState(in connection: any Connection) throws {
    try connection.execute("UPDATE campaign SET state = \(state) WHERE id = \(id)")
  }
}
