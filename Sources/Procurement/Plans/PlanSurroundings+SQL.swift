import Inventory
import Planning
import Storage

extension PlanSurroundings {
  /// The condition that order `o` ran at the end of the day, as far as was known: later closings and cancellations are
  /// as if they had not been.
  static func ran(on day: Day, knownAt: Instant) -> SQL {
    let end = min(knownAt, Instant(day + 1))
    return """
      o.ordered_on <= \(day) AND o.state <> 'draft' AND (o.state NOT IN ('closed', 'cancelled') OR EXISTS (
        SELECT 1 FROM audit_entry x WHERE x.subject = 'order ' || o.number
          AND x.action IN ('order.close', 'order.cancel') AND x.at > \(end)))
      """
  }

  /// What orders and transfers still bring, by item, centre and promised day.
  func awaited(_ skus: [Item.SKU], in connection: any Connection) throws -> [OfItem<PlanDelivery>] {
    let rows = try connection.query(
      """
      SELECT w.sku, w.centre, w.document, w.supplier, w.quantity, w.promised FROM (
        SELECT i.sku AS sku, c.code AS centre, o.number AS document, s.code AS supplier,
          COALESCE(o.expected_on, o.ordered_on + f.lead_days) AS promised,
          h.packs * l.pack_units - COALESCE((SELECT CAST(SUM(r.accepted) AS BIGINT) FROM receipt_line r
            JOIN receipt t ON t.id = r.receipt_id WHERE r.order_id = h.order_id AND r.line = h.line
            AND r.centre_id = h.centre_id AND t.received_on <= \(asOf) AND t.recorded_at <= \(knownAt)), 0)
            AS quantity
        FROM item i JOIN order_line l ON l.item_id = i.id JOIN purchase_order o ON o.id = l.order_id
        JOIN supplier s ON s.id = o.supplier_id JOIN supplier_offer f ON f.id = l.offer_id
        JOIN order_share h ON h.order_id = l.order_id AND h.line = l.line JOIN centre c ON c.id = h.centre_id
        WHERE i.sku IN (\(SQL.list(skus))) AND \(Self.ran(on: asOf, knownAt: knownAt))
        UNION ALL
        SELECT i.sku, c.code, t.number, CAST(NULL AS TEXT), COALESCE(t.sent_on, t.proposed_on) + 2, t.quantity
        FROM transfer t JOIN item i ON i.id = t.item_id JOIN centre c ON c.id = t.to_id
        WHERE i.sku IN (\(SQL.list(skus))) AND t.proposed_on <= \(asOf)
          AND (t.state IN ('agreed', 'sent') OR (t.state = 'received' AND t.received_on > \(asOf)
            AND t.sent_on <= \(asOf)))
      ) w WHERE w.quantity > 0 ORDER BY w.sku, w.centre, w.promised, w.document
      """
    )
    return try rows.map { row in
      let (sku, centre, document, supplier, quantity, promised) = try row.decode(
        as: Item.SKU.self,
        Centre.Code.self,
        String.self,
        Supplier.Code?.self,
        Quantity.self,
        Day.self
      )
      let delivery = PlanDelivery(
        centre: centre,
        document: document,
        supplier: supplier,
        quantity: quantity,
        promised: promised
      )
      return OfItem(item: sku, value: delivery)
    }
  }

  /// Units that a centre agreed to give and still has.
  func promised(
    _ skus: [Item.SKU],
    in connection: any Connection
  ) throws -> [Item.SKU: [String: Int64]] {
    let rows = try connection.query(
      """
      SELECT i.sku, c.code, CAST(SUM(t.quantity) AS BIGINT) FROM transfer t JOIN item i ON i.id = t.item_id
      JOIN centre c ON c.id = t.from_id
      WHERE i.sku IN (\(SQL.list(skus))) AND t.state = 'agreed' AND t.proposed_on <= \(asOf)
      GROUP BY i.sku, c.code ORDER BY i.sku, c.code
      """
    )
    return try rows.reduce(into: [:]) { promised, row in
      let (sku, centre, units) = try row.decode(as: Item.SKU.self, String.self, Int64.self)
      promised[sku, default: [:]][centre] = units
    }
  }

  func campaigns(_ skus: [Item.SKU], in connection: any Connection) throws -> [OfItem<PlanCampaign>] {
    let rows = try connection.query(
      """
      SELECT i.sku, p.code, p.needed_by FROM campaign p JOIN campaign_item m ON m.campaign_id = p.id
      JOIN item i ON i.id = m.item_id
      WHERE i.sku IN (\(SQL.list(skus))) AND p.state IN ('draft', 'open', 'closed', 'awarded')
        AND p.needed_by > \(asOf)
      ORDER BY i.sku, p.needed_by, p.code
      """
    )
    return try rows.map { row in
      let (sku, code, neededBy) = try row.decode(as: Item.SKU.self, Campaign.Code.self, Day.self)
      return OfItem(item: sku, value: PlanCampaign(code: code, neededBy: neededBy))
    }
  }

  func recalls(_ skus: [Item.SKU], in connection: any Connection) throws -> [OfItem<PlanRecall>] {
    let rows = try connection.query(
      """
      SELECT i.sku, c.code, l.number, b.quantity, MIN(h.since) FROM lot_hold h JOIN lot l ON l.id = h.lot_id
      JOIN item i ON i.id = l.item_id JOIN stock_balance b ON b.lot_id = l.id
      JOIN centre c ON c.id = b.centre_id AND (h.centre_id IS NULL OR h.centre_id = c.id)
      WHERE i.sku IN (\(SQL.list(skus))) AND h.kind = 'recall' AND h.since <= \(asOf)
        AND (h.until IS NULL OR h.until > \(asOf)) AND b.quantity > 0
      GROUP BY i.sku, c.code, l.number, b.quantity ORDER BY i.sku, c.code, l.number
      """
    )
    return try rows.map { row in
      let (sku, centre, lot, quantity, since) = try row.decode(
        as: Item.SKU.self,
        Centre.Code.self,
        String.self,
        Quantity.self,
        Day.self
      )
      let recall = PlanRecall(centre: centre, lot: lot, quantity: quantity, since: since)
      return OfItem(item: sku, value: recall)
    }
  }

  /// The ceilings of the lots under which an item is offered, each once, as they stood on the day.
  func ceilings(of offers: [Offer], in connection: any Connection) throws -> [PlanCeiling] {
    let lots = Set(offers.map { CeilingKey(agreement: $0.agreement, lot: $0.lot) }).sorted()
    let moment = min(knownAt, Instant(rawValue: Instant(asOf + 1).rawValue - 1))
    return try lots.compactMap { key in
      guard let ceiling = try Ceiling.of(key.agreement, lot: key.lot, at: moment, in: connection) else {
        return nil
      }
      let bought = ceiling.committedQuantity.units
      let cost: Int64? =
        bought > 0 ? Int64(clamping: Int128(ceiling.committedValue.cents) * 1000 / Int128(bought)) : nil
      return PlanCeiling(
        agreement: key.agreement,
        lot: key.lot,
        ceiling: ceiling,
        offers: offers.filter { $0.agreement == key.agreement && $0.lot == key.lot }.map(\.code).sorted(),
        unitCostMillicents: cost
      )
    }
  }
}

private struct CeilingKey: Hashable, Comparable {
  let agreement: Agreement.Reference
  let lot: Int64

  static func < (left: Self, right: Self) -> Bool {
    (left.agreement, left.lot) < (right.agreement, right.lot)
  }
}
