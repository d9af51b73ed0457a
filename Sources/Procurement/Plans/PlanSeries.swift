package import Inventory
package import Planning

extension DemandReading {
  /// The weekly series that forecasts read.
  ///
  /// A bucket that nobody reported is missing. One with days without stock is censored. So is, by one day, one that used
  /// the last of the stock: it ends with nothing on hand, or days without stock follow it; how much more would have been
  /// used nobody knows. A first bucket in which nothing was used says only that the item had come: it is missing.
  package func series(category: String) -> DemandSeries {
    let observations = buckets.indices.map { index -> DemandObservation in
      guard let used = buckets[index].used?.units, used > 0 || !isFirst(index) else { return .missing }
      let isLast = index == buckets.count - 1
      let usedUp = used > 0 && (isLast ? onHand <= 0 : buckets[index + 1].daysWithoutStock > 0)
      let empty = max(Int(buckets[index].daysWithoutStock), usedUp ? 1 : 0)
      return empty > 0 ? .censored(atLeast: used, outOfStockDays: min(7, empty)) : .reported(used)
    }
    return DemandSeries(
      key: "\(item)|\(centre)",
      category: category,
      bucket: .week,
      start: Self.week(of: buckets.first?.firstDay ?? Day(rawValue: 0)),
      observations: observations
    )
  }

  /// Whether the item came to the centre in this bucket.
  private func isFirst(_ index: Int) -> Bool {
    first.map { $0 >= buckets[index].firstDay && $0 <= buckets[index].lastDay } ?? false
  }

  /// The number of the week that begins with a day, so that a place in the year is the same for all runs.
  static func week(of day: Day) -> Int { Int(Rounding.down.divide(day.rawValue + 3, by: 7)) }

  /// What can be used from the day after `day` on, lot by lot; held lots cannot.
  package func usableLots(after day: Day) -> [UsableLot] {
    lots.filter { !$0.isHeld && $0.quantity > 0 && ($0.expiry.map { $0 > day } ?? true) }.map { lot in
      UsableLot(
        Int(lot.quantity),
        from: Int(day.rawValue + 1),
        until: lot.expiry.map { Int($0.rawValue) }
      )
    }
  }
}

extension [UsableLot] {
  /// Without so many units, taken from those that expire first.
  func without(_ units: Int64) -> [UsableLot] {
    var left = Int(units)
    return sorted { ($0.until ?? .max, $0.from) < ($1.until ?? .max, $1.from) }.compactMap { lot in
      let taken = Swift.min(left, lot.quantity)
      left -= taken
      return taken == lot.quantity ? nil : UsableLot(lot.quantity - taken, from: lot.from, until: lot.until)
    }
  }

  var units: Int { reduce(0) { $0 + $1.quantity } }
}
