package import Inventory

extension AwardPlan {
  /// The plan that buys so many packs of each offer: attributed to the centres, and its costs shared.
  ///
  /// Any method that settles how many packs of which offer to buy ends here, so that all share alike. Offers of an item
  /// are attributed in the order given.
  /// - Parameters:
  ///   - bought: packs of each offer, all orderable.
  ///   - input: what the packs were settled for.
  ///   - reasons: why an item is not covered, where the method knows.
  package init(
    buying bought: [(offer: Offer, packs: Int64)],
    for input: AwardInput,
    reasons: [Item.SKU: String]
  ) {
    var lines: [Line] = []
    var uncovered: [Uncovered] = []
    let alone = Standalone(input)
    for item in input.items {
      var cover = ItemCover(item, of: input.needs)
      let centres = cover.waiting.map(\.centre)
      let ofItem = bought.filter { $0.offer.item == item && $0.packs > 0 }
      for (offer, packs) in ofItem {
        let parts = cover.take(packs, of: offer.terms.packUnits)
        guard let cost = offer.terms.prices.cost(of: packs) else { continue }
        let limits = ofItem.count == 1 ? centres.map { alone.goods(of: item, at: $0) } : []
        let shares = Self.shares(of: cost, packs: parts, centres: centres, alone: limits)
        lines.append(Line(offer: offer, packs: packs, cost: cost, shares: shares))
      }
      uncovered += cover.waiting.filter { $0.units > 0 }.map { left in
        Uncovered(
          centre: left.centre,
          item: item,
          quantity: Quantity(left.units),
          reason: reasons[item] ?? "no offer has more of it"
        )
      }
    }
    self.init(lines: lines, uncovered: uncovered)
  }

  /// Shares a cost by packs: every centre pays the same for a pack.
  ///
  /// Where a centre would so pay more than alone, though all together pay no more than all alone, it is shared in
  /// proportion to what each would pay alone instead: then nobody pays more than alone, to the cent.
  private static func shares(
    of cost: Money,
    packs: [Int64],
    centres: [Centre.Code],
    alone: [Money?]
  ) -> [OrderRequest.Share] {
    var parts = split(cost.cents, inProportionTo: packs)
    let limits = alone.compactMap { $0?.cents }
    if limits.count == packs.count, zip(parts, limits).contains(where: { $0 > $1 }),
      limits.reduce(0, +) >= cost.cents, packs.allSatisfy({ $0 > 0 })
    {
      parts = split(cost.cents, inProportionTo: limits)
    }
    return zip(centres, zip(packs, parts)).compactMap { centre, part in
      part.0 > 0 ? OrderRequest.Share(centre: centre, packs: part.0, cost: Money(cents: part.1)) : nil
    }
  }
}
