package import Inventory
package import Storage

extension AllocationDecision {
  /// Gives a decision up: what it promised and has not come in is free again, and transfers that were not sent are
  /// cancelled. What was received or sent stays.
  package static func cancel(
    _ key: String,
    because reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> AllocationDecision {
    guard !reason.allSatisfy(\.isWhitespace) else { throw AllocationError.reasonMissing("cancel") }
    let before = try find(key, in: connection)
    if before.state == .cancelled { return before }
    try connection.execute(
      """
      UPDATE allocation SET state = 'cancelled', cancelled_because = \(reason) WHERE id = \(before.id)
      """
    )
    for line in before.lines {
      guard let transfer = try Transfer.find(key: "allocation/\(key)/\(line.centre)", in: connection),
        transfer.state == .proposed || transfer.state == .agreed
      else { continue }
      _ = try Transfer.cancel(transfer.number, by: stamp, in: connection)
    }
    let after = try find(key, in: connection)
    try Audit.record(
      "allocation.cancel",
      subject: "allocation \(key)",
      before: before.state,
      after: after.cancelledBecause,
      by: stamp,
      in: connection
    )
    return after
  }
}
