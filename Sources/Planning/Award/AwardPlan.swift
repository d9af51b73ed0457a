/// How many packs of each source go to each delivery point; sources are those of the problem's index.
package struct AwardPlan: Sendable, Equatable {
  package struct Shipment: Sendable, Equatable {
    package var source: Int
    package var deliveryPoint: Int
    package var packs: Int
  }

  package var shipments: [Shipment]

  package init(_ shipments: [Shipment] = []) { self.shipments = shipments }

  /// Packs of each source, all delivery points together.
  func packs(_ sourceCount: Int) -> [Int] {
    var packs = [Int](repeating: 0, count: sourceCount)
    for shipment in shipments { packs[shipment.source] += shipment.packs }
    return packs
  }
}

/// What a plan costs, in cents, recomputed from its packs alone.
package struct AwardCosts: Sendable, Equatable {
  /// Everything bought from one supplier in one period.
  package struct Order: Sendable, Equatable {
    package var supplier: Int
    package var period: Int
    package var quantity: Int
    package var goods: Int
    package var freight: Int
    package var fee: Int

    package var total: Int { goods + freight + fee }
  }

  package var orders: [Order] = []
  /// By item.
  package var holding: [Int] = []

  package var goods: Int { orders.reduce(0) { $0 + $1.goods } }
  package var freight: Int { orders.reduce(0) { $0 + $1.freight } }
  package var fees: Int { orders.reduce(0) { $0 + $1.fee } }
  package var holdingTotal: Int { holding.reduce(0, +) }
  /// What the orders come to.
  package var spent: Int { orders.reduce(0) { $0 + $1.total } }
  /// What the award minimises.
  package var total: Int { spent + holdingTotal }
}

extension AwardIndex {
  package func costs(of plan: AwardPlan) -> AwardCosts {
    let packs = plan.packs(sources.count)
    return AwardCosts(orders: orders(packs), holding: holding(of: plan))
  }

  private func orders(_ packs: [Int]) -> [AwardCosts.Order] {
    var orders: [OrderKey: AwardCosts.Order] = [:]
    for (source, packs) in zip(sources, packs) where packs > 0 {
      let key = OrderKey(supplier: source.supplier, period: source.period)
      let empty = AwardCosts.Order(
        supplier: source.supplier,
        period: source.period,
        quantity: 0,
        goods: 0,
        freight: 0,
        fee: problem.suppliers[source.supplier].orderFee
      )
      orders[key, default: empty].quantity += packs * source.pack
      orders[key, default: empty].goods += problem.offers[source.offer].cost(packs: packs)
    }
    return orders.keys.sorted().compactMap { key in
      guard var order = orders[key] else { return nil }
      order.freight = problem.suppliers[key.supplier].freight?.due(on: order.goods) ?? 0
      return order
    }
  }

  /// Units that have arrived and are not yet needed at each period's end, at the item's holding cost.
  private func holding(of plan: AwardPlan) -> [Int] {
    var received = [Int](repeating: 0, count: problem.items.count)
    for shipment in plan.shipments {
      let source = sources[shipment.source]
      let ends = problem.periods.count { $0.lastDay >= source.arrivalDay }
      received[source.item] += ends * shipment.packs * source.pack
    }
    for need in problem.needs {
      received[need.item] -= problem.periods.count { $0.lastDay >= need.dueDay } * need.quantity
    }
    return problem.items.indices.map { max(0, received[$0]) * problem.items[$0].holdingCost }
  }
}

struct OrderKey: Hashable, Comparable {
  var supplier: Int
  var period: Int

  static func < (left: Self, right: Self) -> Bool {
    (left.supplier, left.period) < (right.supplier, right.period)
  }
}

extension AwardProblem.Freight {
  package func due(on goods: Int) -> Int { freeFrom.map { goods >= $0 } ?? false ? 0 : charge }
}
