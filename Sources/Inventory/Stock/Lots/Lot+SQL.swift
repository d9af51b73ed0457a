package import Storage

extension Lot {
  private static let columns: SQL = "id, item_id, number, expiry"

  private init(row: Row) throws(DatabaseError) {
    (id, item, number, expiry) = try row.decode(as: ID.self, Item.ID.self, String.self, Day?.self)
  }

  /// The expiries of an item's lots by their numbers, of those that have one.
  package static func expiries(of item: Item.SKU, in connection: any Connection) throws -> [String: Day] {
    let rows = try connection.query(
      """
      SELECT l.number, l.expiry FROM lot l JOIN item i ON i.id = l.item_id
      WHERE i.sku = \(item) AND l.expiry IS NOT NULL
      """
    ).map { try $0.decode(as: String.self, Day.self) }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.0, $0.1) })
  }

  /// The lot of an item by its number, added when it is not known yet.
  /// - Parameters:
  ///   - item: whose lot.
  ///   - number: as on the label; empty for stock without a lot.
  ///   - expiry: nil where it is not told: a known lot keeps its own. Where the lot's was not known, it is now.
  ///   - connection: the transaction.
  /// - Returns: the lot as it is known now.
  /// - Throws: `StockError.lotExpiryDiffers` for a known lot with another expiry.
  package static func resolve(
    item: Item.ID,
    number: String,
    expiry: Day?,
    in connection: any Connection
  ) throws -> Lot {
    guard isNumber(number), expiry == nil || !number.isEmpty else {
      throw StockError.lotNumberInvalid(number)
    }
    try connection.execute(
      """
      INSERT INTO lot (item_id, number, expiry) VALUES (\(item), \(number), \(expiry))
      ON CONFLICT (item_id, number) DO NOTHING
      """
    )
    let rows = try connection.query(
      "SELECT \(columns) FROM lot WHERE item_id = \(item) AND number = \(number)"
    )
    guard let row = rows.first else { throw DatabaseError.narrow(columns: 0, expected: 4) }
    var lot = try Lot(row: row)
    if let expiry, lot.expiry == nil {
      lot.expiry = expiry
      try connection.execute("UPDATE lot SET expiry = \(expiry) WHERE id = \(lot.id)")
      try StockMark.moveForEverybody(in: connection)
    } else if let expiry, lot.expiry != expiry {
      throw StockError.lotExpiryDiffers(
        item: try sku(of: item, in: connection),
        number: number,
        known: lot.expiry,
        given: expiry
      )
    }
    return lot
  }

  /// A known lot.
  package static func find(item sku: Item.SKU, number: String, in connection: any Connection) throws -> Lot {
    let item = try Item.find(sku, in: connection).id
    let rows = try connection.query(
      "SELECT \(columns) FROM lot WHERE item_id = \(item) AND number = \(number)"
    )
    guard let row = rows.first else { throw StockError.noSuchLot(item: sku, number: number) }
    return try Lot(row: row)
  }

  static func sku(of item: Item.ID, in connection: any Connection) throws -> Item.SKU {
    let rows = try connection.query("SELECT sku FROM item WHERE id = \(item)")
    guard let row = rows.first else { throw ItemError.noSuchItem("\(item.rawValue)") }
    return try row.decode(as: Item.SKU.self)
  }
}
