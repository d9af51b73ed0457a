import Inventory
import Storage

/// An order about to be stored: all but its number.
struct OrderDraft {
  let request: OrderRequest
  let stamp: Stamp
  let holder: HolderTerms
  let priced: PricedOrder
  let lines: [Line]

  struct Line {
    let line: OrderLine
    let offer: Offer.ID
    let item: Item.ID
    let shares: [(centre: Centre.ID, share: OrderShare)]
  }

  private var orderedOn: Day { stamp.at.day }
  private var expectedOn: Day { max(orderedOn, request.sendOn ?? orderedOn) + priced.leadDays }

  /// What the log keeps: small, and enough to prove what was ordered for whom.
  private func summary(_ number: PurchaseOrder.Number) -> OrderSummary {
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

  /// What it is once it is stored.
  private func order(_ id: PurchaseOrder.ID, _ number: PurchaseOrder.Number) -> PurchaseOrder {
    let header = PurchaseOrder.Header(
      number: number,
      key: request.key,
      supplier: request.supplier,
      agreement: request.agreement,
      lot: request.lot,
      campaign: request.campaign,
      currency: holder.currency,
      orderedOn: orderedOn,
      sendOn: request.sendOn,
      expectedOn: expectedOn,
      supplierReference: nil,
      goods: priced.goods,
      freight: priced.freight,
      units: priced.units,
      drawn: Ceiling.Draw(value: .zero, quantity: .zero),
      reason: request.reason
    )
    return PurchaseOrder(id: id, header: header, state: .draft, lines: priced.lines)
  }
}

extension OrderDraft {
  /// Stores orders with their numbers, their lines, the lines' shares and their places in the log: a handful of
  /// statements, whatever the number of lines.
  /// - Returns: the orders, as they would be read.
  static func store(_ drafts: [OrderDraft], in connection: any Connection) throws -> [PurchaseOrder] {
    guard !drafts.isEmpty else { return [] }
    let numbered = zip(drafts, try numbers(for: drafts, in: connection))
    let ids = try storeHeaders(Array(numbered), in: connection)
    let orders = try numbered.map { draft, number in
      guard let id = ids[number] else { throw DatabaseError.failed("order \(number) was not stored") }
      return draft.order(id, number)
    }
    try storeLines(zip(drafts, orders), in: connection)
    try storeShares(zip(drafts, orders), in: connection)
    let events = try numbered.map { draft, number in
      try Audit.Event(
        "order.place",
        subject: "order \(number)",
        after: draft.summary(number),
        by: draft.stamp
      )
    }
    try Audit.record(events, chain: .network, in: connection)
    return orders
  }

  static func lastNumber(in year: Int) -> SQL {
    "SELECT last FROM order_sequence WHERE year = \(Int64(year))"
  }

  /// The next numbers of the drafts' years, in their order.
  private static func numbers(
    for drafts: [OrderDraft],
    in connection: any Connection
  ) throws -> [PurchaseOrder.Number] {
    var last: [Int: Int64] = [:]
    for year in Set(drafts.map(\.orderedOn.year)).sorted() {
      last[year] = try connection.query(lastNumber(in: year)).first?.decode(as: Int64.self) ?? 0
    }
    let numbers = try drafts.map { draft in
      let year = draft.orderedOn.year
      let next = last[year, default: 0] + 1
      last[year] = next
      return try PurchaseOrder.Number(next, of: year)
    }
    for (year, last) in last.sorted(by: { $0.key < $1.key }) {
      try connection.send(
        """
        INSERT INTO order_sequence (year, last) VALUES (\(Int64(year)), \(last))
        ON CONFLICT (year) DO UPDATE SET last = excluded.last
        """
      )
    }
    return numbers
  }

  private static func storeHeaders(
    _ numbered: [(OrderDraft, PurchaseOrder.Number)],
    in connection: any Connection
  ) throws -> [PurchaseOrder.Number: PurchaseOrder.ID] {
    let rows = numbered.map { draft, number -> SQL in
      let (request, holder, priced) = (draft.request, draft.holder, draft.priced)
      return """
        (\(number), \(request.key), \(holder.supplier), \(holder.lot), \(holder.campaign),
          \(PurchaseOrder.State.draft), \(draft.orderedOn), \(draft.expectedOn), \(priced.goods), \(priced.freight),
          \(priced.units), 0, 0, \(request.reason), \(request.sendOn))
        """
    }
    let stored = try connection.query(
      """
      INSERT INTO purchase_order (number, key, supplier_id, lot_id, campaign_id, state, ordered_on, expected_on,
        goods, freight, units, drawn_value, drawn_quantity, reason, send_on)
      VALUES \(SQL.rows(rows)) RETURNING number, id
      """
    )
    return try stored.reduce(into: [:]) { ids, row in
      let (number, id) = try row.decode(as: PurchaseOrder.Number.self, PurchaseOrder.ID.self)
      ids[number] = id
    }
  }

  private static func storeLines(
    _ stored: some Sequence<(OrderDraft, PurchaseOrder)>,
    in connection: any Connection
  ) throws {
    let columns = ["order_id", "line", "offer_id", "item_id", "packs", "pack_units", "cost"]
    try connection.sendRows(into: "order_line", columns: columns) { writer in
      for (draft, order) in stored {
        for drawn in draft.lines {
          writer.value(order.id)
          writer.integer(drawn.line.number)
          writer.value(drawn.offer)
          writer.value(drawn.item)
          writer.integer(drawn.line.packs)
          writer.value(drawn.line.packUnits)
          writer.value(drawn.line.cost)
          try writer.endRow()
        }
      }
    }
  }

  private static func storeShares(
    _ stored: some Sequence<(OrderDraft, PurchaseOrder)>,
    in connection: any Connection
  ) throws {
    let columns = ["order_id", "line", "centre_id", "packs", "cost"]
    try connection.sendRows(into: "order_share", columns: columns) { writer in
      for (draft, order) in stored {
        for drawn in draft.lines {
          for (centre, share) in drawn.shares {
            writer.value(order.id)
            writer.integer(drawn.line.number)
            writer.value(centre)
            writer.integer(share.packs)
            writer.value(share.cost)
            try writer.endRow()
          }
        }
      }
    }
  }
}

extension PurchaseOrder.Number {
  /// `CA-2026-00042`.
  fileprivate init(_ place: Int64, of year: Int) throws {
    let digits = String(place)
    let text = "CA-\(year)-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    guard let number = Self(rawValue: text) else { throw OrderError.noSuchOrder(text) }
    self = number
  }
}
