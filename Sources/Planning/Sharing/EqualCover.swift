/// Whole packs shared so that the centre with the fewest days of cover has as many as possible, then the
/// next, and so on: the lexicographic max-min of days of cover, exact in integers.
package struct EqualCover: Sendable {
  /// One centre: its stock and its use, and how many packs it may get.
  package struct Part: Hashable, Sendable {
    /// Stock before sharing, in units times `use.days`.
    package var scaledStock: Int128
    package var use: DailyUse
    package var lower: Int
    package var upper: Int

    package init(scaledStock: Int128, use: DailyUse, lower: Int = 0, upper: Int) {
      (self.scaledStock, self.use) = (scaledStock, use)
      (self.lower, self.upper) = (lower, max(lower, upper))
    }

    package init(stock: Int, use: DailyUse, lower: Int = 0, upper: Int) {
      self.init(
        scaledStock: Int128(stock) * Int128(use.days),
        use: use,
        lower: lower,
        upper: upper
      )
    }
  }

  package let packSize: Int
  package let parts: [Part]

  package init(packSize: Int, parts: [Part]) { (self.packSize, self.parts) = (packSize, parts) }

  /// The packs of each part, at most `packs` in all beyond what the lower bounds already ask.
  ///
  /// Every pack goes to the centre that has the fewest days of cover at that moment and can still take one;
  /// among equals to the one that the pack lifts highest, then to the first. The n-th pack never depends on
  /// how many follow, so a larger supply never takes a pack from anyone and an early delivery is shared
  /// as well as if the later ones were known (see `docs/planning/sharing.md` for the proof).
  ///
  /// - Complexity: O(n log(cover) + r log n), where r counts packs inside the last 1/1024 day of the level.
  package func packs(sharing packs: Int) -> [Int] {
    var given = parts.map(\.lower)
    let left = packs - given.reduce(0, +)
    guard left > 0 else { return given }
    let level = level(within: packs)
    for index in parts.indices { given[index] = self.packs(below: level, part: parts[index]) }
    return raise(given, by: packs - given.reduce(0, +))
  }

  /// The highest level, in 1/1024 days, below which the packs suffice to lift every centre.
  private func level(within packs: Int) -> Int128 {
    var (reached, beyond): (Int128, Int128) = (0, 1)
    while fits(beyond, within: packs), !isFull(at: beyond) { (reached, beyond) = (beyond, beyond * 2) }
    while beyond - reached > 1 {
      let middle = (reached + beyond) / 2
      if fits(middle, within: packs) { reached = middle } else { beyond = middle }
    }
    return reached
  }

  private func fits(_ level: Int128, within packs: Int) -> Bool {
    parts.reduce(0) { $0 + self.packs(below: level, part: $1) } <= packs
  }

  private func isFull(at level: Int128) -> Bool {
    parts.allSatisfy { $0.use.quantity == 0 || self.packs(below: level, part: $0) == $0.upper }
  }

  /// How many packs a part takes while its cover is strictly below the level.
  private func packs(below level: Int128, part: Part) -> Int {
    guard part.use.quantity > 0 else { return part.lower }
    let missing = level * Int128(part.use.quantity) - Self.grain * part.scaledStock
    guard missing > 0 else { return part.lower }
    let pack = Self.grain * Int128(packSize) * Int128(part.use.days)
    return Int(min(max((missing + pack - 1) / pack, Int128(part.lower)), Int128(part.upper)))
  }

  private static let grain: Int128 = 1024

  /// Gives the last packs one by one.
  private func raise(_ start: [Int], by packs: Int) -> [Int] {
    var given = start
    var queue = MinHeap(parts.indices.compactMap { turn(of: $0, having: given[$0]) })
    for _ in 0..<packs {
      guard let next = queue.popMinimum() else { break }
      given[next.index] += 1
      if let again = turn(of: next.index, having: given[next.index]) { queue.insert(again) }
    }
    return given
  }

  private func turn(of index: Int, having packs: Int) -> Turn? {
    let part = parts[index]
    guard packs < part.upper, part.use.quantity > 0 else { return nil }
    return Turn(
      cover: cover(of: part, packs: packs),
      lifted: cover(of: part, packs: packs + 1),
      index: index
    )
  }

  /// Days of cover with that many packs; the part has a use.
  package func cover(of part: Part, packs: Int) -> Fraction {
    let stock = part.scaledStock + Int128(packs) * Int128(packSize) * Int128(part.use.days)
    return Fraction(stock, Int128(part.use.quantity))
  }

  /// Whose turn it is: the lowest cover first, then the one lifted highest, then the first in order.
  private struct Turn: Comparable {
    var cover: Fraction
    var lifted: Fraction
    var index: Int

    static func < (a: Self, b: Self) -> Bool {
      if a.cover != b.cover { return a.cover < b.cover }
      return a.lifted == b.lifted ? a.index < b.index : a.lifted > b.lifted
    }
  }
}
