import Storage
import TestSupport
import Testing

@testable import Inventory

/// A small network with a few items, ready to move stock.
struct StockFixture {
  let database: any Database
  let centres: [Centre.Code: Centre.ID]
  let items: [Item.SKU: Item.ID]

  static let stamp = Stamp(actor: "test", at: Instant("2026-03-02T08:00:00Z") ?? Instant(rawValue: 0))
  static let monday = Day("2026-03-02") ?? Day(rawValue: 0)

  init(_ backend: Backend, centres: [String] = ["berard", "curie"], items: [String] = ["SWAB", "MIX"])
    async throws
  {
    let database = try await backend.migrated(
      RegisterMigrations.migrations + StockMigrations.migrations
    )
    self.database = database
    (self.centres, self.items) = try await database.write { connection in
      try connection.execute("INSERT INTO organisation (code, name) VALUES ('network', 'The network')")
      for centre in centres { try Self.add(centre: centre, in: connection) }
      for item in items { try Self.add(item: item, in: connection) }
      return (
        try Self.keys("centre", "code", in: connection), try Self.keys("item", "sku", in: connection)
      )
    }
  }

  private static func add(centre code: String, in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO centre (code, organisation_id, name, kind, city, department, region)
      SELECT \(code), id, \(code), 'hospital_site', 'City', '69', 'Region' FROM organisation
      """
    )
  }

  /// An item with inner packs of 10 and cartons of 100, whose GTINs come from its place.
  private static func add(item sku: String, in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO item (sku, name, name_fr, unit, criticality, storage, state, certainty)
      VALUES (\(sku), \(sku), \(sku), '{test}', 'standard', 'ambient', 'active', 'a test')
      """
    )
    for (level, units) in [("inner", Int64(10)), ("carton", 100)] {
      try connection.execute(
        """
        INSERT INTO item_pack (item_id, level, units)
        SELECT id, \(level), \(units) FROM item WHERE sku = \(sku)
        """
      )
    }
  }

  private static func keys<Entity>(
    _ table: SQL,
    _ code: SQL,
    in connection: any Connection
  ) throws -> [Code<Entity>: ID<Entity>] {
    try connection.query("SELECT \(code), id FROM \(table)").reduce(into: [:]) { keys, row in
      let (code, id) = try row.decode(as: Code<Entity>.self, ID<Entity>.self)
      keys[code] = id
    }
  }

  /// Moves stock, a movement a call: `try await stock.post("berard", "SWAB", day, .receipt, 100)`.
  func post(
    _ centre: String,
    _ item: String,
    _ day: Day,
    _ reason: MovementReason,
    _ quantity: Int64,
    lot number: String = "",
    expiry: Day? = nil,
    document: String? = nil
  ) async throws {
    let (centre, item) = (try self.centre(centre), try self.item(item))
    try await database.write { connection in
      let lot = try Lot.resolve(item: item, number: number, expiry: expiry, in: connection)
      let posting = Posting(
        centre: centre,
        item: item,
        lot: lot.id,
        day: day,
        quantity: Quantity(quantity),
        reason: reason,
        document: document
      )
      try StockLedger.post([posting], by: Self.stamp, in: connection)
    }
  }

  /// The balances as `berard/SWAB/lot: 100`, in order.
  func balances() async throws -> [String] {
    try await database.read { connection in
      try connection.query(
        """
        SELECT c.code, i.sku, l.number, b.quantity FROM stock_balance b
        JOIN centre c ON c.id = b.centre_id JOIN item i ON i.id = b.item_id JOIN lot l ON l.id = b.lot_id
        ORDER BY c.code, i.sku, l.number
        """
      ).map { row in
        let (centre, item, lot, quantity) = try row.decode(
          as: String.self,
          String.self,
          String.self,
          Int64.self
        )
        return "\(centre)/\(item)\(lot.isEmpty ? "" : "/" + lot): \(quantity)"
      }
    }
  }

  /// The movements as `berard 2026-03-02 SWAB/lot use -5`, sorted.
  func movements() async throws -> [String] {
    try await database.read { connection in
      try connection.query(
        """
        SELECT c.code, m.day, i.sku, l.number, m.reason, m.quantity FROM stock_movement m
        JOIN centre c ON c.id = m.centre_id JOIN item i ON i.id = m.item_id JOIN lot l ON l.id = m.lot_id
        """
      ).map { row in
        let (centre, day, item, lot, reason, quantity) = try row.decode(
          as: String.self,
          Day.self,
          String.self,
          String.self,
          String.self,
          Int64.self
        )
        return "\(centre) \(day) \(item)\(lot.isEmpty ? "" : "/" + lot) \(reason) \(quantity)"
      }
    }.sorted()
  }

  func reconcile() async throws -> StockLedger.Reconciliation {
    try await database.read { try StockLedger.reconcile(in: $0) }
  }

  func centre(_ code: String) throws -> Centre.ID {
    try #require(centres.first { $0.key.rawValue == code }).value
  }

  func item(_ sku: String) throws -> Item.ID {
    try #require(items.first { $0.key.rawValue == sku }).value
  }
}
