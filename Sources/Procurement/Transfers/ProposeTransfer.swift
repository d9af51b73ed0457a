package import Inventory
package import Storage

/// A transfer as it is asked for.
package struct TransferRequest: Equatable, Sendable, Codable {
  /// The same key sent twice is one transfer.
  package var key: String
  package var from: Centre.Code
  package var to: Centre.Code
  package var item: Item.SKU
  package var quantity: Quantity
  /// What the donor must keep usable, at least.
  package var keep: Quantity
  package var reason: String

  package init(
    key: String,
    from: Centre.Code,
    to: Centre.Code,
    item: Item.SKU,
    quantity: Quantity,
    keep: Quantity,
    reason: String
  ) {
    self.key = key
    self.from = from
    self.to = to
    self.item = item
    self.quantity = quantity
    self.keep = keep
    self.reason = reason
  }
}

extension Transfer {
  /// Proposes that a centre gives to another. Refused where the donor would fall below what it must keep, counting what it
  /// already promised elsewhere; on the day of the stamp, or on another that the figures refer to.
  package static func propose(
    _ request: TransferRequest,
    on day: Day? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Transfer {
    if let known = try find(key: request.key, in: connection) {
      guard known.says(request) else { throw TransferError.keyDiffers(request.key, known.number) }
      return known
    }
    guard request.quantity > .zero else { throw TransferError.nothingToSend }
    guard request.keep >= .zero else { throw TransferError.keepsLessThanNothing(request.keep) }
    guard request.from != request.to else { throw TransferError.toItself(request.from) }
    let donor = try Centre.find(request.from, in: connection)
    let taker = try Centre.find(request.to, in: connection)
    let item = try Item.find(request.item, in: connection).id
    try checkDonor(donor, item: item, request: request, on: day ?? stamp.at.day, in: connection)
    let number = try nextNumber(in: stamp.at.day.year, in: connection)
    try connection.execute(
      """
      INSERT INTO transfer (number, key, from_id, to_id, item_id, quantity, keep, state, proposed_on, reason)
      VALUES (\(number), \(request.key), \(donor.id), \(taker.id), \(item), \(request.quantity), \(request.keep),
        'proposed', \(stamp.at.day), \(request.reason))
      """
    )
    try Audit.record(
      "transfer.propose",
      subject: "transfer \(number)",
      chain: .centre(request.from.rawValue),
      after: request,
      by: stamp,
      in: connection
    )
    return try find(number, in: connection)
  }

  private func says(_ request: TransferRequest) -> Bool {
    from == request.from && to == request.to && item == request.item && quantity == request.quantity
      && keep == request.keep && reason == request.reason
  }

  private static func checkDonor(
    _ donor: Centre,
    item: Item.ID,
    request: TransferRequest,
    on day: Day,
    in connection: any Connection
  ) throws {
    let usable = try usable(item: item, at: donor.id, on: day, in: connection)
    let promised = try promised(by: donor.id, item: item, in: connection)
    guard usable - promised - request.quantity >= request.keep else {
      throw TransferError.donorTooLow(
        donor.code,
        usable: usable - promised,
        keep: request.keep,
        asked: request.quantity
      )
    }
  }

  static func usable(
    item: Item.ID,
    at centre: Centre.ID,
    on day: Day,
    in connection: any Connection
  ) throws -> Quantity {
    try LotStock.usable(item: item, centre: centre, on: day, in: connection).reduce(.zero) {
      $0 + $1.quantity
    }
  }

  static func promised(
    by centre: Centre.ID,
    item: Item.ID,
    in connection: any Connection
  ) throws -> Quantity {
    let rows = try connection.query(
      """
      SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) FROM transfer
      WHERE from_id = \(centre) AND item_id = \(item) AND state IN ('proposed', 'agreed')
      """
    )
    return try rows.first?.decode(as: Quantity.self) ?? .zero
  }
}
