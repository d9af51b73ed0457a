package import Storage

extension StockLedger {
  /// Takes stock out of the usable lots of an item, the first to expire first.
  /// - Parameters:
  ///   - item: what is taken.
  ///   - centre: from where.
  ///   - quantity: base units, positive.
  ///   - day: when it happens: lots expired or held that day are passed over, and so is what later days have used.
  ///   - reason: a debit.
  ///   - document: what asks for it.
  ///   - stamp: who records it and when.
  ///   - connection: the transaction.
  /// - Returns: what was posted, a line for each lot.
  /// - Throws: `StockError.notUsable` where the usable lots hold less.
  @discardableResult
  package static func issue(
    item: Item.ID,
    centre: Centre.ID,
    quantity: Quantity,
    day: Day,
    reason: MovementReason,
    document: String? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> [Posting] {
    guard reason.sign == .debit, quantity > .zero else {
      throw StockError.wrongSign(reason: reason, quantity: -quantity)
    }
    let lots = try LotStock.usable(item: item, centre: centre, on: day, in: connection)
    guard let parts = firstExpiredFirst(quantity, from: lots) else {
      throw StockError.notUsable(
        item: try Lot.sku(of: item, in: connection),
        asked: quantity,
        usable: lots.reduce(.zero) { $0 + $1.quantity }
      )
    }
    let postings = parts.map { part in
      Posting(
        centre: centre,
        item: item,
        lot: part.lot.id,
        day: day,
        quantity: -part.quantity,
        reason: reason,
        document: document
      )
    }
    try post(postings, by: stamp, in: connection)
    return postings
  }

  /// The lots that make up `quantity`, in the order given; nil where they do not hold it.
  static func firstExpiredFirst(_ quantity: Quantity, from lots: [LotStock]) -> [LotStock]? {
    var missing = quantity
    var parts: [LotStock] = []
    for lot in lots where missing > .zero && lot.quantity > .zero {
      let part = min(missing, lot.quantity)
      parts.append(LotStock(lot: lot.lot, quantity: part))
      missing = missing - part
    }
    return missing == .zero ? parts : nil
  }
}
