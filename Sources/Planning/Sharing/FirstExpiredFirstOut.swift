/// Units of one lot that can be used from one day to another, both included.
package struct UsableLot: Hashable, Sendable {
  package var quantity: Int
  package var from: Int
  /// The last day of use; nil when it does not expire.
  package var until: Int?

  package init(_ quantity: Int, from: Int = 0, until: Int? = nil) {
    (self.quantity, self.from, self.until) = (quantity, from, until)
  }

  var lastDay: Int { until ?? .max }
}

/// What becomes of a stock whose lots are used first expired, first out, day after day; what cannot be
/// served on its day is lost, not kept for later.
///
/// For given lots and demands no other order of use serves more: an exchange of two lots towards earlier
/// expiry never loses a unit.
package struct StockProjection: Hashable, Sendable {
  /// Usable units on the morning of each day, before its demand; one more entry for the morning after.
  package private(set) var mornings: [Int] = []
  /// Units of demand not served, by day.
  package private(set) var short: [Int] = []
  /// Units of each lot that expire unused inside the horizon, in the order of the lots given.
  package private(set) var expired: [Int]
  /// Units of each lot left after the last day.
  package private(set) var left: [Int]

  /// Projects `lots` over `demand`, units for each day from `start`.
  ///
  /// - Complexity: O(days · lots).
  package init(lots: [UsableLot], demand: [Int], from start: Int = 0) {
    left = lots.map(\.quantity)
    expired = lots.map { _ in 0 }
    let order = lots.indices.sorted {
      (lots[$0].lastDay, lots[$0].from, $0) < (lots[$1].lastDay, lots[$1].from, $1)
    }
    for (offset, wanted) in demand.enumerated() {
      dispose(of: lots, before: start + offset)
      mornings.append(usable(lots, on: start + offset))
      short.append(serve(wanted, from: lots, in: order, on: start + offset))
    }
    dispose(of: lots, before: start + demand.count)
    mornings.append(usable(lots, on: start + demand.count))
  }

  package var shortfall: Int { short.reduce(0, +) }
  package var waste: Int { expired.reduce(0, +) }
  package var stockOutDays: Int { short.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } }
  /// How many days pass before the first demand that is not served whole; nil when all are.
  package var firstShortDay: Int? { short.firstIndex { $0 > 0 } }

  private mutating func dispose(of lots: [UsableLot], before day: Int) {
    for (index, lot) in lots.enumerated() where lot.lastDay < day && left[index] > 0 {
      expired[index] += left[index]
      left[index] = 0
    }
  }

  private func usable(_ lots: [UsableLot], on day: Int) -> Int {
    lots.indices.reduce(0) { lots[$1].from <= day ? $0 + left[$1] : $0 }
  }

  private mutating func serve(_ wanted: Int, from lots: [UsableLot], in order: [Int], on day: Int) -> Int {
    var missing = wanted
    for index in order where missing > 0 && lots[index].from <= day {
      let used = min(missing, left[index])
      left[index] -= used
      missing -= used
    }
    return missing
  }
}

extension DailyUse {
  /// Whole units for each of so many days: they add up, on every day, to the exact use so far rounded up.
  package func schedule(days: Int) -> [Int] { (0..<days).map { units(in: $0 + 1) - units(in: $0) } }
}
