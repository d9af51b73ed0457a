package import Storage

extension Item.Criticality: Storable {}
extension Item.StorageCondition: Storable {}
extension Item.State: Storable {}
extension Item.Pack.Level: Storable {}

extension Item {
  private static let columns: SQL = """
    id, sku, name, name_fr, unit, criticality, storage, shelf_life_days, minimum_cover_days, cpv, atc, state,
    certainty
    """

  private init(row: Row, packs known: [ID: [Pack]]) throws(DatabaseError) {
    (
      id, sku, name, nameFrench, unit, criticality, storage, shelfLifeDays, minimumCoverDays, cpv, atc, state,
      certainty
    ) = try row.decode(
      as: ID.self,
      SKU.self,
      String.self,
      String.self,
      String.self,
      Criticality.self,
      StorageCondition.self,
      Int64?.self,
      Int64?.self,
      String?.self,
      String?.self,
      State.self,
      String.self
    )
    packs = known[id] ?? []
  }

  package static func find(_ sku: SKU, in connection: any Connection) throws -> Item {
    let rows = try connection.query("SELECT \(columns) FROM item WHERE sku = \(sku)")
    guard let row = rows.first else { throw ItemError.noSuchItem(sku.rawValue) }
    let packs = try packs(where: "WHERE item_id = (SELECT id FROM item WHERE sku = \(sku))", in: connection)
    return try Item(row: row, packs: packs)
  }

  /// All items, by SKU.
  package static func all(in connection: any Connection) throws -> [Item] {
    let packs = try packs(where: "", in: connection)
    return try connection.query("SELECT \(columns) FROM item ORDER BY sku").map { row in
      try Item(row: row, packs: packs)
    }
  }

  private static func packs(where filter: SQL, in connection: any Connection) throws -> [ID: [Pack]] {
    let rows = try connection.query(
      "SELECT item_id, level, units, gtin FROM item_pack \(filter) ORDER BY item_id, units, level"
    )
    return try rows.reduce(into: [:]) { packs, row in
      let (item, level, units, gtin) = try row.decode(
        as: ID.self,
        Pack.Level.self,
        Quantity.self,
        String?.self
      )
      packs[item, default: []].append(Pack(level: level, units: units, gtin: gtin))
    }
  }

  /// Stores a new item, or the changed description of a known one; its packs are replaced.
  static func store(_ draft: Draft, in connection: any Connection) throws -> Item {
    try connection.execute(
      """
      INSERT INTO item (sku, name, name_fr, unit, criticality, storage, shelf_life_days, minimum_cover_days,
        cpv, atc, state, certainty)
      VALUES (\(draft.sku), \(draft.name), \(draft.nameFrench), \(draft.unit), \(draft.criticality),
        \(draft.storage), \(draft.shelfLifeDays), \(draft.minimumCoverDays), \(draft.cpv), \(draft.atc),
        \(State.active), \(draft.certainty))
      ON CONFLICT (sku) DO UPDATE SET name = excluded.name, name_fr = excluded.name_fr, unit = excluded.unit,
        criticality = excluded.criticality, storage = excluded.storage,
        shelf_life_days = excluded.shelf_life_days, minimum_cover_days = excluded.minimum_cover_days,
        cpv = excluded.cpv, atc = excluded.atc, certainty = excluded.certainty
      """
    )
    return try find(draft.sku, in: connection)
  }

  static func store(_ pack: Pack, of item: ID, in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO item_pack (item_id, level, units, gtin)
      VALUES (\(item), \(pack.level), \(pack.units), \(pack.gtin))
      ON CONFLICT (item_id, level) DO UPDATE SET units = excluded.units, gtin = excluded.gtin
      """
    )
  }

  /// The items that may stand in for one, by SKU.
  package static func substitutes(of item: ID, in connection: any Connection) throws -> [Substitute] {
    try connection.query(
      """
      SELECT i.sku, s.quantity, s.per_quantity, s.note FROM item_substitute s JOIN item i ON i.id = s.substitute_id
      WHERE s.item_id = \(item) ORDER BY i.sku
      """
    ).map { row in
      let (sku, quantity, perQuantity, note) = try row.decode(
        as: SKU.self,
        Quantity.self,
        Quantity.self,
        String.self
      )
      return Substitute(sku: sku, quantity: quantity, perQuantity: perQuantity, note: note)
    }
  }
}
