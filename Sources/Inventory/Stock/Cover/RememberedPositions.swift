import Storage

/// Reads positions through what earlier reads kept.
struct RememberedPositions {
  let kept: KeptPositions
  let window: UseWindow
  let connection: any Connection

  /// Nil where nobody keeps anything.
  init?(_ window: UseWindow, in connection: any Connection) {
    guard let memory = connection.memory else { return nil }
    self.init(Self.kept(in: memory), window, in: connection)
  }

  static func kept(in memory: Memory) -> KeptPositions { memory.value { KeptPositions() } }

  init(_ kept: KeptPositions, _ window: UseWindow, in connection: any Connection) {
    (self.kept, self.window, self.connection) = (kept, window, connection)
  }

  /// More centres than this of which nothing holds any more are read with one pass over all of them.
  private static let fewCentres = 8

  /// Every position that the filter names, by centre and item.
  func forEach(_ filter: StockPosition.Filter, _ body: (StockPosition) throws -> Void) throws {
    let places = try StockMark.all(of: filter.centre, in: connection)
    let known = filter.centre == nil ? kept.shelves(window) : [:]
    let anew = filter.centre == nil ? places.count { known[$0.code]?.mark.lots != $0.mark.lots } : 0
    if anew > Self.fewCentres {
      // One item of a network too large to be kept is looked up by itself.
      guard kept.mayHold(window) || filter.item == nil else {
        return try StockPosition.compute(window, filter: filter, in: connection, body)
      }
      return try readAll(Dictionary(uniqueKeysWithValues: places.map { ($0.code, $0.mark) })) { position in
        if filter.item == nil || filter.item == position.item { try body(position) }
      }
    }
    for place in places {
      let positions = try positions(at: place, known[place.code])
      if let item = filter.item {
        try positions.position(of: item).map(body)
      } else {
        try positions.forEach(body)
      }
    }
  }

  /// At most `limit` positions, the first after a place.
  func page(_ filter: StockPosition.Filter, after start: StockPosition.Place?, limit: Int) throws
    -> [StockPosition]
  {
    var page: [StockPosition] = []
    for place in try StockMark.all(of: filter.centre, in: connection) where page.count < limit {
      if let start, place.code < start.centre { continue }
      let last = place.code == start?.centre ? start?.item : nil
      guard let item = filter.item else {
        if try isSoonerAlone(place) {
          let alone = PageAlone(window: window, centre: place.centre, after: last, limit: limit - page.count)
          page += try connection.found(alone) { try positions(of: alone, at: place.code) }
          continue
        }
        let all = try positions(at: place, nil)
        let first = last.map { all.firstIndex(after: $0, orAt: false) } ?? 0
        page += all[first...].prefix(limit - page.count)
        continue
      }
      if let last, last >= item { continue }
      if try kept.shelf(of: place.code, window) == nil || isSoonerAlone(place) {
        // One item alone: nothing is gained by reading all that the centre has.
        let one = StockPosition.Filter(centre: place.code, item: item)
        try StockPosition.compute(window, filter: one, in: connection) { page.append($0) }
      } else if let position = try positions(at: place, nil).position(of: item) {
        page.append(position)
      }
    }
    return page
  }

  /// Whether a page of a centre is computed sooner than what has to be read to keep all of the centre: while that is
  /// read ahead, and where more has moved than a page is worth, which then is read ahead soon.
  private func isSoonerAlone(_ place: StockMark.Place) throws -> Bool {
    guard let known = kept.shelf(of: place.code, window) else { return kept.isReadAhead(window) }
    guard known.mark != place.mark else { return false }
    if known.mark.lots == place.mark.lots, known.mark.entry < place.mark.entry {
      let since = Movements(centre: place.centre, since: known.mark.entry)
      let moved = try connection.found(since) { try count(since) }
      guard moved > Int64(kept.fewMovements) else { return false }
    }
    kept.fallBehind()
    return true
  }

  /// The movements of a centre after an entry.
  private struct Movements: Hashable {
    var centre: Centre.ID
    var since: Int64
  }

  /// How many there are, counted no further than matters.
  private func count(_ movements: Movements) throws -> Int64 {
    let counted = try connection.query(
      """
      SELECT COUNT(*) FROM (
        SELECT 1 FROM stock_movement v
        WHERE v.centre_id = \(movements.centre) AND v.entry_id > \(movements.since)
        LIMIT \(Int64(kept.fewMovements + 1))) m
      """
    )
    return try counted.first.map { try $0.decode(as: Int64.self) } ?? 0
  }

  /// A page of one centre, which is kept for as long as the database stays as it is.
  private struct PageAlone: Hashable {
    var window: UseWindow
    var centre: Centre.ID
    var after: Item.SKU?
    var limit: Int
  }

