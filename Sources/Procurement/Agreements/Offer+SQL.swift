package import Inventory
package import Storage

extension PriceTiers.Mode: Storable {}

extension Offer {
  /// The columns of an offer, of its first and its further prices: one row for each tier, tiers in order.
  private static let selection: SQL = """
    SELECT o.id, o.code, a.reference, l.number, s.code, i.sku, o.supplier_reference, o.valid_from,
      o.valid_until, o.pack_units, o.minimum_packs, o.multiple_packs, o.minimum_value, o.capacity_packs,
      o.capacity_days, o.lead_days, o.tier_mode, o.freight_charge, o.freight_threshold, t.from_packs, t.price
    FROM supplier_offer o JOIN offer_tier t ON t.offer_id = o.id
    JOIN agreement_lot l ON l.id = o.lot_id JOIN framework_agreement a ON a.id = l.agreement_id
    JOIN supplier s ON s.id = o.supplier_id JOIN item i ON i.id = o.item_id
    """

  private init(row: Row) throws {
    let (
      id, code, agreement, lot, supplier, item, supplierReference, validFrom, validUntil, packUnits,
      minimumPacks, multiplePacks, minimumValue, capacityPacks, capacityDays, leadDays, mode, charge,
      threshold, from, price
    ) = try row.decode(
      as: ID.self,
      Code.self,
      Agreement.Reference.self,
      Int64.self,
      Supplier.Code.self,
      Item.SKU.self,
      String?.self,
      Day.self,
      Day.self,
      Quantity.self,
      Int64.self,
      Int64.self,
      Money.self,
      Int64?.self,
      Int64?.self,
      Int64.self,
      PriceTiers.Mode.self,
      Money.self,
      Money?.self,
      Int64.self,
      Money.self
    )
    guard let prices = PriceTiers(mode, [PriceTiers.Tier(from: from, price: price)]) else {
      throw OfferError.unpriced(code)
    }
    let capacity = capacityPacks.flatMap { packs in
      capacityDays.map { Capacity(packs: packs, days: $0) }
    }
    self.init(
      id: id,
      code: code,
      agreement: agreement,
      lot: lot,
      supplier: supplier,
      item: item,
      supplierReference: supplierReference,
      validFrom: validFrom,
      validUntil: validUntil,
      terms: Terms(
        packUnits: packUnits,
        minimumPacks: minimumPacks,
        multiplePacks: multiplePacks,
        minimumValue: minimumValue,
        capacity: capacity,
        leadDays: leadDays,
        prices: prices,
        freight: Freight(charge: charge, freeFrom: threshold)
      )
    )
  }

  /// The offers that a condition selects, by code, each with all its tiers.
  static func select(where condition: SQL, in connection: any Connection) throws -> [Offer] {
    let rows = try connection.query("\(selection) WHERE \(condition) ORDER BY o.code, t.from_packs")
    return try rows.reduce(into: []) { offers, row in
      guard let last = offers.indices.last, row.values.first == offers[last].id.sqlValue else {
        return offers.append(try Offer(row: row))
      }
      try offers[last].addTier(of: row)
    }
  }

  /// Adds the price that a further row of the same offer holds.
  private mutating func addTier(of row: Row) throws {
    let (from, price) = try Row(row.values.suffix(2)).decode(as: Int64.self, Money.self)
    let prices = terms.prices
    guard let prices = PriceTiers(prices.mode, prices.tiers + [PriceTiers.Tier(from: from, price: price)])
    else { throw OfferError.unpriced(code) }
    terms.prices = prices
  }

  /// All offers, by code; of one item only where it is given, and of one day.
  package static func all(
    of item: Item.SKU? = nil,
    on day: Day? = nil,
    in connection: any Connection
  ) throws -> [Offer] {
    let byItem: SQL = if let item { "i.sku = \(item)" } else { "1 = 1" }
    let byDay: SQL = if let day { "o.valid_from <= \(day) AND o.valid_until >= \(day)" } else { "1 = 1" }
    return try select(where: "\(byItem) AND \(byDay)", in: connection)
  }

  /// The offers of one holder of a lot for some items, that hold on a day.
  static func of(
    _ supplier: Supplier.ID,
    lot: AgreementLot.ID,
    items: [Item.ID],
    on day: Day,
    in connection: any Connection
  ) throws -> [Offer] {
    try select(
      where: """
        o.lot_id = \(lot) AND o.supplier_id = \(supplier) AND o.item_id IN (\(SQL.list(items)))
        AND o.valid_from <= \(day) AND o.valid_until >= \(day)
        """,
      in: connection
    )
  }

  /// The items' numbers, read apart: joined by its SKUs, a database that knows little of them may walk all items.
  private static func numbers(of items: [Item.SKU], in connection: any Connection) throws -> SQL {
    SQL.list(try Keys.items(items, in: connection).values.sorted())
  }

  /// The offers of a lot's other active holders for some items, that hold on a day.
  static func others(
    than supplier: Supplier.ID,
    lot: AgreementLot.ID,
    items: [Item.SKU],
    on day: Day,
    in connection: any Connection
  ) throws -> [Offer] {
    try select(
      where: """
        o.lot_id = \(lot) AND o.supplier_id <> \(supplier) AND s.active = 1
        AND o.item_id IN (\(try numbers(of: items, in: connection)))
        AND o.valid_from <= \(day) AND o.valid_until >= \(day)
        """,
      in: connection
    )
  }

  /// The offers of every active holder for the items of a campaign, that hold on a day under an agreement in force.
  static func forCampaign(_ campaign: Campaign.ID, on day: Day, in connection: any Connection) throws
    -> [Offer]
  {
    try select(
      where: """
        o.item_id IN (SELECT item_id FROM campaign_item WHERE campaign_id = \(campaign))
        AND o.valid_from <= \(day) AND o.valid_until >= \(day) AND a.starts <= \(day) AND a.ends >= \(day)
        AND s.active = 1
        """,
      in: connection
    )
  }
}

extension SQL {
  /// Values separated by commas, for `IN`; NULL where there is none, which selects nothing.
  ///
  /// The last is named again up to a power of two, so that lists of about one length are one statement to whoever keeps
  /// statements.
  static func list(_ values: some Collection<some Bindable>) -> SQL {
    let named = values.map { value -> SQL in "\(value)" }
    guard let last = named.last else { return "NULL" }
    var length = 1
    while length < named.count { length *= 2 }
    return rows(named + Array(repeating: last, count: min(length, 512) - min(named.count, 512)))
  }

  /// Rows separated by commas, for `VALUES`.
  static func rows(_ rows: [SQL]) -> SQL { SQL(joining: rows, by: ", ") }
}
