import Inventory
import Storage

extension OrderDraft {
  /// Stores the order, its lines and their shares: three statements, whatever the number of lines.
  func store(holder: HolderTerms, offers: [Offer], in connection: any Connection) throws {
    let rows = try connection.query(
      """
      INSERT INTO purchase_order (number, key, supplier_id, lot_id, campaign_id, state, ordered_on, expected_on,
        goods, freight, units, drawn_value, drawn_quantity, reason, send_on)
      VALUES (\(number), \(request.key), \(holder.supplier), \(holder.lot), \(holder.campaign),
        \(PurchaseOrder.State.draft), \(orderedOn), \(max(orderedOn, request.sendOn ?? orderedOn) + priced.leadDays), \(priced.goods),
        \(priced.freight), \(priced.units), 0, 0, \(request.reason),
        \(request.sendOn))
      RETURNING id
      """
    )
    guard let order: PurchaseOrder.ID = try rows.first?.decode(as: PurchaseOrder.ID.self) else { return }
    let keys = Dictionary(offers.map { ($0.code, $0.id) }, uniquingKeysWith: { first, _ in first })
    let lines = priced.lines.compactMap { line -> SQL? in
      guard let offer = keys[line.offer] else { return nil }
      return """
        (\(order), \(line.number), \(offer), (SELECT item_id FROM supplier_offer WHERE id = \(offer)),
          \(line.packs), \(line.packUnits), \(line.cost))
        """
    }
    try connection.send(
      """
      INSERT INTO order_line (order_id, line, offer_id, item_id, packs, pack_units, cost)
      VALUES \(SQL.rows(lines))
      """
    )
    try storeShares(of: order, in: connection)
  }

  private func storeShares(of order: PurchaseOrder.ID, in connection: any Connection) throws {
    let named = Set(priced.lines.flatMap { $0.shares.map(\.centre) }).sorted()
    let centres = try Keys.centres(named, in: connection)
    if let unknown = named.first(where: { centres[$0] == nil }) {
      throw CentreError.noSuchCentre(unknown.rawValue)
    }
    let rows = priced.lines.flatMap { line in
      line.shares.compactMap { share -> SQL? in
        guard let centre = centres[share.centre] else { return nil }
        return "(\(order), \(line.number), \(centre), \(share.packs), \(share.cost))"
      }
    }
    // 400 rows bind 2,000 values: far below either engine's limit.
    for start in stride(from: 0, to: rows.count, by: 400) {
      try connection.send(
        """
        INSERT INTO order_share (order_id, line, centre_id, packs, cost)
        VALUES \(SQL.rows(Array(rows[start..<min(start + 400, rows.count)])))
        """
      )
    }
  }
}
