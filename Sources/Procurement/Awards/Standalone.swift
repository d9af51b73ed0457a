package import Inventory

/// What each centre would pay alone, at the tier that it would reach by itself.
///
/// Alone means: the cheapest offer for all that it needs of an item, whatever the days, its minimum and its multiples, its
/// freight; without the capacities and the ceilings, and as if every supplier took an order below its minimum value. So
/// the figure is never too high, and a saving against it never too large.
package struct Standalone {
  private let input: AwardInput

  package init(_ input: AwardInput) { self.input = input }

  /// The goods of one item for one centre; nil where nobody offers it.
  package func goods(of item: Item.SKU, at centre: Centre.Code) -> Money? {
    quantity(of: item, at: centre).flatMap { cheapest(item, $0) }?.cost
  }

  private func quantity(of item: Item.SKU, at centre: Centre.Code) -> Quantity? {
    input.needs.filter { $0.item == item && $0.centre == centre }.addedUp.first?.quantity
  }

  private func cheapest(_ item: Item.SKU, _ quantity: Quantity) -> (offer: Offer, cost: Money)? {
    let priced = input.offers.filter { $0.item == item }.compactMap { offer -> (offer: Offer, cost: Money)? in
      let packs = quantity.packs(of: offer.terms.packUnits, rounding: .up)
      return offer.terms.cheapest(atLeast: packs).map { (offer, $0.cost) }
    }
    return priced.min { left, right in
      let costs = [left, right].map { $0.cost + $0.offer.terms.freight.charge(forGoods: $0.cost) }
      return (costs[0], left.offer.code) < (costs[1], right.offer.code)
    }
  }

  /// Goods and freight for some quantities of one centre; nil where one of them is offered by nobody.
  package func cost(of quantities: [(item: Item.SKU, quantity: Quantity)]) -> Money? {
    let wanted = Dictionary(quantities.map { ($0.item, $0.quantity) }, uniquingKeysWith: +)
      .filter { $0.value > .zero }.sorted { $0.key < $1.key }.map { (item: $0.key, quantity: $0.value) }
    let chosen = wanted.compactMap { cheapest($0.item, $0.quantity) }
    guard chosen.count == wanted.count else { return nil }
    let freight = Dictionary(grouping: chosen, by: \.offer.orderKey).values.map { group in
      Offer.freight(of: group.map(\.offer.terms), forGoods: group.reduce(.zero) { $0 + $1.cost })
    }
    return (chosen.map(\.cost) + freight).reduce(.zero, +)
  }
}
