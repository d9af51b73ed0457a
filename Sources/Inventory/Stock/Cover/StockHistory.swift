import Storage

/// A row of the query: a lot, free or held, or a day with movements.
struct HistoryRow {
  enum Kind: Int64, Storable { case free, held, day }

  var centre: Centre.Code
  var item: Item.SKU
  var kind: Kind
  var day: Day?
  var quantity: Int64
  /// The reported day of a lot; what was used on a day.
  var extra: Int64?
  /// Of a lot: the day of its first movement.
  var first: Day?

  init(_ row: Row) throws(DatabaseError) {
    (centre, item, kind, day, quantity, extra, first) = try row.decode(
      as: Centre.Code.self,
      Item.SKU.self,
      Kind.self,
      Day?.self,
      Int64.self,
      Int64?.self,
      Day?.self
    )
  }
}

/// What one centre holds of one item, and how it came to that over a window.
struct StockHistory {
  let centre: Centre.Code
  let item: Item.SKU
  var lots: [ExpiringStock] = []
  var days: [DayOfStock] = []
  var reported: Day?
  /// The day of the first movement of all.
  var first: Day?

  mutating func add(_ row: HistoryRow) {
    if row.kind == .day {
      if let day = row.day {
        days.append(DayOfStock(day: day, change: row.quantity, used: row.extra))
      }
      return
    }
    lots.append(ExpiringStock(quantity: row.quantity, expiry: row.day, isHeld: row.kind == .held))
    let reported = row.extra.map(Day.init(rawValue:))
    self.reported = [self.reported, reported].compactMap(\.self).max()
    first = [first, row.first].compactMap(\.self).min()
  }

  func onHand(at day: Day) -> Int64 {
    let now = lots.reduce(0) { $0 + $1.quantity }
    return days.reduce(now) { $1.day > day ? $0 - $1.change : $0 }
  }

  func position(_ window: UseWindow) -> StockPosition {
    let use = window.dailyUse(onHand: onHand(at: window.lastDay), since: first, days: days)
    let stock = UsableStock(of: lots, on: window.lastDay, use: use)
    return StockPosition(
      centre: centre,
      item: item,
      stock: stock,
      use: use,
      cover: Cover(usable: stock.usable, use: use),
      reported: reported,
      today: window.lastDay
    )
  }
}
