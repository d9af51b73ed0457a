/// What buying alone would cost a centre.
package struct AloneCost: Sendable, Equatable {
  /// Cents that no plan of its own can undercut.
  package var cost: Int?
  package var isProven: Bool

  package init(cost: Int?, isProven: Bool) {
    self.cost = cost
    self.isProven = isProven
  }
}

extension AwardIndex {
  /// Quantities in whole packs, costs at average prices capped at each centre's cost alone.
  ///
  /// The weight of a centre is what it gets at the average price of each item, with freight and fees of an
  /// order divided by the value of goods in it and holding by the units of the item. Stability in the sense of
  /// individual rationality; see Moulin (2003), "Fair Division and Collective Welfare", on caps at the
  /// stand-alone cost.
  func attribution(of plan: AwardPlan, alone: [AloneCost]) -> AwardAttribution {
    let parts = parts(of: plan)
    let costs = costs(of: plan)
    let caps = alone.map(\.cost)
    let paid = CostSharing.parts(of: costs.total, weights: weights(parts, plan, costs), caps: caps)
    let shares = problem.centres.indices.map { centre in
      AwardAttribution.Share(
        centre: centre,
        cost: paid[centre],
        alone: caps[centre],
        isAloneProven: alone[centre].isProven,
        parts: parts[centre]
      )
    }
    let sum = caps.reduce(0) { $0 + ($1 ?? 0) }
    let pays = shares.contains { ($0.saving ?? 0) < 0 }
    return AwardAttribution(shares: shares, reason: pays ? .groupCostsMore(costs.total - sum) : nil)
  }

  private func weights(
    _ parts: [[AwardAttribution.Part]],
    _ plan: AwardPlan,
    _ costs: AwardCosts
  ) -> [Int] {
    var itemCosts = costs.holding
    var itemQuantities = [Int](repeating: 0, count: problem.items.count)
    for line in lines(of: plan) {
      let item = problem.offers[line.offer].item
      itemQuantities[item] += line.quantity
      itemCosts[item] += line.amount + orderShare(of: line, costs)
    }
    return parts.map { parts in
      parts.reduce(0) { weight, part in
        let item = problem.offers[part.offer].item
        let product = itemCosts[item].multipliedFullWidth(by: part.quantity)
        return weight + itemQuantities[item].dividingFullWidth(product).quotient
      }
    }
  }

  /// The line's part of its order's freight and fee, by value of goods, rounded down.
  private func orderShare(of line: Award.Line, _ costs: AwardCosts) -> Int {
    let supplier = problem.offers[line.offer].supplier
    let order = costs.orders.first { $0.supplier == supplier && $0.period == line.period }
    guard let order, order.goods > 0 else { return 0 }
    let product = (order.freight + order.fee).multipliedFullWidth(by: line.amount)
    return order.goods.dividingFullWidth(product).quotient
  }
}
