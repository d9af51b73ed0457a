package import Storage

/// What the ledger says of one centre and item as it was known at a moment: the use, bucket by bucket, and the lots.
///
/// The ledger is append-only, so the same day and the same moment read the same however much is recorded later.
package struct DemandReading: Equatable, Sendable {
  package var centre: Centre.Code
  package var item: Item.SKU
  /// The earliest bucket first; the last one ends with the day asked for.
  package var buckets: [Consumption]
  /// What is on hand at the end of the day, the first to expire first; held lots are told so.
  package var lots: [ExpiringStock]
  /// The latest day for which the centre reported the item; nil where it never did.
  package var reported: Day?
  /// The day of the first movement; nil where nothing moved by then.
  package var first: Day?
  /// What was on hand at the end of the window's last day.
  package var onHand: Int64
}

extension DemandReading {
  /// Which part of the ledger is read, and as it was known when.
  package struct Scope: Equatable, Sendable {
    package var window: UseWindow
    /// Entries recorded later are as if they had not been made.
    package var knownAt: Instant
    /// The items to read; all where it is nil.
    package var items: [Item.SKU]?

    package init(window: UseWindow, knownAt: Instant, items: [Item.SKU]? = nil) {
      self.window = window
      self.knownAt = knownAt
      self.items = items
    }
  }

  init(_ history: StockHistory, window: UseWindow) {
    let onHand = history.lots.reduce(0) { $0 + $1.quantity }
    self.init(
      centre: history.centre,
      item: history.item,
      buckets: Consumption.buckets(
        of: window,
        centre: history.centre,
        item: history.item,
        onHand: onHand,
        since: history.first,
        days: history.days
      ),
      lots: history.lots.filter { $0.quantity > 0 },
      reported: history.reported,
      first: history.first,
      onHand: onHand
    )
  }

  /// The readings of one item after another, all its centres together and by code, in memory bounded by one item.
  /// Cost: one pass over the balances and the window's movements of the items asked for.
  package static func forEachItem(
    _ scope: Scope,
    in connection: any Connection,
    _ body: (Item.SKU, [DemandReading]) throws -> Void
  ) throws {
    var open: [StockHistory] = []
    func finish() throws {
      guard let item = open.first?.item else { return }
      let moved = open.filter { $0.first != nil }
      if !moved.isEmpty { try body(item, moved.map { DemandReading($0, window: scope.window) }) }
      open = []
    }
    try connection.forEach(scope.rows) { row in
      let next = try HistoryRow(row)
      if let last = open.last, last.item != next.item { try finish() }
      if open.last?.centre != next.centre {
        open.append(StockHistory(centre: next.centre, item: next.item))
      }
      open[open.count - 1].add(next)
    }
    try finish()
  }
}

extension DemandReading.Scope {
  private var chosen: SQL {
    guard let items else { return "true" }
    guard let first = items.first else { return "false" }
    let list = items.dropFirst().reduce("\(first)" as SQL) { "\($0), \($1)" }
    return "b.item_id IN (SELECT id FROM item WHERE sku IN (\(list)))"
  }

  /// Movements `m` of balance `b` that the scope does not know of, or that lie after it.
  private var unknown: SQL {
    """
    m.centre_id = b.centre_id AND m.item_id = b.item_id AND m.lot_id = b.lot_id AND m.day >= \(window.firstDay)
      AND (m.day > \(window.lastDay) OR e.recorded_at > \(knownAt))
    """
  }

  /// For each item and centre first its lots as they were, then its days with movements.
  fileprivate var rows: SQL {
    """
    SELECT c.code, i.sku, r.kind, r.day, r.quantity, r.extra, r.first_day FROM (\(lots) UNION ALL \(days)) r
    JOIN centre c ON c.id = r.centre_id JOIN item i ON i.id = r.item_id
    ORDER BY i.sku, c.code, CASE WHEN r.kind = 2 THEN 1 ELSE 0 END, r.day NULLS LAST, r.place
    """
  }

  private var lots: SQL {
    """
    SELECT b.centre_id, b.item_id, CASE WHEN \(LotHold.isHeld(on: window.lastDay)) THEN 1 ELSE 0 END AS kind,
      l.expiry AS day, CAST(b.quantity - COALESCE((SELECT SUM(m.quantity) FROM stock_movement m
        JOIN stock_entry e ON e.id = m.entry_id WHERE \(unknown)), 0) AS BIGINT) AS quantity,
      (SELECT MAX(m.day) FROM stock_movement m JOIN stock_entry e ON e.id = m.entry_id
        JOIN stock_report p ON p.id = e.id
        WHERE m.centre_id = b.centre_id AND m.item_id = b.item_id AND m.lot_id = b.lot_id
        AND m.day <= \(window.lastDay) AND e.recorded_at <= \(knownAt)) AS extra,
      b.lot_id AS place,
      (SELECT MIN(m.day) FROM stock_movement m WHERE m.centre_id = b.centre_id AND m.item_id = b.item_id
        AND m.lot_id = b.lot_id AND m.day <= \(window.lastDay)) AS first_day
    FROM stock_balance b JOIN lot l ON l.id = b.lot_id WHERE \(chosen)
    """
  }

  /// What was used counts where no reversal of it was known.
  private var days: SQL {
    """
    SELECT b.centre_id, b.item_id, 2, m.day, CAST(SUM(m.quantity) AS BIGINT),
      CAST(SUM(CASE WHEN m.reason = 'use' AND e.reverses IS NULL AND u.id IS NULL
        THEN -m.quantity END) AS BIGINT), 0, CAST(NULL AS BIGINT)
    FROM stock_balance b
    JOIN stock_movement m ON m.centre_id = b.centre_id AND m.item_id = b.item_id AND m.lot_id = b.lot_id
    JOIN stock_entry e ON e.id = m.entry_id
    LEFT JOIN stock_entry u ON u.reverses = e.id AND u.recorded_at <= \(knownAt)
    WHERE \(chosen) AND m.day BETWEEN \(window.firstDay) AND \(window.lastDay) AND e.recorded_at <= \(knownAt)
    GROUP BY b.centre_id, b.item_id, m.day
    """
  }
}

extension DemandReading {
  /// Everything the reading says, on one line: what a digest of it is taken from.
  package var line: String {
    let uses = buckets.map { bucket in
      bucket.used.map { "\($0.units)/\(bucket.daysWithoutStock)" } ?? "-"
    }
    let shelf = lots.map { "\($0.quantity)@\($0.expiry?.description ?? "-")\($0.isHeld ? "h" : "")" }
    return [
      item.rawValue, centre.rawValue, reported?.description ?? "-", "\(onHand)", uses.joined(separator: " "),
      shelf.joined(separator: " "),
    ].joined(separator: "|") + "\n"
  }
}
