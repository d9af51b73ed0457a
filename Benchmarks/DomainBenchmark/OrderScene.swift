import Inventory
import Procurement
import Storage
import Tabular

/// A supplier with priced items under one lot, and centres that order them together.
struct OrderScene {
  let database: any Database
  let lines: Int
  let shares: Int

  static let stamp = Stamp(actor: "benchmark", at: Instant(Day(rawValue: 18_400), hour: 9))

  init(_ database: any Database, lines: Int, shares: Int) async throws {
    self.database = database
    self.lines = lines
    self.shares = shares
    try await Migrator(Schema.migrations).migrate(database)
    try await database.write { connection in
      try Self.register(items: lines, centres: shares, in: connection)
      try Self.contract(items: lines, in: connection)
    }
  }

  private static func register(items: Int, centres: Int, in connection: any Connection) throws {
    try connection.execute("INSERT INTO organisation (id, code, name) VALUES (1, 'net', 'Network')")
    for index in 0..<Int64(centres) {
      try connection.execute(
        """
        INSERT INTO centre (id, code, organisation_id, name, kind, city, department, region)
        VALUES (\(index + 1), \("centre-\(index)"), 1, 'Centre', 'hospital_site', 'City', '69', 'Region')
        """
      )
    }
    for index in 0..<Int64(items) {
      try connection.execute(
        """
        INSERT INTO item (id, sku, name, name_fr, unit, criticality, storage, state, certainty)
        VALUES (\(index + 1), \("ITEM-\(index)"), 'Item', 'Article', '{test}', 'vital', 'ambient', 'active', 'test')
        """
      )
    }
  }

  private static func contract(items: Int, in connection: any Connection) throws {
    func table(_ text: String) -> ByteInput { ByteInput(Array(text.utf8)) }
    try Supplier.take(Supplier.drafts(from: table("code,name,country\ns,S,FR\n")), by: stamp, in: connection)
    let agreement = "reference,title,starts_on,ends_on,payment_days\nA,A,2020-01-01,2020-12-31,30\n"
    try Agreement.take(Agreement.drafts(from: table(agreement)), by: stamp, in: connection)
    let lot =
      "agreement_reference,lot,title,allocation_rule,limit_kind,maximum\nA,1,L,sole,value,1000000000000\n"
    let holder = "agreement_reference,lot,supplier_code,rank\nA,1,s,1\n"
    try AgreementLot.take(
      AgreementLot.drafts(from: table(lot)),
      holders: AgreementLot.holderDrafts(from: table(holder)),
      by: stamp,
      in: connection
    )
    let header =
      "code,supplier_code,agreement_reference,lot,sku,pack_base_units,lead_time_days,valid_from,valid_until,tier_kind\n"
    let offers = (0..<items).map { "o\($0),s,A,1,ITEM-\($0),100,7,2020-01-01,2020-12-31,all_units\n" }
    let tiers = (0..<items).map { "o\($0),1,1000\no\($0),50,900\no\($0),500,800\n" }
    try Offer.take(
      Offer.drafts(from: table(header + offers.joined())),
      tiers: Offer.tierDrafts(from: table("offer_code,from_packs,price_cents_per_pack\n" + tiers.joined())),
      by: stamp,
      in: connection
    )
  }

  /// Places an order and approves it: two transactions, as two people would.
  func order(_ index: Int) async throws {
    let request = try request(index)
    let placing = OrderPlacing(request, by: Self.stamp)
    let number = try await database.write(jointly: placing, after: nil).header.number
    try await database.write { try PurchaseOrder.approve(number, by: Self.stamp, in: $0) }
  }

  private func request(_ index: Int) throws -> OrderRequest {
    func code<Entity>(_ text: String) throws -> Code<Entity> {
      guard let code = Code<Entity>(text) else { throw CampaignError.invalid([]) }
      return code
    }
    return OrderRequest(
      key: "order \(index)",
      supplier: try code("s"),
      agreement: try code("A"),
      lot: 1,
      lines: try (0..<lines).map { line in
        OrderRequest.Line(
          item: try code("ITEM-\(line)"),
          shares: try (0..<shares).map { .init(centre: try code("centre-\($0)"), packs: Int64(10 + $0)) }
        )
      }
    )
  }

  /// The same rows by plain SQL: the order, its lines and shares, the ceiling; no rule, no log.
  func floor(_ index: Int) async throws {
    let (lines, shares) = (Int64(lines), Int64(shares))
    try await database.write { connection in
      let rows = try connection.query(
        """
        INSERT INTO purchase_order (number, key, supplier_id, lot_id, state, ordered_on, goods, freight, units,
          drawn_value, drawn_quantity)
        VALUES (\("F-\(index)"), \("floor \(index)"), 1, 1, 'draft', 18400, 100, 0, 100, 0, 0) RETURNING id
        """
      )
      let order: Int64 = try rows.first?.decode(as: Int64.self) ?? 0
      let lineRows = (1...lines).map { "(\(order), \($0), \($0), \($0), 30, 100, 100)" as SQL }
      try connection.execute(
        """
        INSERT INTO order_line (order_id, line, offer_id, item_id, packs, pack_units, cost)
        VALUES \(SQL(joining: lineRows, by: ", "))
        """
      )
      let shareRows = (1...lines).flatMap { line in
        (1...shares).map { "(\(order), \(line), \($0), 10, 100)" as SQL }
      }
      try connection.execute(
        "INSERT INTO order_share (order_id, line, centre_id, packs, cost) VALUES \(SQL(joining: shareRows, by: ", "))"
      )
    }
    try await database.write { connection in
      try connection.execute("UPDATE agreement_lot SET committed_value = committed_value + 100 WHERE id = 1")
      try connection.execute("UPDATE purchase_order SET state = 'approved' WHERE number = \("F-\(index)")")
    }
  }

  /// What was placed is there, approved and within its ceiling.
  func check(orders: Int) async throws -> Bool {
    try await database.read { connection in
      try PurchaseOrder.all(standing: .approved, limit: 10_000_000, in: connection)
        .filter { $0.header.number.rawValue.hasPrefix("CA-") }.count == orders
    }
  }
}
