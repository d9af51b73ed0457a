import Storage

/// What one document did to one centre's stock on one day. Its movements follow it in the ledger.
struct LedgerEntry: Hashable {
  typealias ID = Inventory.ID<LedgerEntry>

  var centre: Centre.ID
  var day: Day
  var document: String?
  var reverses: ID?
  /// The entry of a count whose difference this one restates.
  var restates: ID?

  /// Opens the entry and returns its key; the caller writes its movements.
  func open(by stamp: Stamp, in connection: any Connection) throws -> ID {
    let rows = try connection.query(insertion(by: stamp))
    guard let row = rows.first else { throw DatabaseError.narrow(columns: 0, expected: 1) }
    return try row.decode(as: ID.self)
  }

  /// What opens it, and gives its key.
  func insertion(by stamp: Stamp) -> SQL {
    """
    INSERT INTO stock_entry (centre_id, day, recorded_at, actor, document, reverses, restates)
    VALUES (\(centre), \(day), \(stamp.at), \(stamp.actor), \(document), \(reverses), \(restates))
    RETURNING id
    """
  }
}

extension [LedgerEntry.ID] {
  /// The keys as the inside of `IN (…)`; never empty where it is used.
  var sql: SQL {
    dropFirst().reduce("\(self[0])" as SQL) { list, id in "\(list), \(id)" }
  }
}
