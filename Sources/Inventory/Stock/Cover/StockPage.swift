package import Storage

extension StockPosition {
  /// Where a page of a list goes on: after this position.
  package struct Place: Equatable, Sendable {
    package var centre: Centre.Code
    package var item: Item.SKU

    package init(centre: Centre.Code, item: Item.SKU) {
      self.centre = centre
      self.item = item
    }
  }

  /// At most `limit` positions by centre and item, the first after a place. Cost: that of these positions and of the items
  /// that a centre on the way does not have, whatever the number of positions.
  /// - Parameters:
  ///   - window: over which use is measured; its last day is today.
  ///   - filter: a centre, an item, or all.
  ///   - place: the last position of the page before; nil for the first page.
  ///   - limit: positive.
  ///   - connection: a snapshot.
  /// - Returns: fewer than `limit` at the end of the list alone.
  /// - Throws: the database's errors.
  package static func page(
    _ window: UseWindow,
    filter: Filter = Filter(),
    after place: Place? = nil,
    limit: Int,
    in connection: any Connection
  ) throws -> [StockPosition] {
    if filter.isSmall { return try one(window, filter, after: place, in: connection) }
    var positions: [StockPosition] = []
    for (id, code) in try centres(filter, from: place?.centre, in: connection) where positions.count < limit {
      let before = code == place?.centre ? place?.item : nil
      let items = try items(at: id, filter, after: before, limit: limit - positions.count, in: connection)
      guard !items.isEmpty else { continue }
      var part = filter
      part.part = Filter.Part(centre: id, items: items)
      try forEach(window, filter: part, in: connection) { positions.append($0) }
    }
    return positions
  }

  /// The page of a list that has one position at most.
  private static func one(
    _ window: UseWindow,
    _ filter: Filter,
    after place: Place?,
    in connection: any Connection
  ) throws -> [StockPosition] {
    try all(window, filter: filter, in: connection).filter { position in
      place.map { ($0.centre, $0.item) < (position.centre, position.item) } ?? true
    }
  }

  private static func centres(
    _ filter: Filter,
    from code: Centre.Code?,
    in connection: any Connection
  ) throws -> [(Centre.ID, Centre.Code)] {
    let start: SQL = code.map { "AND c.code >= \($0)" } ?? ""
    let one: SQL = filter.centre.map { "AND c.code = \($0)" } ?? ""
    return try connection.query(
      """
      SELECT c.id, c.code FROM centre c
      WHERE EXISTS (SELECT 1 FROM stock_balance b WHERE b.centre_id = c.id) \(start) \(one) ORDER BY c.code
      """
    ).map { row in try row.decode(as: Centre.ID.self, Centre.Code.self) }
  }

  /// The items that a centre has or had, by SKU.
  private static func items(
    at centre: Centre.ID,
    _ filter: Filter,
    after sku: Item.SKU?,
    limit: Int,
    in connection: any Connection
  ) throws -> [Item.ID] {
    let start: SQL = sku.map { "AND i.sku > \($0)" } ?? ""
    let one: SQL = filter.item.map { "AND i.sku = \($0)" } ?? ""
    return try connection.query(
      """
      SELECT i.id FROM item i
      WHERE EXISTS (SELECT 1 FROM stock_balance b WHERE b.centre_id = \(centre) AND b.item_id = i.id)
        \(start) \(one)
      ORDER BY i.sku LIMIT \(Int64(limit))
      """
    ).map { row in try row.decode(as: Item.ID.self) }
  }
}
