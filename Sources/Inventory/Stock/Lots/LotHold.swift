package import Storage

/// A time in which a lot must not be used, at a centre or everywhere.
package struct LotHold: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<LotHold>

  package enum Kind: String, CaseIterable, Codable, Sendable, Storable { case quarantine, recall }

  package let id: ID
  package var lot: Lot.ID
  /// Nil everywhere.
  package var centre: Centre.Code?
  package var kind: Kind
  package var since: Day
  /// The first day on which the lot may be used again; nil as long as it is held.
  package var until: Day?
  package var reason: String
}

extension LotHold {
  /// The condition that lot `l` of balance `b` is held on a day.
  static func isHeld(on day: Day) -> SQL {
    """
    EXISTS (SELECT 1 FROM lot_hold h WHERE h.lot_id = l.id
      AND (h.centre_id IS NULL OR h.centre_id = b.centre_id)
      AND h.since <= \(day) AND (h.until IS NULL OR h.until > \(day)))
    """
  }

  /// The holds of a lot, the earliest first.
  package static func all(of lot: Lot.ID, in connection: any Connection) throws -> [LotHold] {
    try connection.query(
      """
      SELECT h.id, h.lot_id, c.code, h.kind, h.since, h.until, h.reason
      FROM lot_hold h LEFT JOIN centre c ON c.id = h.centre_id
      WHERE h.lot_id = \(lot) ORDER BY h.since, h.id
      """
    ).map { row in
      let (id, lot, centre, kind, since, until, reason) = try row.decode(
        as: ID.self,
        Lot.ID.self,
        Centre.Code?.self,
        Kind.self,
        Day.self,
        Day?.self,
        String.self
      )
      return LotHold(
        id: id,
        lot: lot,
        centre: centre,
        kind: kind,
        since: since,
        until: until,
        reason: reason
      )
    }
  }
}
