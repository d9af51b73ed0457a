package import Inventory
package import Storage

extension PurchaseOrder {
  /// The orders as they stood at the end of a day, without their lines, the newest first: those that were placed by
  /// then, in the state that the log of all changes had said last. What was received by then says whether it was all.
  ///
  /// The day on which an order is expected is the one that is known now.
  package static func all(asOf day: Day, limit: Int64 = 1_000, in connection: any Connection) throws
    -> [PurchaseOrder]
  {
    let states = try states(of: nil, before: Instant(day + 1), in: connection)
    return try all(limit: limit, in: connection).compactMap { order in
      guard let state = states[order.header.number.rawValue] else { return nil }
      var order = order
      order.state = state
      return order
    }
  }

  /// One order as it stood at the end of a day, each centre's share with what had come of it by then.
  ///
  /// - Parameters:
  ///   - number: the order's.
  ///   - day: the day at whose end it is looked at.
  ///   - receipts: all that came of it until now, as `Receipt.all` reads them.
  ///   - connection: a snapshot.
  /// - Throws: `OrderError.noSuchOrder` also for one that was not placed by then.
  /// - Returns: the order in the state and with the quantities of that day.
  package static func find(
    _ number: Number,
    asOf day: Day,
    given receipts: [Receipt],
    in connection: any Connection
  ) throws -> PurchaseOrder {
    var order = try find(number, in: connection)
    let end = Instant(day + 1)
    guard let state = try states(of: number, before: end, in: connection)[number.rawValue] else {
      throw OrderError.noSuchOrder(number.rawValue)
    }
    order.state = state
    let came = receipts.filter { $0.recordedAt < end }.flatMap(\.lines)
    for (index, line) in order.lines.enumerated() {
      for (place, share) in line.shares.enumerated() {
        let own = came.filter { $0.line == line.number && $0.centre == share.centre }
        order.lines[index].shares[place].received = own.reduce(.zero) { $0 + $1.accepted }
        order.lines[index].shares[place].refused = own.reduce(.zero) { $0 + $1.refused }
      }
    }
    return order
  }

  private static func states(of number: Number?, before end: Instant, in connection: any Connection) throws
    -> [String: State]
  {
    let which: SQL = number.map { "WHERE o.number = \($0)" } ?? ""
    return try connection.query(
      """
      SELECT o.number, (SELECT e.action FROM audit_entry e WHERE e.subject = 'order ' || o.number
        AND e.at < \(end) ORDER BY e.at DESC, e.sequence DESC LIMIT 1),
        (SELECT COUNT(*) FROM order_share s JOIN order_line l ON l.order_id = s.order_id AND l.line = s.line
        WHERE s.order_id = o.id AND s.packs * l.pack_units > COALESCE((
          SELECT SUM(r.accepted) FROM receipt_line r JOIN receipt p ON p.id = r.receipt_id
          WHERE r.order_id = s.order_id AND r.line = s.line AND r.centre_id = s.centre_id
            AND p.recorded_at < \(end)), 0))
      FROM purchase_order o \(which)
      """
    ).reduce(into: [:]) { states, row in
      let (number, action, outstanding) = try row.decode(as: String.self, String?.self, Int64.self)
      states[number] = action.flatMap { state(after: $0, isComplete: outstanding == 0) }
    }
  }

  /// What an entry of the log left an order in; nil for one that is no step of an order.
  private static func state(after action: String, isComplete: Bool) -> State? {
    switch action {
    case "order.place": .draft
    case "order.approve": .approved
    case "order.send": .sent
    case "order.acknowledge": .acknowledged
    case "order.receive": isComplete ? .received : .partlyReceived
    case "order.close": .closed
    case "order.cancel": .cancelled
    default: nil
    }
  }
}
