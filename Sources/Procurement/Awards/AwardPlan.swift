package import Inventory

/// Who is to deliver what to whom, and at what cost.
package struct AwardPlan: Equatable, Sendable, Codable {
  package var lines: [Line]
  package var uncovered: [Uncovered]

  package init(lines: [Line], uncovered: [Uncovered]) {
    self.lines = lines
    self.uncovered = uncovered
  }

  /// Packs of one offer in one round. The shares add up to the line, in packs and in money.
  package struct Line: Equatable, Sendable, Codable {
    package var offer: Offer
    package var packs: Int64
    package var cost: Money
    /// By centre.
    package var shares: [OrderRequest.Share]
    /// The day of a later round on which it is ordered; nil for the first.
    package var orderOn: Day?

    var round: RoundKey { RoundKey(order: offer.orderKey, orderOn: orderOn) }
  }

  /// A need, or a part of it, that no offer covers, and why.
  package struct Uncovered: Equatable, Sendable, Codable {
    package var centre: Centre.Code
    package var item: Item.SKU
    package var quantity: Quantity
    package var reason: String
  }

  package var goods: Money { lines.reduce(.zero) { $0 + $1.cost } }

  /// What the deliveries cost, order by order.
  package var freight: [RoundKey: Money] {
    Dictionary(grouping: lines, by: \.round).mapValues { lines in
      Offer.freight(of: lines.map(\.offer.terms), forGoods: lines.reduce(.zero) { $0 + $1.cost })
    }
  }

  package var totalFreight: Money { freight.values.reduce(.zero, +) }
}

/// What the centres still wait for of one item, while offers are taken one after another.
struct ItemCover: Equatable {
  /// By centre, in base units.
  private(set) var waiting: [(centre: Centre.Code, units: Int64, tolerance: Int64)]

  init(_ item: Item.SKU, of needs: [Need]) {
    waiting = needs.filter { $0.item == item && $0.quantity > .zero }.addedUp
      .map { ($0.centre, $0.quantity.units, $0.tolerance.units) }
  }

  static func == (left: ItemCover, right: ItemCover) -> Bool {
    left.waiting.elementsEqual(right.waiting, by: ==)
  }

  var units: Int64 { waiting.reduce(0) { $0 + $1.units } }

  /// Whole packs that cover every centre, and packs that they would take on top.
  func packs(of size: Quantity) -> (needed: Int64, tolerated: Int64) {
    (needed(size).reduce(0, +), tolerated(size).reduce(0, +))
  }

  private func needed(_ size: Quantity) -> [Int64] {
    waiting.map { Quantity($0.units).packs(of: size, rounding: .up) }
  }

  /// Packs beyond the whole ones that cover the need, so that need and tolerance together are not passed.
  private func tolerated(_ size: Quantity) -> [Int64] {
    zip(waiting, needed(size)).map { centre, packs in
      max(0, Quantity(centre.units + centre.tolerance).packs(of: size, rounding: .down) - packs)
    }
  }

  /// Gives the centres whole packs: by what they need, then by what they tolerate, then, where an order's minimum forces
  /// more, again by what they need. Returns the parts, in the order of `waiting`; they add up to `packs`.
  mutating func take(_ packs: Int64, of size: Quantity) -> [Int64] {
    let needed = needed(size)
    let tolerated = tolerated(size)
    let first = min(packs, needed.reduce(0, +))
    let second = min(packs - first, tolerated.reduce(0, +))
    let parts = [(first, needed), (second, tolerated), (packs - first - second, needed)]
      .map { whole, weights in whole == 0 ? weights.map { _ in 0 } : split(whole, inProportionTo: weights) }
      .reduce(waiting.map { _ in Int64(0) }) { sums, parts in zip(sums, parts).map(+) }
    for index in waiting.indices {
      let units = parts[index] * size.units
      let extra = max(0, units - waiting[index].units)
      waiting[index].units -= min(waiting[index].units, units)
      waiting[index].tolerance = max(0, waiting[index].tolerance - extra)
    }
    return parts
  }
}
