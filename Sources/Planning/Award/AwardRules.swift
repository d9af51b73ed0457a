extension AwardIndex {
  /// Limits of the agreement, of the whole lot and of each holder, that `packs` (one number a source) break.
  func limitBreaches(_ agreement: Int, _ packs: [Int], _ costs: AwardCosts) -> [AwardViolation] {
    let lot = problem.agreements[agreement]
    let members = Set(lot.items)
    let charges = charges(under: lot, costs)
    var breaches = breaches(of: lot.limits, agreement, packs, charges) { members.contains($0.item) }
    for holder in lot.holders {
      breaches += self.breaches(of: holder.limits, agreement, packs, 0) {
        members.contains($0.item) && $0.supplier == holder.supplier
      }
    }
    return breaches
  }

  private func breaches(
    of limits: AwardProblem.Limits,
    _ agreement: Int,
    _ packs: [Int],
    _ charges: Int,
    where counts: (Source) -> Bool
  ) -> [AwardViolation] {
    var value = 0
    var quantity = 0
    for (source, packs) in zip(sources, packs) where packs != 0 && counts(source) {
      value += problem.offers[source.offer].cost(packs: packs)
      quantity += packs * source.pack
    }
    let pairs: [(Int, Int?, Int?)] =
      [(value, limits.minimumValue, nil), (value + charges, nil, limits.maximumValue)]
      + [(quantity, limits.minimumQuantity, limits.maximumQuantity)]
    return pairs.flatMap { found, minimum, maximum -> [AwardViolation] in
      var breaches: [AwardViolation] = []
      if let minimum, found < minimum {
        breaches.append(.init(limit: .minimum(agreement: agreement), found: found, allowed: minimum))
      }
      if let maximum, found > maximum {
        breaches.append(.init(limit: .maximum(agreement: agreement), found: found, allowed: maximum))
      }
      return breaches
    }
  }

  /// Freight and fees that count towards the agreement's maximum.
  func charges(under lot: AwardProblem.Agreement, _ costs: AwardCosts) -> Int {
    guard lot.countsCharges else { return 0 }
    return costs.orders.reduce(0) { sum, order in
      lot.holders.contains { $0.supplier == order.supplier } ? sum + order.freight + order.fee : sum
    }
  }

  /// Items on which the plan does not follow the agreement's allocation rule.
  func ruleBreaches(_ agreement: Int, _ plan: AwardPlan, _ packs: [Int]) -> [AwardViolation] {
    let lot = problem.agreements[agreement]
    switch lot.rule {
    case .bestOffer, .sole: return []
    case .cascade:
      return isCascade(lot, plan, packs)
        ? [] : [AwardViolation(limit: .rule(agreement: agreement), found: 0, allowed: 0)]
    case .share:
      return lot.items.flatMap { shareBreaches(agreement, lot, item: $0, packs) }
    }
  }

  private func isCascade(_ lot: AwardProblem.Agreement, _ plan: AwardPlan, _ packs: [Int]) -> Bool {
    plan.shipments.allSatisfy { shipment in
      let source = sources[shipment.source]
      guard shipment.packs > 0, lot.items.contains(source.item) else { return true }
      return sourcesBefore(shipment.source, in: lot, at: shipment.deliveryPoint)
        .allSatisfy { isExhausted($0, packs) }
    }
  }

  /// Sources of holders earlier in the cascade that could deliver to the point in the same period.
  func sourcesBefore(_ source: Int, in lot: AwardProblem.Agreement, at deliveryPoint: Int) -> [Int] {
    let this = sources[source]
    let order = lot.holders.map(\.supplier)
    guard let rank = order.firstIndex(of: this.supplier) else { return [] }
    let earlier = Set(order[..<rank])
    let block = blocks[this.item]
    let lastDay = block.points.first { $0.deliveryPoint == deliveryPoint }?.lastDay ?? .min
    return block.sources.filter { candidate in
      let other = sources[candidate]
      return earlier.contains(other.supplier) && other.period == this.period && other.arrivalDay <= lastDay
    }
  }

  /// Whether not one more pack fits under the source's capacity or its offer's share of the item.
  func isExhausted(_ source: Int, _ packs: [Int]) -> Bool {
    let this = sources[source]
    if let capacity = this.capacityPacks, packs[source] >= capacity { return true }
    guard let share = blocks[this.item].sharePacks[this.offer] else { return false }
    let ordered = blocks[this.item].sources.reduce(0) {
      $0 + (sources[$1].offer == this.offer ? packs[$1] : 0)
    }
    return ordered >= share
  }

  private func shareBreaches(
    _ agreement: Int,
    _ lot: AwardProblem.Agreement,
    item: Int,
    _ packs: [Int]
  ) -> [AwardViolation] {
    let holders = Set(lot.holders.map(\.supplier))
    let bought = blocks[item].sources.filter { packs[$0] > 0 && holders.contains(sources[$0].supplier) }
    let total = bought.reduce(0) { $0 + packs[$1] * sources[$1].pack }
    let slack = largestPack(of: lot, item)
    return lot.holders.compactMap { holder in
      let found = bought.reduce(0) {
        $0 + (sources[$1].supplier == holder.supplier ? packs[$1] * sources[$1].pack : 0)
      }
      let distance = abs(1000 * found - holder.share * total)
      return distance > 1000 * slack
        ? AwardViolation(
          limit: .rule(agreement: agreement),
          found: found,
          allowed: holder.share * total / 1000
        )
        : nil
    }
  }

  /// The largest pack, or multiple of packs, of the item among the agreement's holders: how far a share may miss its
  /// part.
  func largestPack(of lot: AwardProblem.Agreement, _ item: Int) -> Int {
    blocks[item].sources.filter { source in
      lot.holders.contains { $0.supplier == sources[source].supplier }
    }.map { sources[$0].pack * sources[$0].multiple }.max() ?? 1
  }
}
