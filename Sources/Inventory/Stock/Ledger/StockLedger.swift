package import Storage

/// The append-only book of every movement of stock.
///
/// A balance is the sum of its movements and is kept in the same transaction. Within a day what comes in precedes
/// what goes out, so that a day's lowest balance is the one it ends with, and no day may end below zero.
package enum StockLedger {
  /// Writes movements and moves the balances, all or none.
  /// - Parameters:
  ///   - postings: in any order; those of one centre, day and document become one entry.
  ///   - stamp: who records them and when.
  ///   - connection: the transaction.
  /// - Throws: `StockError.insufficient` where a balance would fall below zero on the day or on any later one.
  package static func post(_ postings: [Posting], by stamp: Stamp, in connection: any Connection) throws {
    for posting in postings { try posting.check() }
    var entries: [LedgerEntry.ID] = []
    for (entry, postings) in grouped(postings) {
      let id = try entry.open(by: stamp, in: connection)
      try write(postings, of: id, in: connection)
      entries.append(id)
    }
    try settle(entries, by: stamp, in: connection)
  }

  private static func grouped(_ postings: [Posting]) -> [(LedgerEntry, [Posting])] {
    var order: [LedgerEntry] = []
    var groups: [LedgerEntry: [Posting]] = [:]
    for posting in postings {
      let entry = LedgerEntry(centre: posting.centre, day: posting.day, document: posting.document)
      if groups[entry] == nil { order.append(entry) }
      groups[entry, default: []].append(posting)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  static func write(
    _ postings: [Posting],
    of entry: LedgerEntry.ID,
    in connection: any Connection
  ) throws {
    try connection.insert(into: "stock_movement", columns: movementColumns) { writer in
      for (index, posting) in postings.enumerated() {
        writer.value(posting.centre)
        writer.value(entry)
        writer.integer(Int64(index + 1))
        writer.value(posting.reason)
        writer.value(posting.item)
        writer.value(posting.lot)
        writer.value(posting.day)
        writer.value(posting.quantity)
        try writer.endRow()
      }
    }
  }

  static let movementColumns = [
    "centre_id", "entry_id", "line", "reason", "item_id", "lot_id", "day", "quantity",
  ]
}
