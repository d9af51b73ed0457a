package import Inventory
package import Storage

extension AgreementLot.Rule: Storable {}
extension Ceiling.Level: Storable {}

/// Moving along a lot's ceiling, in the transaction of the order that does it.
///
/// The guard stands in the UPDATE itself and a CHECK stands behind it, so that no number of orders at once passes the
/// maximum.
struct CeilingAccount {
  let lot: AgreementLot.ID
  let agreement: Agreement.Reference
  let number: Int64

  /// Takes `draw` of the ceiling; raises the alerts of the levels that it reaches.
  /// - Throws: `AgreementError.ceilingReached` with what is left.
  func draw(_ draw: Ceiling.Draw, for cause: String, by stamp: Stamp, in connection: any Connection) throws {
    let rows = try connection.query(
      """
      UPDATE agreement_lot SET committed_value = committed_value + \(draw.value),
        committed_quantity = committed_quantity + \(draw.quantity)
      WHERE id = \(lot)
        AND (maximum_value IS NULL OR committed_value + \(draw.value) <= maximum_value)
        AND (maximum_quantity IS NULL OR committed_quantity + \(draw.quantity) <= maximum_quantity)
      RETURNING \(Ceiling.columns)
      """
    )
    guard let row = rows.first else {
      throw AgreementError.ceilingReached(
        agreement,
        lot: number,
        asked: draw,
        ceiling: try Ceiling.of(lot, in: connection)
      )
    }
    try note(draw, cause: cause, by: stamp, in: connection)
    let after = try Ceiling(row: row)
    let before = after.drawing(.nothing - draw)
    for level in after.levels where !before.levels.contains(level) {
      try raise(level, cause: cause, by: stamp, in: connection)
    }
  }

  /// Gives `draw` back, and takes down the alerts of the levels that are no longer reached.
  func giveBack(
    _ draw: Ceiling.Draw,
    for cause: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    guard draw != .nothing else { return }
    let rows = try connection.query(
      """
      UPDATE agreement_lot SET committed_value = committed_value - \(draw.value),
        committed_quantity = committed_quantity - \(draw.quantity)
      WHERE id = \(lot) RETURNING \(Ceiling.columns)
      """
    )
    guard let row = rows.first else { throw AgreementError.noSuchLot(agreement, number) }
    try note(.nothing - draw, cause: cause, by: stamp, in: connection)
    let reached = try Ceiling(row: row).levels.last?.rawValue ?? 0
    try connection.execute("DELETE FROM ceiling_alert WHERE lot_id = \(lot) AND level > \(reached)")
  }

  /// Keeps the step, so that the ceiling of a past day can be told.
  private func note(
    _ draw: Ceiling.Draw,
    cause: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws(DatabaseError) {
    try connection.execute(
      """
      INSERT INTO ceiling_move (lot_id, at, value, quantity, cause)
      VALUES (\(lot), \(stamp.at), \(draw.value), \(draw.quantity), \(cause))
      """
    )
  }

  private func raise(
    _ level: Ceiling.Level,
    cause: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    try connection.execute(
      """
      INSERT INTO ceiling_alert (lot_id, level, raised_at, cause)
      VALUES (\(lot), \(level), \(stamp.at), \(cause)) ON CONFLICT (lot_id, level) DO NOTHING
      """
    )
    try Audit.record(
      "agreement.ceiling-level",
      subject: "agreement \(agreement)",
      after: CeilingAlert(lot: number, level: level, raisedAt: stamp.at, cause: cause),
      by: stamp,
      in: connection
    )
  }
}

/// A level of a lot's ceiling that was reached, and by what.
package struct CeilingAlert: Equatable, Sendable, Codable {
  package var lot: Int64
  package var level: Ceiling.Level
  package var raisedAt: Instant
  package var cause: String
}

extension Ceiling {
  static let columns: SQL = "maximum_value, maximum_quantity, committed_value, committed_quantity"

  init(row: Row) throws(DatabaseError) {
    let (value, quantity, committedValue, committedQuantity) = try row.decode(
      as: Money?.self,
      Quantity?.self,
      Money.self,
      Quantity.self
    )
    self.init(
      maximumValue: value,
      maximumQuantity: quantity,
      committedValue: committedValue,
      committedQuantity: committedQuantity
    )
  }

  /// A lot's ceiling as it stood at a moment: what moved later is left out.
  static func of(
    _ agreement: Agreement.Reference,
    lot number: Int64,
    at moment: Instant,
    in connection: any Connection
  ) throws -> Ceiling? {
    try connection.query(
      """
      SELECT l.maximum_value, l.maximum_quantity, CAST(COALESCE(SUM(m.value), 0) AS BIGINT),
        CAST(COALESCE(SUM(m.quantity), 0) AS BIGINT)
      FROM agreement_lot l LEFT JOIN ceiling_move m ON m.lot_id = l.id AND m.at <= \(moment)
      WHERE l.number = \(number)
        AND l.agreement_id = (SELECT id FROM framework_agreement WHERE reference = \(agreement))
      GROUP BY l.id, l.maximum_value, l.maximum_quantity
      """
    ).first.map(Ceiling.init(row:))
  }

  static func of(_ lot: AgreementLot.ID, in connection: any Connection) throws -> Ceiling {
    let rows = try connection.query("SELECT \(columns) FROM agreement_lot WHERE id = \(lot)")
    return try rows.first.map(Ceiling.init(row:)) ?? Ceiling()
  }
}

extension CeilingAlert {
  /// The alerts standing on an agreement's lots, by lot and level.
  package static func all(
    of agreement: Agreement.ID,
    in connection: any Connection
  ) throws -> [CeilingAlert] {
    try connection.query(
      """
      SELECT l.number, a.level, a.raised_at, a.cause FROM ceiling_alert a
      JOIN agreement_lot l ON l.id = a.lot_id WHERE l.agreement_id = \(agreement) ORDER BY l.number, a.level
      """
    ).map { row in
      let (lot, level, raisedAt, cause) = try row.decode(
        as: Int64.self,
        Ceiling.Level.self,
        Instant.self,
        String.self
      )
      return CeilingAlert(lot: lot, level: level, raisedAt: raisedAt, cause: cause)
    }
  }
}
