package import Storage

extension StockPosition {
  /// Which positions are asked for.
  package struct Filter: Equatable, Sendable {
    package var centre: Centre.Code?
    package var item: Item.SKU?
    /// What moved at one centre.
    var change: Change?
    /// Centres whose keys stand next to each other.
    var centres: ClosedRange<Centre.ID>?
    /// Items that stand next to each other, in the order of their codes.
    var items: ClosedRange<Item.SKU>?

    /// The items of a centre that moved or were reported after an entry.
    struct Change: Equatable, Sendable {
      var centre: Centre.ID
      var since: Int64
    }

    package init(centre: Centre.Code? = nil, item: Item.SKU? = nil) {
      self.centre = centre
      self.item = item
    }

    /// Whether it leaves so few positions that their rows may be held in memory.
    var isSmall: Bool { change != nil || (centre != nil && (item != nil || items != nil)) }

    var namesItems: Bool { item != nil || items != nil }

    /// A condition on columns that hold a centre and an item.
    func sql(_ centreColumn: SQL, _ itemColumn: SQL) -> SQL {
      if let change {
        return """
          AND \(centreColumn) = \(change.centre) AND \(itemColumn) IN (
            SELECT v.item_id FROM stock_movement v WHERE v.centre_id = \(change.centre) AND v.entry_id > \(change.since)
            UNION SELECT n.item_id FROM stock_report s JOIN stock_report_line n ON n.report_id = s.id
            WHERE s.centre_id = \(change.centre) AND s.id > \(change.since))
          """
      }
      let place: SQL =
        centre.map { "AND \(centreColumn) = (SELECT id FROM centre WHERE code = \($0))" } ?? ""
      let thing: SQL = item.map { "AND \(itemColumn) = (SELECT id FROM item WHERE sku = \($0))" } ?? ""
      let places: SQL =
        centres.map { "AND \(centreColumn) BETWEEN \($0.lowerBound) AND \($0.upperBound)" } ?? ""
      let things: SQL =
        items.map {
          """
          AND \(itemColumn) IN (
            SELECT id FROM item WHERE sku BETWEEN \($0.lowerBound) AND \($0.upperBound))
          """
        } ?? ""
      return "\(place) \(thing) \(places) \(things)"
    }
  }

  /// Every position, by centre and item. From one query and in memory bounded by one position, or from what earlier
  /// reads of the same state kept.
  /// - Parameters:
  ///   - window: over which use is measured; its last day is today.
  ///   - filter: a centre, an item, or all.
  ///   - connection: a snapshot.
  ///   - body: takes each position.
  /// - Throws: the database's errors, and those of `body`.
  package static func forEach(
    _ window: UseWindow,
    filter: Filter = Filter(),
    in connection: any Connection,
    _ body: (StockPosition) throws -> Void
  ) throws {
    if let remembered = RememberedPositions(window, in: connection) {
      return try remembered.forEach(filter, body)
    }
    try compute(window, filter: filter, in: connection, body)
  }

  /// Every position, computed now.
  static func compute(
    _ window: UseWindow,
    filter: Filter,
    in connection: any Connection,
    _ body: (StockPosition) throws -> Void
  ) throws {
    try forEachHistory(window, filter: filter, in: connection) { try body($0.position(window)) }
  }

  static func forEachHistory(
    _ window: UseWindow,
    filter: Filter,
    in connection: any Connection,
    _ body: (StockHistory) throws -> Void
  ) throws {
    var open: StockHistory?
    func take(_ row: Row) throws {
      let next = try HistoryRow(row)
      if open?.centre != next.centre || open?.item != next.item {
        if let open { try body(open) }
        open = StockHistory(centre: next.centre, item: next.item)
      }
      // In place: an item may have tens of thousands of lots, which would be copied with each.
      open?.add(next)
    }
    // The rows of a page are few: its statement is kept, and answered at once.
    if filter.isSmall {
      for row in try connection.query(rows(window, filter)) { try take(row) }
    } else {
      try connection.forEach(rows(window, filter)) { try take($0) }
    }
    if let open { try body(open) }
  }

