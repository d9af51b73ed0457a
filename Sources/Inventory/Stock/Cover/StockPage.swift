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

  /// At most `limit` positions by centre and item, the first after a place. Cost: that of the centres on the way, of
  /// which only what moved since they were last read is computed.
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
    let kept = connection.memory.map(RememberedPositions.kept) ?? KeptPositions()
    return try RememberedPositions(kept, window, in: connection).page(filter, after: place, limit: limit)
  }
}
