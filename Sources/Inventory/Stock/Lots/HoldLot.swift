package import Storage

extension Lot {
  /// What a hold or a release changes, for the log.
  private struct HoldChange: Codable {
    var kind: LotHold.Kind
    var centre: Centre.Code?
    var day: Day
    var reason: String
  }

  /// Holds the lot from a day on: nothing of it counts as usable until it is released.
  /// - Parameters:
  ///   - kind: quarantine, or a recall.
  ///   - centre: nil for every centre.
  ///   - day: the first day.
  ///   - reason: why, for those who ask later.
  ///   - stamp: who holds it and when.
  ///   - connection: the transaction.
  /// - Throws: `CentreError.noSuchCentre`.
  package func hold(
    _ kind: LotHold.Kind,
    at centre: Centre.Code?,
    since day: Day,
    reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let place = try centre.map { try Centre.find($0, in: connection).id }
    try connection.execute(
      """
      INSERT INTO lot_hold (lot_id, centre_id, kind, since, reason)
      VALUES (\(id), \(place), \(kind), \(day), \(reason))
      """
    )
    try record(
      "lot.\(kind.rawValue)",
      HoldChange(kind: kind, centre: centre, day: day, reason: reason),
      by: stamp,
      in: connection
    )
  }

  /// Ends every hold of one kind on the lot at a centre, or those that hold it everywhere.
  /// - Throws: `StockError.notHeld` where there is none.
  package func release(
    _ kind: LotHold.Kind,
    at centre: Centre.Code?,
    from day: Day,
    reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let centreID = try centre.map { try Centre.find($0, in: connection).id }
    let place: SQL = centreID.map { "centre_id = \($0)" } ?? "centre_id IS NULL"
    let ended = try connection.query(
      """
      UPDATE lot_hold SET until = CASE WHEN since > \(day) THEN since ELSE \(day) END
      WHERE lot_id = \(id) AND kind = \(kind) AND until IS NULL AND \(place) RETURNING id
      """
    )
    let sku = try Lot.sku(of: item, in: connection)
    guard !ended.isEmpty else { throw StockError.notHeld(item: sku, number: number) }
    try record(
      "lot.release",
      HoldChange(kind: kind, centre: centre, day: day, reason: reason),
      by: stamp,
      in: connection
    )
  }

  /// Logs a change of a hold, and notes that the lot is another one for who has it.
  private func record(
    _ action: String,
    _ change: HoldChange,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    try StockMark.moveForEverybody(in: connection)
    try Audit.record(
      action,
      subject: "lot \(try Lot.sku(of: item, in: connection))/\(number)",
      after: change,
      by: stamp,
      in: connection
    )
  }
}
