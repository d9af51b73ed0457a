package import Storage

/// A balance that is not the sum of its movements, or a day that ends below zero.
package struct Discrepancy: Equatable, Sendable, Codable {
  package enum Kind: String, Codable, Sendable, Storable {
    case balance, negative
    case unknownLot = "unknown_lot"
  }

  package var kind: Kind
  package var centre: Int64
  package var item: Int64
  package var lot: Int64
  /// The day that ends below zero; nil where the balance is wrong.
  package var day: Day?
  package var balance: Quantity?
  package var ledger: Quantity?
}

extension StockLedger {
  /// What a check of all balances against the ledger found.
  package struct Reconciliation: Equatable, Sendable, Codable {
    package var movements: Int64
    package var balances: Int64
    package var discrepancies: [Discrepancy]

    package var agrees: Bool { discrepancies.isEmpty }
  }

  /// Rebuilds every balance from the ledger and compares; cost one pass over the ledger, sorted by lot and day.
  package static func reconcile(in connection: any Connection) throws -> Reconciliation {
    let rows = try connection.query(
      "SELECT (SELECT COUNT(*) FROM stock_movement), (SELECT COUNT(*) FROM stock_balance)"
    )
    guard let row = rows.first else { throw DatabaseError.narrow(columns: 0, expected: 2) }
    let (movements, balances) = try row.decode(as: Int64.self, Int64.self)
    var discrepancies: [Discrepancy] = []
    for check in [wrongBalances, negativeDays] {
      discrepancies += try connection.query(check).map(Discrepancy.init(row:))
    }
    return Reconciliation(movements: movements, balances: balances, discrepancies: discrepancies)
  }

  /// A lot that only one side knows has nothing on the other; `UNION ALL` keeps both engines to one text.
  private static let wrongBalances: SQL = """
    SELECT CASE WHEN MAX(lot_known) = 0 THEN 'unknown_lot' ELSE 'balance' END,
      centre_id, item_id, lot_id, NULL, MAX(balance), CAST(SUM(moved) AS BIGINT)
    FROM (
      SELECT centre_id, item_id, lot_id, quantity AS balance, 0 AS moved, 1 AS lot_known FROM stock_balance
      UNION ALL
      SELECT m.centre_id, m.item_id, m.lot_id, NULL, SUM(m.quantity),
        CASE WHEN MAX(l.id) IS NULL THEN 0 ELSE 1 END
      FROM stock_movement m LEFT JOIN lot l ON l.id = m.lot_id AND l.item_id = m.item_id
      GROUP BY m.centre_id, m.item_id, m.lot_id
    ) sides
    GROUP BY centre_id, item_id, lot_id
    HAVING MAX(balance) IS NULL OR MAX(balance) <> SUM(moved) OR MIN(lot_known) = 0
    ORDER BY centre_id, item_id, lot_id
    """

  private static let negativeDays: SQL = """
    SELECT 'negative', centre_id, item_id, lot_id, MIN(day), NULL, CAST(MIN(ended) AS BIGINT) FROM (
      SELECT centre_id, item_id, lot_id, day, SUM(SUM(quantity)) OVER (
        PARTITION BY centre_id, item_id, lot_id ORDER BY day) AS ended
      FROM stock_movement GROUP BY centre_id, item_id, lot_id, day
    ) days
    WHERE ended < 0 GROUP BY centre_id, item_id, lot_id ORDER BY centre_id, item_id, lot_id
    """
}

extension Discrepancy {
  init(row: Row) throws(DatabaseError) {
    (kind, centre, item, lot, day, balance, ledger) = try row.decode(
      as: Kind.self,
      Int64.self,
      Int64.self,
      Int64.self,
      Day?.self,
      Quantity?.self,
      Quantity?.self
    )
  }
}