  /// The positions of a page and no others: all of the centre's are on their way to be kept.
  private func positions(of page: PageAlone, at centre: Centre.Code) throws -> [StockPosition] {
    var (found, start): ([StockPosition], Item.SKU?) = ([], page.after)
    while found.count < page.limit {
      let behind: SQL = start.map { "AND i.sku > \($0)" } ?? ""
      let most = page.limit - found.count
      let items = try connection.query(
        """
        SELECT i.sku FROM item i
        WHERE EXISTS (SELECT 1 FROM stock_balance b WHERE b.centre_id = \(page.centre) AND b.item_id = i.id)
          \(behind)
        ORDER BY i.sku LIMIT \(Int64(most))
        """
      ).map { try $0.decode(as: Item.SKU.self) }
      guard let first = items.first, let end = items.last else { break }
      var filter = StockPosition.Filter(centre: centre)
      filter.items = first...end
      try StockPosition.compute(window, filter: filter, in: connection) { found.append($0) }
      guard items.count == most else { break }
      start = end
    }
    return found
  }

  /// The positions of a centre at its mark.
  func positions(at place: StockMark.Place, _ found: KeptPositions.Shelf?) throws -> [StockPosition] {
    if let known = found ?? kept.shelf(of: place.code, window), known.mark == place.mark {
      return known.positions
    }
    return try kept.inTurn(place.code) { try positionsAnew(at: place) }
  }

  private func positionsAnew(at place: StockMark.Place) throws -> [StockPosition] {
    guard let known = kept.shelf(of: place.code, window) else {
      return try reread(place, filter: .init(centre: place.code), onto: [])
    }
    if known.mark == place.mark { return known.positions }
    if known.mark.lots == place.mark.lots, known.mark.entry < place.mark.entry,
      try known.mark.stands(in: connection)
    {
      var moved = StockPosition.Filter()
      moved.change = .init(centre: place.centre, since: known.mark.entry)
      return try reread(place, filter: moved, onto: known.positions)
    }
    // A snapshot older than what is kept sees less, and leaves it alone.
    var positions: [StockPosition] = []
    try StockPosition.compute(window, filter: .init(centre: place.code), in: connection) {
      positions.append($0)
    }
    let isOlder =
      (known.mark.entry > place.mark.entry && known.mark.at >= place.mark.at)
      || known.mark.lots > place.mark.lots
    if !isOlder { kept.keep([place.code: .init(mark: place.mark, positions: positions)], window) }
    return positions
  }

  private func reread(_ place: StockMark.Place, filter: StockPosition.Filter, onto old: [StockPosition])
    throws
    -> [StockPosition]
  {
    var fresh: [StockPosition] = []
    try StockPosition.compute(window, filter: filter, in: connection) { fresh.append($0) }
    let positions = old.isEmpty ? fresh : old.replaced(by: fresh)
    kept.keep([place.code: .init(mark: place.mark, positions: positions)], window)
    return positions
  }

  /// One pass over everything, kept where it is not too much.
  private func readAll(
    _ marks: [Centre.Code: StockMark],
    _ body: (StockPosition) throws -> Void
  ) throws {
    var shelves: [Centre.Code: KeptPositions.Shelf] = [:]
    var (count, keeps) = (0, kept.mayHold(window))
    try StockPosition.compute(window, filter: .init(), in: connection) { position in
      if keeps, let mark = marks[position.centre] {
        shelves[position.centre, default: .init(mark: mark, positions: [])].positions.append(position)
        count += 1
        if !kept.holds(count) {
          (keeps, shelves) = (false, [:])
          kept.giveUp(window)
        }
      }
      try body(position)
    }
    if keeps { kept.keep(shelves, window) }
  }
}

extension [StockPosition] {
  /// The first place after an item, or where it stands, in the order of items.
  fileprivate func firstIndex(after item: Item.SKU, orAt includes: Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let isBefore = includes ? self[middle].item < item : self[middle].item <= item
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The position of an item, in the order of items.
  fileprivate func position(of item: Item.SKU) -> StockPosition? {
    let index = firstIndex(after: item, orAt: true)
    return index < count && self[index].item == item ? self[index] : nil
  }

  /// These with others of the same centre in place of those of the same items, both by item.
  fileprivate func replaced(by others: [StockPosition]) -> [StockPosition] {
    var result: [StockPosition] = []
    result.reserveCapacity(count + others.count)
    var next = others[...]
    for position in self {
      while let other = next.first, other.item < position.item {
        result.append(other)
        next.removeFirst()
      }
      if let other = next.first, other.item == position.item {
        result.append(other)
        next.removeFirst()
      } else {
        result.append(position)
      }
    }
    return result + next
  }
}
