/// A limit of the problem, by what it belongs to.
package enum AwardLimit: Sendable, Hashable {
  case need(Int)
  /// What a delivery point takes of an item at most.
  case most(item: Int, deliveryPoint: Int)
  case offerMinimum(Int)
  case offerCapacity(Int)
  case maximumShare(item: Int)
  case supplierMinimum(Int)
  case supplierCapacity(Int)
  case rule(agreement: Int)
  case minimum(agreement: Int)
  case maximum(agreement: Int)
  case budget
}

/// A limit that a plan does not keep, with what it has and what it should have.
package struct AwardViolation: Error, Sendable, Equatable {
  package var limit: AwardLimit
  package var found: Int
  package var allowed: Int
}

extension AwardIndex {
  /// Every limit that `plan` breaks, each looked up in the problem itself and compared in integers.
  package func violations(of plan: AwardPlan) -> [AwardViolation] {
    let check = AwardCheck(index: self, plan: plan)
    return check.points + check.offers + check.shares + check.orders + check.agreements + check.budget
  }
}

private struct AwardCheck {
  let index: AwardIndex
  let plan: AwardPlan
  let packs: [Int]
  let costs: AwardCosts

  init(index: AwardIndex, plan: AwardPlan) {
    self.index = index
    self.plan = plan
    packs = plan.packs(index.sources.count)
    costs = index.costs(of: plan)
  }

  private var problem: AwardProblem { index.problem }

  var points: [AwardViolation] {
    var received: [[Int]: [(day: Int, quantity: Int)]] = [:]
    for shipment in plan.shipments where shipment.packs != 0 {
      let source = index.sources[shipment.source]
      received[[source.item, shipment.deliveryPoint], default: []]
        .append((source.arrivalDay, shipment.packs * source.pack))
    }
    let known = index.blocks.flatMap { block in
      block.points.flatMap { point in
        breaches(block.item, point, received.removeValue(forKey: [block.item, point.deliveryPoint]) ?? [])
      }
    }
    // Whatever is left goes where nobody asked for it.
    return known
      + received.map { key, arrivals in
        AwardViolation(
          limit: .most(item: key[0], deliveryPoint: key[1]),
          found: arrivals.reduce(0) { $0 + $1.quantity },
          allowed: 0
        )
      }
  }

  private func breaches(
    _ item: Int,
    _ point: AwardIndex.Point,
    _ received: [(day: Int, quantity: Int)]
  ) -> [AwardViolation] {
    var found: [AwardViolation] = []
    for due in point.dues {
      let arrived = received.reduce(0) { $0 + ($1.day <= due.day ? $1.quantity : 0) }
      guard arrived < due.quantity else { continue }
      let need = problem.needs.firstIndex {
        $0.item == item && $0.deliveryPoint == point.deliveryPoint && $0.dueDay == due.day
      }
      found.append(AwardViolation(limit: .need(need ?? 0), found: arrived, allowed: due.quantity))
    }
    let total = received.reduce(0) { $0 + $1.quantity }
    if total > point.most {
      let limit = AwardLimit.most(item: item, deliveryPoint: point.deliveryPoint)
      found.append(AwardViolation(limit: limit, found: total, allowed: point.most))
    }
    return found
  }

  var offers: [AwardViolation] {
    zip(index.sources, packs).flatMap { source, packs -> [AwardViolation] in
      guard packs != 0 else { return [] }
      let offer = problem.offers[source.offer]
      let quantity = packs * offer.pack
      let value = offer.cost(packs: packs)
      var found: [AwardViolation] = []
      if packs % offer.multiple != 0 {
        found.append(.init(limit: .offerMinimum(source.offer), found: packs, allowed: offer.multiple))
      }
      if quantity < offer.minimumQuantity {
        found.append(
          .init(limit: .offerMinimum(source.offer), found: quantity, allowed: offer.minimumQuantity)
        )
      }
      if value < offer.minimumValue {
        found.append(.init(limit: .offerMinimum(source.offer), found: value, allowed: offer.minimumValue))
      }
      if let capacity = offer.capacity.at(source.period), quantity > capacity {
        found.append(.init(limit: .offerCapacity(source.offer), found: quantity, allowed: capacity))
      }
      return found
    }
  }

  var shares: [AwardViolation] {
    index.blocks.flatMap { block in
      block.sharePacks.sorted { $0.key < $1.key }.compactMap { offer, most in
        let found = block.sources.reduce(0) { $0 + (index.sources[$1].offer == offer ? packs[$1] : 0) }
        return found > most
          ? AwardViolation(limit: .maximumShare(item: block.item), found: found, allowed: most) : nil
      }
    }
  }

  var orders: [AwardViolation] {
    costs.orders.flatMap { order -> [AwardViolation] in
      let supplier = problem.suppliers[order.supplier]
      var found: [AwardViolation] = []
      if order.goods < supplier.minimumOrderValue {
        found.append(
          .init(
            limit: .supplierMinimum(order.supplier),
            found: order.goods,
            allowed: supplier.minimumOrderValue
          )
        )
      }
      if let capacity = supplier.capacity.at(order.period), order.quantity > capacity {
        found.append(
          .init(limit: .supplierCapacity(order.supplier), found: order.quantity, allowed: capacity)
        )
      }
      return found
    }
  }

  var agreements: [AwardViolation] {
    problem.agreements.indices.flatMap { agreement in
      index.limitBreaches(agreement, packs, costs) + index.ruleBreaches(agreement, plan, packs)
    }
  }

  var budget: [AwardViolation] {
    guard let budget = problem.budget, costs.spent > budget else { return [] }
    return [AwardViolation(limit: .budget, found: costs.spent, allowed: budget)]
  }
}
