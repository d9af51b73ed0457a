package import Inventory
import Planning
package import Storage

extension TransferQuestion {
  /// Proposes the planned transfers, one for each donor and taker, each with what it avoids and the lots that are meant.
  /// The same key proposes once, whatever the stocks are by then.
  /// - Returns: the plan, nil where the key proposed before, and the transfers.
  package func propose(
    key: String,
    effort: Int = TransferProof.effort,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> (PlannedTransfers?, [Transfer]) {
    guard !key.isEmpty else {
      throw TransferError.planInvalid([Finding(field: "key", found: "", expected: "a key of your own")])
    }
    let known = try Transfer.all(underKey: key, in: connection)
    guard known.isEmpty else {
      guard known.allSatisfy({ $0.item == item }) else {
        throw TransferError.keyDiffers(key, known[0].number)
      }
      return (nil, known)
    }
    let planned = try plan(effort: effort, in: connection)
    let pairs = Dictionary(grouping: planned.plan.lines) { [$0.from, $0.to] }
    let transfers = try pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { pair, lines in
      try propose(lines, key: "\(key)/\(pair[0])/\(pair[1])", planned, by: stamp, in: connection)
    }
    return (planned, transfers)
  }

  private func propose(
    _ lines: [TransferPlan.Line],
    key: String,
    _ planned: PlannedTransfers,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Transfer? {
    guard let first = lines.first, let from = Centre.Code(rawValue: first.from),
      let to = Centre.Code(rawValue: first.to)
    else { return nil }
    let request = TransferRequest(
      key: key,
      from: from,
      to: to,
      item: item,
      quantity: Quantity(Int64(lines.reduce(0) { $0 + $1.quantity })),
      keep: planned.thresholds[from] ?? .zero,
      reason: lines.map { "\($0.lot.isEmpty ? "no lot" : "lot \($0.lot)"): \($0.reason)" }.joined(
        separator: " "
      )
    )
    let transfer = try Transfer.propose(request, on: day, by: stamp, in: connection)
    for line in lines {
      let lot = try Lot.find(item: item, number: line.lot, in: connection)
      try connection.execute(
        """
        INSERT INTO transfer_planned_lot (transfer_id, lot_id, quantity)
        VALUES (\(transfer.id), \(lot.id), \(Int64(line.quantity)))
        """
      )
    }
    return transfer
  }
}

extension Transfer {
  /// The lots that a plan meant, with what can be taken of them on a day; nil where nothing was planned lot by lot, or
  /// where the shelf no longer holds it.
  func plannedLots(from usable: [LotStock], in connection: any Connection) throws -> [LotStock]? {
    let meant = try connection.query(
      "SELECT lot_id, quantity FROM transfer_planned_lot WHERE transfer_id = \(id) ORDER BY lot_id"
    ).map { row in try row.decode(as: Lot.ID.self, Quantity.self) }
    guard !meant.isEmpty else { return nil }
    let parts = meant.compactMap { lot, quantity in
      usable.first { $0.lot.id == lot && $0.quantity >= quantity }
        .map { LotStock(lot: $0.lot, quantity: quantity) }
    }
    return parts.count == meant.count ? parts : nil
  }

  /// The donor's goods leave: the lots that were planned where they are still there, the first to expire otherwise.
  func issue(
    item: Item.ID,
    donor: Centre.ID,
    on day: Day,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> [Posting] {
    let document = "transfer \(number)"
    let usable = try LotStock.usable(item: item, centre: donor, on: day, in: connection)
    guard let parts = try plannedLots(from: usable, in: connection) else {
      return try StockLedger.issue(
        item: item,
        centre: donor,
        quantity: quantity,
        day: day,
        reason: .transferOut,
        document: document,
        by: stamp,
        in: connection
      )
    }
    let postings = parts.map { part in
      Posting(
        centre: donor,
        item: item,
        lot: part.lot.id,
        day: day,
        quantity: -part.quantity,
        reason: .transferOut,
        document: document
      )
    }
    try StockLedger.post(postings, by: stamp, in: connection)
    return postings
  }
}
