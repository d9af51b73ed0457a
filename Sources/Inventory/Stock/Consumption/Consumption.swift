package import Storage

/// What a centre used of an item in one bucket of time.
package struct Consumption: Equatable, Sendable, Encodable {
  package var centre: Centre.Code
  package var item: Item.SKU
  package var firstDay: Day
  package var lastDay: Day
  /// As reported; nil where no report of the bucket says: unknown, which is not zero.
  package var used: Quantity?
  /// Days that ended with nothing on hand and on which nothing was used.
  package var daysWithoutStock: Int64
  /// Used × days ÷ days with stock, rounded half up: what would have been used with stock on every day. Nil where it
  /// is unknown, and where no day had stock.
  package var adjusted: Quantity?
}

extension Consumption {
  /// What several centres used in one bucket.
  package struct Total: Equatable, Sendable {
    package var firstDay: Day
    /// Nil where no centre said.
    package var used: Int64?
    /// Centres that said.
    package var known: Int
  }

  /// The buckets of several centres added up, the earliest first.
  package static func totals(_ parts: [Consumption]) -> [Total] {
    Dictionary(grouping: parts, by: \.firstDay).map { day, parts in
      let known = parts.compactMap(\.used)
      let used = known.isEmpty ? nil : known.reduce(0) { $0 + $1.units }
      return Total(firstDay: day, used: used, known: known.count)
    }.sorted { $0.firstDay < $1.firstDay }
  }

  /// The buckets of a window, the earliest first, from what is on hand at its end and the days with movements, in
  /// order.
  static func buckets(
    of window: UseWindow,
    centre: Centre.Code,
    item: Item.SKU,
    onHand: Int64,
    since first: Day?,
    days: [DayOfStock]
  ) -> [Consumption] {
    let without = window.daysWithoutStock(onHand: onHand, since: first, days: days)
    return (0..<Int(window.buckets)).reversed().map { bucket in
      let range = window.days(ofBucket: bucket)
      let said = days.filter { range.contains($0.day) }.compactMap(\.used)
      let used = said.isEmpty ? nil : max(0, said.reduce(0, +))
      let empty = Int64(without.count { range.contains($0) })
      return Consumption(
        centre: centre,
        item: item,
        firstDay: range.lowerBound,
        lastDay: range.upperBound,
        used: used.map { Quantity($0) },
        daysWithoutStock: empty,
        adjusted: used.flatMap { adjusted($0, days: window.bucketDays, without: empty) }
      )
    }
  }

  private static func adjusted(_ used: Int64, days: Int64, without: Int64) -> Quantity? {
    guard without < days else { return nil }
    let (product, overflow) = used.multipliedReportingOverflow(by: days)
    return overflow ? nil : Quantity(Rounding.halfUp.divide(product, by: days - without))
  }

  /// The consumption of every centre and item that ever had a balance, bucket by bucket.
  package static func all(
    _ window: UseWindow,
    filter: StockPosition.Filter = .init(),
    in connection: any Connection
  ) throws -> [Consumption] {
    var result: [Consumption] = []
    try StockPosition.forEachHistory(window, filter: filter, in: connection) { history in
      result += buckets(
        of: window,
        centre: history.centre,
        item: history.item,
        onHand: history.onHand(at: window.lastDay),
        since: history.first,
        days: history.days
      )
    }
    return result
  }
}