  package static func all(
    _ window: UseWindow,
    filter: Filter = Filter(),
    in connection: any Connection
  ) throws -> [StockPosition] {
    var positions: [StockPosition] = []
    try forEach(window, filter: filter, in: connection) { positions.append($0) }
    return positions
  }

  /// As things stood at the end of the window's last day, whatever was recorded of later days since.
  /// For each centre and item first its lots, in the order in which they expire, then its days with movements.
  private static func rows(_ window: UseWindow, _ filter: Filter) -> SQL {
    """
    SELECT c.code, i.sku, r.kind, r.day, r.quantity, r.extra, r.first_day FROM (
      SELECT b.centre_id, b.item_id,
        CASE WHEN \(LotHold.isHeld(on: window.lastDay)) THEN 1 ELSE 0 END AS kind,
        l.expiry AS day, \(quantity(on: window.lastDay)) AS quantity, \(reported(on: window.lastDay)) AS extra,
        b.lot_id AS place, (SELECT MIN(f.day) FROM \(movementsOfBalance)) AS first_day
      FROM stock_balance b JOIN lot l ON l.id = b.lot_id
      WHERE (b.last_day <= \(window.lastDay) OR EXISTS (
        SELECT 1 FROM \(movementsOfBalance) AND f.day <= \(window.lastDay)))
        \(filter.sql("b.centre_id", "b.item_id"))
      UNION ALL
      SELECT m.centre_id, m.item_id, 2, m.day, CAST(SUM(m.quantity) AS BIGINT),
        CAST(SUM(CASE WHEN m.reason = 'use' AND e.reverses IS NULL AND u.id IS NULL
          THEN -m.quantity END) AS BIGINT), 0, CAST(NULL AS BIGINT)
      FROM \(filter.namesItems ? lotsFirst(filter) : entriesFirst)
      LEFT JOIN stock_entry u ON u.reverses = e.id
      WHERE e.day >= \(window.firstDay) AND m.day >= \(window.firstDay) AND m.day <= \(window.lastDay)
        \(filter.sql("m.centre_id", "m.item_id"))
      GROUP BY m.centre_id, m.item_id, m.day
    ) r
    JOIN centre c ON c.id = r.centre_id JOIN item i ON i.id = r.item_id
    ORDER BY c.code, i.sku, CASE WHEN r.kind = 2 THEN 1 ELSE 0 END, r.day NULLS LAST, r.place
    """
  }

  /// The movements `f` of a balance `b`.
  private static let movementsOfBalance: SQL = """
    stock_movement f WHERE f.centre_id = b.centre_id AND f.item_id = b.item_id AND f.lot_id = b.lot_id
    """

  /// The balance `b` at the end of a day: as it is kept, unless something moved later.
  private static func quantity(on day: Day) -> SQL {
    """
    CASE WHEN b.last_day <= \(day) THEN b.quantity ELSE (
      SELECT CAST(SUM(f.quantity) AS BIGINT) FROM \(movementsOfBalance) AND f.day <= \(day)) END
    """
  }

  /// The latest day up to a day for which the balance `b` was reported.
  private static func reported(on day: Day) -> SQL {
    """
    CASE WHEN b.reported_day <= \(day) OR b.reported_day IS NULL THEN b.reported_day ELSE (
      SELECT MAX(f.day) FROM \(movementsOfBalance) AND f.day <= \(day) AND EXISTS (
        SELECT 1 FROM stock_report s WHERE s.id = f.entry_id)) END
    """
  }

  /// The movements `m` of entries `e` of many items, by the entries' days.
  private static let entriesFirst: SQL =
    "stock_entry e JOIN stock_movement m ON m.centre_id = e.centre_id AND m.entry_id = e.id"

  /// The movements `m` of entries `e` of few items, from their lots and balances: no index of movements begins with
  /// the item. SQLite takes the tables of a `CROSS JOIN` in the order in which they stand.
  private static func lotsFirst(_ filter: Filter) -> SQL {
    """
    lot t CROSS JOIN stock_balance s CROSS JOIN stock_movement m JOIN stock_entry e ON e.id = m.entry_id
      AND s.lot_id = t.id \(filter.sql("s.centre_id", "t.item_id"))
      AND m.centre_id = s.centre_id AND m.item_id = s.item_id AND m.lot_id = s.lot_id
    """
  }
}
