import Inventory
import Storage
import Tabular
import TestSupport

@testable import Procurement

/// A small network: three centres, two items, two suppliers under one agreement.
struct Network {
  let database: any Database

  static let day = Day(rawValue: 18_400)
  static let stamp = Stamp(actor: "buyer", at: Instant(day, hour: 9))

  static func stamp(_ offset: Int64) -> Stamp { Stamp(actor: "buyer", at: Instant(day + offset, hour: 9)) }

  init(
    _ backend: Backend,
    lots: String = Network.lots,
    offers: String = Network.offers,
    tiers: String = Network.tiers
  )
    async throws
  {
    database = try await backend.migrated(Schema.migrations)
    try await database.write { connection in
      try Self.register(in: connection)
      try Supplier.take(
        Supplier.drafts(from: ByteInput(Array(Self.suppliers.utf8))),
        by: Self.stamp,
        in: connection
      )
      try Agreement.take(
        Agreement.drafts(from: ByteInput(Array(Self.agreements.utf8))),
        by: Self.stamp,
        in: connection
      )
      try AgreementLot.take(
        AgreementLot.drafts(from: ByteInput(Array(lots.utf8))),
        holders: AgreementLot.holderDrafts(from: ByteInput(Array(Self.holders.utf8))),
        by: Self.stamp,
        in: connection
      )
      try Offer.take(
        Offer.drafts(from: ByteInput(Array(offers.utf8))),
        tiers: Offer.tierDrafts(from: ByteInput(Array(tiers.utf8))),
        by: Self.stamp,
        in: connection
      )
    }
  }

  private static func register(in connection: any Connection) throws {
    try connection.execute("INSERT INTO organisation (id, code, name) VALUES (1, 'net', 'Network')")
    for (id, code) in [(Int64(1), "berard"), (2, "curie"), (3, "ico")] {
      try connection.execute(
        """
        INSERT INTO centre (id, code, organisation_id, name, kind, city, department, region)
        VALUES (\(id), \(code), 1, \(code), 'hospital_site', 'City', '69', 'Region')
        """
      )
    }
    for (id, sku) in [(Int64(1), "SWAB"), (2, "TUBE")] {
      try connection.execute(
        """
        INSERT INTO item (id, sku, name, name_fr, unit, criticality, storage, state, certainty)
        VALUES (\(id), \(sku), \(sku), \(sku), '{swab}', 'vital', 'ambient', 'active', 'test')
        """
      )
    }
  }

  static let suppliers = """
    code,name,country,siret
    alder,"Alder & Sons <Ltd>",FR,73282932000074
    birch,Birch,FR,

    """
  static let agreements = """
    reference,title,cpv,starts_on,ends_on,payment_days,buyer_name,buyer_siret
    AC-1,Swabs and tubes,33696500,2020-01-01,2021-12-31,30,Network of centres,73282932000074

    """
  static let lots = """
    agreement_reference,lot,title,allocation_rule,limit_kind,maximum,minimum
    AC-1,1,Swabs,best_offer,value,10000000,
    AC-1,2,Tubes,cascade,quantity,100000,

    """
  static let holders = """
    agreement_reference,lot,supplier_code,rank,share_percent
    AC-1,1,alder,1,
    AC-1,1,birch,2,
    AC-1,2,birch,1,
    AC-1,2,alder,2,

    """
  static let offers = """
    code,supplier_code,agreement_reference,lot,sku,pack_base_units,minimum_packs,multiple_packs,capacity_packs,capacity_days,lead_time_days,valid_from,valid_until,tier_kind,free_freight_from_cents,freight_cents
    alder-swab,alder,AC-1,1,SWAB,100,2,2,,,7,2020-01-01,2021-12-31,all_units,100000,4500
    birch-swab,birch,AC-1,1,SWAB,50,1,1,,,7,2020-01-01,2021-12-31,incremental,,3000
    birch-tube,birch,AC-1,2,TUBE,50,1,1,20,30,10,2020-01-01,2021-12-31,all_units,,0
    alder-tube,alder,AC-1,2,TUBE,100,1,1,,,5,2020-01-01,2021-12-31,all_units,,0

    """
  static let tiers = """
    offer_code,from_packs,price_cents_per_pack
    alder-swab,1,1000
    alder-swab,10,900
    alder-swab,100,700
    birch-swab,1,600
    birch-swab,21,450
    birch-tube,1,2000
    alder-tube,1,4500

    """
}

extension OrderRequest {
  /// 20 packs of swabs from alder for two centres: 18.00 × 10, 180.00 in all.
  static func swabs(
    key: String = "k1",
    berard: Int64 = 12,
    curie: Int64 = 8,
    reason: String? = "urgent"
  ) -> OrderRequest {
    OrderRequest(
      key: key,
      supplier: "alder",
      agreement: "AC-1",
      lot: 1,
      reason: reason,
      lines: [
        Line(
          item: "SWAB",
          shares: [Share(centre: "berard", packs: berard), Share(centre: "curie", packs: curie)]
        )
      ]
    )
  }
}

extension Network {
  func place(_ request: OrderRequest) async throws -> PurchaseOrder.Number {
    try await database.write { try PurchaseOrder.place(request, by: Network.stamp, in: $0).header.number }
  }

  func order(_ number: PurchaseOrder.Number) async throws -> PurchaseOrder {
    try await database.read { try PurchaseOrder.find(number, in: $0) }
  }

  func ceiling(lot: Int64) async throws -> Ceiling {
    try await database.read { try Agreement.find("AC-1", in: $0).lot(lot).ceiling }
  }

  func approve(_ number: PurchaseOrder.Number) async throws {
    try await database.write { try PurchaseOrder.approve(number, by: Network.stamp, in: $0) }
  }

  /// An order that is with the supplier.
  func sent(_ request: OrderRequest = .swabs()) async throws -> PurchaseOrder.Number {
    let number = try await place(request)
    try await approve(number)
    try await database.write { try PurchaseOrder.send(number, by: Network.stamp, in: $0) }
    return number
  }

  @discardableResult
  func receive(
    _ number: PurchaseOrder.Number,
    key: String = "d1",
    _ entries: ReceiptRequest.Entry...
  ) async throws -> Receipt {
    let request = ReceiptRequest(order: number, key: key, day: Network.day + 7, entries: entries)
    return try await database.write { try Receipt.take(request, by: Network.stamp(7), in: $0) }
  }

  func balance(_ centre: String, _ sku: String) async throws -> Int64 {
    try await database.read { connection in
      let rows = try connection.query(
        """
        SELECT CAST(COALESCE(SUM(m.quantity), 0) AS BIGINT) FROM stock_movement m
        JOIN centre c ON c.id = m.centre_id JOIN item i ON i.id = m.item_id
        WHERE c.code = \(centre) AND i.sku = \(sku)
        """
      )
      return try rows.first?.decode(as: Int64.self) ?? 0
    }
  }
}
