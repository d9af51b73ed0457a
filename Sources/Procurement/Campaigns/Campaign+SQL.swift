import Inventory
package import Storage

extension Campaign.State: Storable {}

extension Campaign {
  private static let columns: SQL = "id, code, title, state, opens, closes, needed_by"

  private init(row: Row, items: [ID: [Item.SKU]], rounds: [ID: [Day]]) throws {
    let (id, code, title, state, opens, closes, neededBy) = try row.decode(
      as: ID.self,
      Code.self,
      String.self,
      State.self,
      Day.self,
      Day.self,
      Day.self
    )
    let terms = Terms(
      code: code,
      title: title,
      opens: opens,
      closes: closes,
      neededBy: neededBy,
      items: items[id] ?? [],
      rounds: rounds[id] ?? []
    )
    self.init(id: id, terms: terms, state: state)
  }

  /// The campaigns that a condition names, with their items and rounds: three statements, however many they are.
  private static func all(where condition: SQL, in connection: any Connection) throws -> [Campaign] {
    let rows = try connection.query(
      "SELECT \(columns) FROM campaign WHERE \(condition) ORDER BY opens DESC, code"
    )
    guard !rows.isEmpty else { return [] }
    let items: [ID: [Item.SKU]] = try connection.query(
      """
      SELECT c.campaign_id, i.sku FROM campaign_item c JOIN item i ON i.id = c.item_id
      WHERE c.campaign_id IN (SELECT id FROM campaign WHERE \(condition)) ORDER BY c.campaign_id, i.sku
      """
    ).reduce(into: [:]) { items, row in
      let (campaign, item) = try row.decode(as: ID.self, Item.SKU.self)
      items[campaign, default: []].append(item)
    }
    let rounds: [ID: [Day]] = try connection.query(
      """
      SELECT campaign_id, orders_on FROM campaign_round
      WHERE campaign_id IN (SELECT id FROM campaign WHERE \(condition)) ORDER BY campaign_id, orders_on
      """
    ).reduce(into: [:]) { rounds, row in
      let (campaign, day) = try row.decode(as: ID.self, Day.self)
      rounds[campaign, default: []].append(day)
    }
    return try rows.map { try Campaign(row: $0, items: items, rounds: rounds) }
  }

  package static func find(_ code: Code, in connection: any Connection) throws -> Campaign {
    guard let campaign = try known(code, in: connection) else {
      throw CampaignError.noSuchCampaign(code.rawValue)
    }
    return campaign
  }

  /// The campaign of that code, if there is one.
  static func known(_ code: Code, in connection: any Connection) throws -> Campaign? {
    try all(where: "code = \(code)", in: connection).first
  }

  /// All campaigns, the newest first.
  package static func all(in connection: any Connection) throws -> [Campaign] {
    try all(where: "1 = 1", in: connection)
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
    for day in terms.rounds {
      try connection.execute("INSERT INTO campaign_round (campaign_id, orders_on) VALUES (\(id), \(day))")
    }
  }

  func storeState(in connection: any Connection) throws {
    try connection.execute("UPDATE campaign SET state = \(state) WHERE id = \(id)")
  }
}
