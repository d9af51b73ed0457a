package import Inventory
package import Storage

/// What a list of decisions shows of one.
package struct AllocationSummary: Equatable, Sendable {
  package var key: String
  package var item: Item.SKU
  package var rule: String
  package var supply: Quantity
  package var decidedOn: Day
  package var reason: String
  package var state: AllocationDecision.State
  /// How many centres get something.
  package var centres: Int64
}

extension AllocationSummary {
  /// The decisions, the latest day first: one statement, however many they are.
  ///
  /// - Parameters:
  ///   - item: only those of one item; nil for all.
  ///   - limit: at most so many.
  ///   - connection: a snapshot.
  /// - Throws: the database's errors.
  /// - Returns: at most `limit` of them.
  package static func list(
    of item: Item.SKU? = nil,
    limit: Int64 = 1_000,
    in connection: any Connection
  ) throws -> [AllocationSummary] {
    let byItem: SQL = if let item { "i.sku = \(item)" } else { "1 = 1" }
    return try connection.query(
      """
      SELECT a.key, i.sku, a.rule, a.supply, a.decided_on, a.reason, a.state,
        (SELECT COUNT(*) FROM allocation_line l WHERE l.allocation_id = a.id AND l.quantity > 0)
      FROM allocation a JOIN item i ON i.id = a.item_id WHERE \(byItem)
      ORDER BY a.decided_on DESC, a.id DESC LIMIT \(limit)
      """
    ).map { row in
      let (key, item, rule, supply, decidedOn, reason, state, centres) = try row.decode(
        as: String.self,
        Item.SKU.self,
        String.self,
        Quantity.self,
        Day.self,
        String.self,
        AllocationDecision.State.self,
        Int64.self
      )
      return AllocationSummary(
        key: key,
        item: item,
        rule: rule,
        supply: supply,
        decidedOn: decidedOn,
        reason: reason,
        state: state,
        centres: centres
      )
    }
  }
}
