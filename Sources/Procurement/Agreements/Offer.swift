package import Inventory

/// What a holder of a lot asks for an item between two days.
package struct Offer: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<Offer>
  package typealias Code = Inventory.Code<Offer>

  package let id: ID
  package var code: Code
  package var agreement: Agreement.Reference
  package var lot: Int64
  package var supplier: Supplier.Code
  package var item: Item.SKU
  /// The supplier's own number for the article.
  package var supplierReference: String?
  package var validFrom: Day
  package var validUntil: Day
  package var terms: Terms

  /// Pack, quantities and price: all that an award looks at.
  package struct Terms: Equatable, Sendable, Codable {
    /// Base units in a pack.
    package var packUnits: Quantity
    package var minimumPacks: Int64 = 1
    package var multiplePacks: Int64 = 1
    /// The least value of goods that an order to this supplier must reach.
    package var minimumValue = Money.zero
    package var capacity: Capacity?
    /// Days from the order to the delivery.
    package var leadDays: Int64 = 0
    package var prices: PriceTiers
    package var freight = Freight()
  }

  /// Packs that the supplier can deliver in each period of so many days.
  package struct Capacity: Equatable, Sendable, Codable {
    package var packs: Int64
    package var days: Int64
  }

  /// What the delivery costs, unless the order's goods are worth enough.
  package struct Freight: Equatable, Sendable, Codable {
    package var charge = Money.zero
    /// Goods from which the delivery is free; nil where it never is.
    package var freeFrom: Money?

    package func charge(forGoods goods: Money) -> Money {
      if let freeFrom, goods >= freeFrom { .zero } else { charge }
    }
  }

  package func isValid(on day: Day) -> Bool { day >= validFrom && day <= validUntil }
}

extension Offer.Terms {
  /// The fewest packs, at least `packs`, that may be ordered: the minimum, in whole multiples. Zero stays zero.
  package func orderable(atLeast packs: Int64) -> Int64 {
    guard packs > 0 else { return 0 }
    return Rounding.up.divide(max(packs, minimumPacks), by: multiplePacks) * multiplePacks
  }

  /// The most packs, at most `packs`, that may be ordered; zero where the minimum is out of reach.
  package func orderable(atMost packs: Int64) -> Int64 {
    let whole = Rounding.down.divide(max(0, packs), by: multiplePacks) * multiplePacks
    return whole >= minimumPacks ? whole : 0
  }

  package func isOrderable(_ packs: Int64) -> Bool { packs > 0 && orderable(atLeast: packs) == packs }

  /// The cheapest way to have at least `packs`: those packs, or more of them where a later tier costs less in all.
  ///
  /// Under all-units tiers 95 packs at 10.00 cost more than 100 at 9.00. Only the breaks can do that, so they alone are
  /// tried: O(tiers).
  /// - Returns: nil where nothing can be ordered up to `limit`.
  package func cheapest(atLeast packs: Int64, atMost limit: Int64 = .max) -> (packs: Int64, cost: Money)? {
    let counts = ([packs] + prices.breaks(after: packs)).map { orderable(atLeast: $0) }
    let priced = counts.filter { $0 <= limit }.compactMap { count in
      prices.cost(of: count).map { (packs: count, cost: $0) }
    }
    return priced.min { ($0.cost, $0.packs) < ($1.cost, $1.packs) }
  }

  /// The most packs, at most `packs`, that may be ordered and whose cost stays within `budget`.
  ///
  /// Under all-units tiers the cost falls at each break, so each tier is looked at on its own: O(tiers).
  package func orderable(atMost packs: Int64, within budget: Money) -> Int64 {
    prices.tiers.indices.map { index in
      let first = index == 0 ? 1 : prices.tiers[index].from
      let next = index + 1 < prices.tiers.count ? prices.tiers[index + 1].from : .max
      let last = min(next - 1, packs)
      guard first <= last, let cost = prices.cost(of: first), cost <= budget else { return 0 }
      let price = prices.tiers[index].price.cents
      let more = price == 0 ? last - first : (budget - cost).cents / price
      let count = orderable(atMost: min(last, first + min(more, last - first)))
      return count >= first ? count : 0
    }.max() ?? 0
  }

  /// Packs that can be there by `needed` when ordered on `day`: the first period's after the lead time, and those of
  /// each further whole period. Nil without a stated capacity.
  package func deliverable(orderedOn day: Day, by needed: Day) -> Int64? {
    deliverable(by: needed, orderedOn: [day], round: 0)
  }

  /// Packs that can be there by `needed` when ordered in one of several rounds.
  ///
  /// The supplier's periods begin with the first round; each belongs to the last round that has begun by then, so that no
  /// two rounds count on the same packs, and all rounds together on no more than one would.
  /// - Parameters:
  ///   - needed: the day by which the packs must be there.
  ///   - days: the days of all rounds, ascending.
  ///   - round: the one that is meant, from 0.
  /// - Returns: nil without a stated capacity.
  func deliverable(by needed: Day, orderedOn days: [Day], round: Int) -> Int64? {
    guard needed >= days[round] + leadDays else { return 0 }
    return capacity.map { capacity in
      let first = Rounding.up.divide(days[round] - days[0], by: capacity.days)
      let inTime = Rounding.down.divide(needed - (days[0] + leadDays), by: capacity.days)
      let isLast = round == days.count - 1
      let last =
        isLast ? inTime : min(inTime, Rounding.up.divide(days[round + 1] - days[0], by: capacity.days) - 1)
      return capacity.packs * max(0, last - first + 1)
    }
  }
}
