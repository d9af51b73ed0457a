import Inventory
package import Storage

extension AllocationDecision {
  private static let selection: SQL = """
    SELECT a.id, a.key, i.sku, a.rule, a.pack_units, a.supply, a.reserve, a.left_over, a.decided_on, a.reason
    FROM allocation a JOIN item i ON i.id = a.item_id
    """

  private init(row: Row, in connection: any Connection) throws {
    (id, key, item, rule, packUnits, supply, reserve, leftOver, decidedOn, reason) = try row.decode(
      as: ID.self,
      String.self,
      Item.SKU.self,
      String.self,
      Quantity.self,
      Quantity.self,
      Quantity.self,
      Quantity.self,
      Day.self,
      String.self
    )
    lines = try Line.all(of: id, in: connection)
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
      SELECT c.code, l.need, l.stock, l.quantity, l.cover_after, l.reason, l.sentence
      FROM allocation_line l JOIN centre c ON c.id = l.centre_id
      WHERE l.allocation_id = \(decision) ORDER BY c.code
      """
    ).map { row in
      let (centre, need, stock, quantity, coverAfter, reason, sentence) = try row.decode(
        as: Centre.Code.self,
        Quantity?.self,
        Quantity.self,
        Quantity.self,
        Int64?.self,
        String.self,
        String.self
      )
      return Self(
        centre: centre,
        need: need,
        stock: stock,
        quantity: quantity,
        coverAfter: coverAfter,
        reason: reason,
        sentence: sentence
      )
    }
  }
}
