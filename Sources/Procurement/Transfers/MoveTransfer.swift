package import Inventory
package import Storage

extension Transfer {
  /// The donor agrees.
  package static func agree(_ number: Number, by stamp: Stamp, in connection: any Connection) throws
    -> Transfer
  {
    try advance(number, by: .agree, reaching: .agreed, stamp: stamp, in: connection) { _ in }
  }

  /// Gives a transfer up before anything was sent.
  package static func cancel(_ number: Number, by stamp: Stamp, in connection: any Connection) throws
    -> Transfer
  {
    try advance(number, by: .cancel, reaching: .cancelled, stamp: stamp, in: connection) { _ in }
  }

  /// The goods leave the donor's stock, the first to expire first; refused where it would keep less than it must.
  package static func send(
    _ number: Number,
    on day: Day,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Transfer {
    try advance(number, by: .send, reaching: .sent, stamp: stamp, in: connection) { transfer in
      let donor = try Centre.find(transfer.from, in: connection)
      let item = try Item.find(transfer.item, in: connection).id
      let usable = try usable(item: item, at: donor.id, on: day, in: connection)
      guard usable - transfer.quantity >= transfer.keep else {
        throw TransferError.donorTooLow(
          donor.code,
          usable: usable,
          keep: transfer.keep,
          asked: transfer.quantity
        )
      }
      let postings = try transfer.issue(item: item, donor: donor.id, on: day, by: stamp, in: connection)
      for posting in postings {
        try connection.execute(
          """
          INSERT INTO transfer_lot (transfer_id, lot_id, sent)
          VALUES (\(transfer.id), \(posting.lot), \(-posting.quantity))
          """
        )
      }
      transfer.sentOn = day
    }
  }

  /// What arrived of a lot, where it is less than was sent.
  package struct Missing: Equatable, Sendable {
    package var lot: String
    package var quantity: Quantity
    package var reason: String

    package init(lot: String, quantity: Quantity, reason: String) {
      self.lot = lot
      self.quantity = quantity
      self.reason = reason
    }
  }

  /// The proof of receipt: what arrived goes into the taker's stock, what did not is said with its reason.
  package static func receive(
    _ number: Number,
    on day: Day,
    missing: [Missing] = [],
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Transfer {
    let known = try find(number, in: connection)
    if known.state == .received {
      guard known.says(missing) else { throw TransferError.receiptDiffers(number) }
    }
    return try advance(number, by: .receive, reaching: .received, stamp: stamp, in: connection) { transfer in
      try transfer.check(missing, on: day)
      try transfer.post(missing, on: day, by: stamp, in: connection)
      transfer.receivedOn = day
    }
  }

  /// Whether a receipt that was taken says that this, and nothing else, is missing.
  private func says(_ missing: [Missing]) -> Bool {
    let short = lots.filter { $0.received != $0.sent }
    return short.count == missing.count
      && missing.allSatisfy { line in
        short.contains {
          $0.lot == line.lot && $0.sent - ($0.received ?? .zero) == line.quantity && $0.reason == line.reason
        }
      }
  }

  private func check(_ missing: [Missing], on day: Day) throws(TransferError) {
    var findings = missing.enumerated().compactMap { index, line in
      let earlier = missing.prefix(index).contains { $0.lot == line.lot }
      return fault(of: line, at: index + 1, isTwice: earlier)
    }
    if let sentOn, day < sentOn {
      let expected = "\(sentOn), when it was sent, or later"
      findings.append(Finding(field: "day", found: "\(day)", expected: expected))
    }
    guard findings.isEmpty else { throw .receiptInvalid(findings) }
  }

  private func fault(of missing: Missing, at line: Int, isTwice: Bool) -> Finding? {
    guard let part = lots.first(where: { $0.lot == missing.lot }) else {
      return Finding(line: line, field: "lot", found: missing.lot, expected: "a lot that was sent")
    }
    if isTwice { return Finding(line: line, field: "lot", found: missing.lot, expected: "each lot once") }
    guard missing.quantity > .zero, missing.quantity <= part.sent else {
      let expected = "1 to \(part.sent), what was sent of the lot"
      return Finding(line: line, field: "quantity", found: "\(missing.quantity)", expected: expected)
    }
    guard missing.reason.allSatisfy(\.isWhitespace) else { return nil }
    return Finding(line: line, field: "reason", found: "", expected: "why it did not arrive")
  }

  private func post(
    _ missing: [Missing],
    on day: Day,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let taker = try Centre.find(to, in: connection).id
    let item = try Item.find(item, in: connection).id
    var postings: [Posting] = []
    for part in lots {
      let lot = try Lot.resolve(item: item, number: part.lot, expiry: part.expiry, in: connection)
      let gap = missing.first { $0.lot == part.lot }
      let arrived = part.sent - (gap?.quantity ?? .zero)
      try connection.execute(
        """
        UPDATE transfer_lot SET received = \(arrived), reason = \(gap?.reason)
        WHERE transfer_id = \(id) AND lot_id = \(lot.id)
        """
      )
      guard arrived > .zero else { continue }
      postings.append(
        Posting(
          centre: taker,
          item: item,
          lot: lot.id,
          day: day,
          quantity: arrived,
          reason: .transferIn,
          document: "transfer \(number)"
        )
      )
    }
    try StockLedger.post(postings, by: stamp, in: connection)
  }

  /// Takes a step and logs it in the donor's chain. A step taken already is left as it is: sent twice it happens once.
  private static func advance(
    _ number: Number,
    by step: Step,
    reaching target: State,
    stamp: Stamp,
    in connection: any Connection,
    _ change: (inout Transfer) throws -> Void
  ) throws -> Transfer {
    let before = try find(number, in: connection)
    if before.state == target { return before }
    var transfer = before
    transfer.state = try before.state.after(step, of: number)
    try change(&transfer)
    try transfer.store(sentOn: transfer.sentOn, receivedOn: transfer.receivedOn, in: connection)
    let after = try find(number, in: connection)
    try Audit.record(
      "transfer.\(step.rawValue)",
      subject: "transfer \(number)",
      chain: .centre(before.from.rawValue),
      before: before,
      after: after,
      by: stamp,
      in: connection
    )
    return after
  }
}
