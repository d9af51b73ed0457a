package import Inventory

/// What a centre pays in an award and what it would have paid alone for the same.
package struct CentreSaving: Equatable, Sendable, Codable {
  package var centre: Centre.Code
  /// Its part of the goods and of the freight.
  package var cost: Money
  /// Nil where it could not have bought alone at all.
  package var alone: Money?

  package var saving: Money? { alone.map { $0 - cost } }
}

extension AwardPlan {
  /// The savings of every centre that gets something, by centre; what an award does not cover is left out on both sides.
  package func savings(for input: AwardInput) -> [CentreSaving] {
    let costs = costs()
    let standalone = Standalone(input)
    let missing = Dictionary(uncovered.map { ("\($0.centre) \($0.item)", $0.quantity) }, uniquingKeysWith: +)
    return costs.sorted { $0.key < $1.key }.map { centre, cost in
      let quantities = input.needs.filter { $0.centre == centre }.addedUp.map { need in
        (item: need.item, quantity: need.quantity - (missing[need.place] ?? .zero))
      }
      return CentreSaving(centre: centre, cost: cost, alone: standalone.cost(of: quantities))
    }
  }

  /// What each centre pays: its shares, and each order's freight in proportion to its shares of that order.
  package func costs() -> [Centre.Code: Money] {
    var costs: [Centre.Code: Money] = [:]
    let freight = freight
    for (order, lines) in Dictionary(grouping: lines, by: \.round) {
      let goods = lines.flatMap(\.shares).reduce(into: [:]) { goods, share in
        goods[share.centre, default: Money.zero] += share.cost ?? .zero
      }.sorted { $0.key < $1.key }
      let parts = split((freight[order] ?? .zero).cents, inProportionTo: goods.map(\.value.cents))
      for ((centre, cost), part) in zip(goods, parts) {
        costs[centre, default: .zero] += cost + Money(cents: part)
      }
    }
    return costs
  }

  /// What would make the award cheaper, or cheaper for a pack.
  package struct Advice: Equatable, Sendable, Codable {
    package var offer: Offer.Code
    /// Packs more that reach the next tier.
    package var packs: Int64
    package var price: Money
    /// What the line would cost more in all; negative where more packs cost less.
    package var extraCost: Money
  }

  /// The next tier of each line that has one, by offer.
  package var advice: [Advice] {
    lines.compactMap { line in
      let terms = line.offer.terms
      guard let next = terms.prices.breaks(after: line.packs).first else { return nil }
      let packs = terms.orderable(atLeast: next)
      guard let cost = terms.prices.cost(of: packs) else { return nil }
      return Advice(
        offer: line.offer.code,
        packs: packs - line.packs,
        price: terms.prices.tier(at: packs).price,
        extraCost: cost - line.cost
      )
    }
  }
}
