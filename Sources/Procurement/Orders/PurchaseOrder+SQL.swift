import Inventory
package import Storage

extension PurchaseOrder.State: Storable {}

extension PurchaseOrder {
  static let headerSelection: SQL = """
    SELECT o.id, o.state, o.number, o.key, s.code, a.reference, l.number, c.code, a.currency, o.ordered_on,
      o.expected_on, o.supplier_reference, o.goods, o.freight, o.units, o.drawn_value, o.drawn_quantity,
      o.reason, o.send_on
    FROM purchase_order o JOIN supplier s ON s.id = o.supplier_id JOIN agreement_lot l ON l.id = o.lot_id
    JOIN framework_agreement a ON a.id = l.agreement_id LEFT JOIN campaign c ON c.id = o.campaign_id
    """

  init(row: Row) throws {
    let (
      id, state, number, key, supplier, agreement, lot, campaign, currency, orderedOn, expectedOn,
      supplierReference, goods, freight, units, drawnValue, drawnQuantity, reason, sendOn
    ) = try row.decode(
      as: ID.self,
      State.self,
      Number.self,
      String.self,
      Supplier.Code.self,
      Agreement.Reference.self,
      Int64.self,
      Campaign.Code?.self,
      String.self,
      Day.self,
      Day?.self,
      String?.self,
      Money.self,
      Money.self,
      Quantity.self,
      Money.self,
      Quantity.self,
      String?.self,
      Day?.self
    )
    self.id = id
    self.state = state
    header = Header(
      number: number,
      key: key,
      supplier: supplier,
      agreement: agreement,
      lot: lot,
      campaign: campaign,
      currency: currency,
      orderedOn: orderedOn,
      sendOn: sendOn,
      expectedOn: expectedOn,
      supplierReference: supplierReference,
      goods: goods,
      freight: freight,
      units: units,
      drawn: Ceiling.Draw(value: drawnValue, quantity: drawnQuantity),
      reason: reason
    )
    lines = []
  }

  /// The order with its lines, their shares and what each centre has received.
  package static func find(_ number: Number, in connection: any Connection) throws -> PurchaseOrder {
    try connection.askAhead([header(number), OrderShare.query(number), OrderLine.query(number)])
    var order = try header(number, in: connection)
    order.lines = try OrderLine.all(of: number, in: connection)
    return order
  }

  private static func header(_ number: Number) -> SQL { "\(headerSelection) WHERE o.number = \(number)" }

  /// The order without its lines.
  static func header(_ number: Number, in connection: any Connection) throws -> PurchaseOrder {
    let rows = try connection.query(header(number))
    guard let row = rows.first else { throw OrderError.noSuchOrder(number.rawValue) }
    return try PurchaseOrder(row: row)
  }

  /// Orders without their lines, the newest first.
  package static func all(
    standing state: State? = nil,
    campaign: Campaign.Code? = nil,
    supplier: Supplier.Code? = nil,
    limit: Int64 = 1_000,
    in connection: any Connection
  ) throws -> [PurchaseOrder] {
    let byState: SQL = if let state { "AND o.state = \(state)" } else { "" }
    let byCampaign: SQL = if let campaign { "AND c.code = \(campaign)" } else { "" }
    let bySupplier: SQL = if let supplier { "AND s.code = \(supplier)" } else { "" }
    return try connection.query(
      """
      \(headerSelection) WHERE 1 = 1 \(byState) \(byCampaign) \(bySupplier)
      ORDER BY o.number DESC LIMIT \(limit)
      """
    ).map(PurchaseOrder.init(row:))
  }

  func storeState(in connection: any Connection) throws {
    try connection.send(
      """
      UPDATE purchase_order SET state = \(state), drawn_value = \(header.drawn.value),
        drawn_quantity = \(header.drawn.quantity), expected_on = \(header.expectedOn),
        supplier_reference = \(header.supplierReference), reason = \(header.reason)
      WHERE id = \(id)
      """
    )
  }
}

extension OrderLine {
  fileprivate static func query(_ order: PurchaseOrder.Number) -> SQL {
    """
    SELECT l.line, f.code, i.sku, l.packs, l.pack_units, l.cost FROM order_line l
    JOIN supplier_offer f ON f.id = l.offer_id JOIN item i ON i.id = l.item_id
    WHERE l.order_id = (SELECT id FROM purchase_order WHERE number = \(order)) ORDER BY l.line
    """
  }

  static func all(of order: PurchaseOrder.Number, in connection: any Connection) throws -> [OrderLine] {
    let shares = try OrderShare.all(of: order, in: connection)
    return try connection.query(query(order)).map { row in
      let (number, offer, item, packs, packUnits, cost) = try row.decode(
        as: Int64.self,
        Offer.Code.self,
        Item.SKU.self,
        Int64.self,
        Quantity.self,
        Money.self
      )
      return OrderLine(
        number: number,
        offer: offer,
        item: item,
        packs: packs,
        packUnits: packUnits,
        cost: cost,
        shares: shares[number] ?? []
      )
    }
  }
}

extension OrderShare {
  fileprivate static func query(_ order: PurchaseOrder.Number) -> SQL {
    """
    SELECT x.line, c.code, CAST(SUM(x.packs) AS BIGINT), CAST(SUM(x.cost) AS BIGINT),
      CAST(SUM(x.received) AS BIGINT), CAST(SUM(x.refused) AS BIGINT) FROM (
      SELECT line, centre_id, packs, cost, 0 AS received, 0 AS refused FROM order_share
      WHERE order_id = (SELECT id FROM purchase_order WHERE number = \(order))
      UNION ALL
      SELECT line, centre_id, 0, 0, accepted, refused FROM receipt_line
      WHERE order_id = (SELECT id FROM purchase_order WHERE number = \(order))
    ) x JOIN centre c ON c.id = x.centre_id GROUP BY x.line, c.code ORDER BY x.line, c.code
    """
  }

  /// The shares of each line, by centre. A centre that received without having a share has one of no packs.
  fileprivate static func all(
    of order: PurchaseOrder.Number,
    in connection: any Connection
  ) throws -> [Int64: [OrderShare]] {
    let rows = try connection.query(query(order))
    return try rows.reduce(into: [:]) { shares, row in
      let (line, centre, packs, cost, received, refused) = try row.decode(
        as: Int64.self,
        Centre.Code.self,
        Int64.self,
        Money.self,
        Quantity.self,
        Quantity.self
      )
      shares[line, default: []].append(
        OrderShare(centre: centre, packs: packs, cost: cost, received: received, refused: refused)
      )
    }
  }
}
