import Inventory
import Planning
package import Storage

extension AllocationDecision.State: Storable {}

extension AllocationDecision {
  private static let selection: SQL = """
    SELECT a.id, a.key, i.sku, a.rule, a.pack_units, a.supply, a.reserve, a.left_over, a.decided_on, a.reason,
      a.state, a.cancelled_because
    FROM allocation a JOIN item i ON i.id = a.item_id
    """

  private init(row: Row, in connection: any Connection) throws {
    (
      id, key, item, rule, packUnits, supply, reserve, leftOver, decidedOn, reason, state, cancelledBecause
    ) = try row.decode(
      as: ID.self,
      String.self,
      Item.SKU.self,
      String.self,
      Quantity.self,
      Quantity.self,
      Quantity.self,
      Quantity.self,
      Day.self,
      String.self,
      State.self,
      String?.self
    )
    lines = try Line.all(of: id, in: connection)
    deliveries = try Delivery.all(of: id, in: connection)
  }

  package static func find(_ key: String, in connection: any Connection) throws -> AllocationDecision {
    guard let found = try find(key: key, in: connection) else {
      throw AllocationError.noSuchAllocation(key)
    }
    return found
  }

  static func find(key: String, in connection: any Connection) throws -> AllocationDecision? {
    try connection.query("\(selection) WHERE a.key = \(key)").first.map { row in
      try AllocationDecision(row: row, in: connection)
    }
  }

  /// The decisions, the latest first.
  package static func list(
    limit: Int64 = 1_000,
    in connection: any Connection
  ) throws -> [AllocationDecision] {
    try connection.query("\(selection) ORDER BY a.id DESC LIMIT \(limit)").map { row in
      try AllocationDecision(row: row, in: connection)
    }
  }
}

extension AllocationDecision.Line {
  fileprivate static func all(
    of decision: AllocationDecision.ID,
    in connection: any Connection
  ) throws -> [Self] {
    try connection.query(
      """
      SELECT c.code, l.asked, l.baseline, l.need, l.floor, l.priority, l.stock, l.used_units, l.used_days,
        l.quantity, l.cover_before, l.cover_after, l.reason, l.sentence
      FROM allocation_line l JOIN centre c ON c.id = l.centre_id
      WHERE l.allocation_id = \(decision) ORDER BY c.code
      """
    ).map(Self.init(row:))
  }

  private init(row: Row) throws(DatabaseError) {
    (
      centre, asked, baseline, need, floor, priority, stock, usedUnits, usedDays, quantity, coverBefore,
      coverAfter, reason, sentence
    ) = try row.decode(
      as: Centre.Code.self,
      Quantity?.self,
      Quantity?.self,
      Quantity?.self,
      Quantity.self,
      Int64.self,
      Quantity.self,
      Quantity?.self,
      Int64?.self,
      Quantity.self,
      Int64?.self,
      Int64?.self,
      String.self,
      String.self
    )
  }

  static func store(
    _ total: Allocation.Total,
    of claim: AllocationRequest.Claim,
    decision: AllocationDecision.ID,
    centre: Centre.ID,
    in connection: any Connection
  ) throws {
    let days: Int64? = if case .known(_, let days) = claim.use { days } else { nil }
    try connection.execute(
      """
      INSERT INTO allocation_line (allocation_id, centre_id, asked, baseline, need, floor, priority, stock,
        used_units, used_days, quantity, cover_before, cover_after, reason, sentence)
      VALUES (\(decision), \(centre), \(claim.need), \(claim.baseline), \(total.need.map(Int64.init)),
        \(claim.floor), \(claim.priority), \(claim.stock), \(claim.use.used), \(days),
        \(Int64(total.quantity)), \(total.coverBefore.map { Int64($0.roundedDown) }),
        \(total.coverAfter.map { Int64($0.roundedDown) }), \(total.reason.code), \(total.reason.sentence))
      """
    )
  }
}

extension AllocationDecision.Delivery {
  fileprivate static func all(
    of decision: AllocationDecision.ID,
    in connection: any Connection
  ) throws -> [Self] {
    let shares = try AllocationDecision.Share.all(of: decision, in: connection)
    return try connection.query(
      """
      SELECT d.number, d.day, d.quantity, d.expiry, o.number, d.line
      FROM allocation_delivery d LEFT JOIN purchase_order o ON o.id = d.order_id
      WHERE d.allocation_id = \(decision) ORDER BY d.number
      """
    ).map { row in
      let (number, day, quantity, expiry, order, line) = try row.decode(
        as: Int64.self,
        Day.self,
        Quantity.self,
        Day?.self,
        PurchaseOrder.Number?.self,
        Int64?.self
      )
      return Self(
        number: number,
        day: day,
        quantity: quantity,
        expiry: expiry,
        order: order,
        line: line,
        shares: shares[number] ?? []
      )
    }
  }
}

extension AllocationDecision.Share {
  fileprivate static func all(
    of decision: AllocationDecision.ID,
    in connection: any Connection
  ) throws -> [Int64: [Self]] {
    let rows = try connection.query(
      """
      SELECT s.delivery, c.code, s.quantity, s.received, s.is_reserve, s.exact_packs, s.cover_before,
        s.cover_after, s.reason, s.sentence
      FROM allocation_share s JOIN centre c ON c.id = s.centre_id
      WHERE s.allocation_id = \(decision) ORDER BY s.delivery, c.code, s.is_reserve
      """
    )
    return try rows.reduce(into: [:]) { shares, row in
      let (delivery, centre, quantity, received, isReserve, exact, before, after, reason, sentence) =
        try row.decode(
          as: Int64.self,
          Centre.Code.self,
          Quantity.self,
          Quantity.self,
          Int64.self,
          String?.self,
          Int64?.self,
          Int64?.self,
          String.self,
          String.self
        )
      let share = Self(
        centre: centre,
        quantity: quantity,
        received: received,
        isReserve: isReserve == 1,
        exactPacks: exact,
        coverBefore: before,
        coverAfter: after,
        reason: reason,
        sentence: sentence
      )
      shares[delivery, default: []].append(share)
    }
  }
}
