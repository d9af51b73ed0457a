package import Inventory
package import Storage

extension PurchaseOrder {
  /// Draws up an order from a request: prices it, numbers it, shares it among the centres and logs it.
  ///
  /// The same request sent twice is one order. Numbers have no gaps: the year's last number moves in the same
  /// transaction.
  /// - Throws: `OrderError` with all that is wrong in the request.
  package static func place(
    _ request: OrderRequest,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Number {
    try connection.expectFewRows()
    try connection.askAhead(questions(of: request))
    if let known = try numberPlaced(with: request, in: connection) { return known }
    let day = stamp.at.day
    let holder = try HolderTerms.find(request, in: connection)
    let offers = try Offer.of(
      holder.supplier,
      lot: holder.lot,
      items: request.lines.map(\.item),
      on: day,
      in: connection
    )
    let priced = try request.priced(at: offers)
    try holder.checkRule(for: request, priced: priced, on: day, in: connection)
    let number = try nextNumber(in: day.year, in: connection)
    let draft = OrderDraft(number: number, request: request, priced: priced, orderedOn: day)
    try draft.store(holder: holder, offers: offers, in: connection)
    try Audit.record(
      "order.place",
      subject: "order \(number)",
      after: draft.summary,
      by: stamp,
      in: connection
    )
    return number
  }

  /// What is looked up to place it, apart from the offers, which depend on it.
  private static func questions(of request: OrderRequest) -> [SQL] {
    [
      keyed(request.key), HolderTerms.query(request), Offer.numbers(of: request.lines.map(\.item)),
      Keys.query(ofCentres: Set(request.lines.flatMap { $0.shares.map(\.centre) }).sorted()),
      AuditEntry.headQuery(of: .network),
    ]
  }

  private static func keyed(_ key: String) -> SQL { "SELECT number FROM purchase_order WHERE key = \(key)" }

  /// The order that the key was used for, where it says the same.
  private static func numberPlaced(with request: OrderRequest, in connection: any Connection) throws
    -> Number?
  {
    let rows = try connection.query(keyed(request.key))
    guard let number: Number = try rows.first?.decode(as: Number.self) else { return nil }
    let order = try find(number, in: connection)
    guard order.says(request) else { throw OrderError.keyDiffers(key: request.key, number) }
    return number
  }

  private func says(_ request: OrderRequest) -> Bool {
    header.supplier == request.supplier && header.agreement == request.agreement && header.lot == request.lot
      && header.campaign == request.campaign && header.sendOn == request.sendOn
      && lines.count == request.lines.count
      && zip(lines, request.lines).allSatisfy { line, asked in
        line.item == asked.item
          && line.shares.map { "\($0.centre) \($0.packs)" }
            == asked.shares.sorted { $0.centre < $1.centre }.map { "\($0.centre) \($0.packs)" }
      }
  }

  private static func nextNumber(in year: Int, in connection: any Connection) throws -> Number {
    let rows = try connection.query(
      """
      INSERT INTO order_sequence (year, last) VALUES (\(Int64(year)), 1)
      ON CONFLICT (year) DO UPDATE SET last = order_sequence.last + 1 RETURNING last
      """
    )
    let last: Int64 = try rows.first?.decode(as: Int64.self) ?? 0
    let digits = String(last)
    let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    guard let number = Number("CA-\(year)-\(padded)") else {
      throw OrderError.noSuchOrder("CA-\(year)-\(padded)")
    }
    return number
  }
}

/// An order about to be stored.
struct OrderDraft {
  let number: PurchaseOrder.Number
  let request: OrderRequest
  let priced: PricedOrder
  let orderedOn: Day

  /// What the log keeps: small, and enough to prove what was ordered for whom.
  var summary: OrderSummary {
    OrderSummary(
      number: number,
      supplier: request.supplier,
      agreement: request.agreement,
      lot: request.lot,
      campaign: request.campaign,
      goods: priced.goods,
      freight: priced.freight,
      lines: priced.lines.map { line in
        let shares = line.shares.map { "\($0.centre):\($0.packs)" }.joined(separator: " ")
        return "\(line.item) \(line.packs)×\(line.packUnits.units) \(line.cost.cents) [\(shares)]"
      },
      reason: request.reason,
      sendOn: request.sendOn
    )
  }
}

/// An order in a few words.
package struct OrderSummary: Equatable, Sendable, Codable {
  package var number: PurchaseOrder.Number
  package var supplier: Supplier.Code
  package var agreement: Agreement.Reference
  package var lot: Int64
  package var campaign: Campaign.Code?
  package var goods: Money
  package var freight: Money
  /// `SWAB-NP 30×100 342000 [berard:10 curie:20]`: item, packs, units in a pack, cents, packs of each centre.
  package var lines: [String]
  package var reason: String?
  /// Nil for as soon as it is approved.
  package var sendOn: Day?
}
