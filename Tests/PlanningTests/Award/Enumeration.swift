import Planning

/// The cheapest plan by trying every number of packs of every offer, in every period, at every delivery
/// point. Shares no code with the award: prices unit by unit, limits read from the problem.
struct Enumeration {
  private struct Choice {
    var offer: Int
    var period: Int
    var point: Int
    var most: Int
    var arrival: Int
  }

  private let problem: AwardProblem
  private let choices: [Choice]

  /// Plans to look at; the caller keeps this small.
  let size: Double

  init(_ problem: AwardProblem) {
    self.problem = problem
    var choices: [Choice] = []
    for (index, offer) in problem.offers.enumerated() {
      for (period, round) in problem.periods.enumerated() {
        for point in problem.deliveryPoints.indices {
          let needs = problem.needs.filter { $0.item == offer.item && $0.deliveryPoint == point }
          let most = Self.most(needs, problem) / offer.pack
          let arrival = round.orderDay + offer.leadTime
          guard most > 0, needs.contains(where: { $0.dueDay >= arrival }) else { continue }
          choices.append(.init(offer: index, period: period, point: point, most: most, arrival: arrival))
        }
      }
    }
    self.choices = choices
    size = choices.reduce(1) { $0 * Double($1.most + 1) }
  }

  /// The need plus what rounding up to the largest pack that may sell in time, or the tolerance, allows.
  private static func most(_ needs: [AwardProblem.Need], _ problem: AwardProblem) -> Int {
    guard let item = needs.first?.item else { return 0 }
    let need = needs.map(\.quantity).reduce(0, +)
    let last = needs.map(\.dueDay).max() ?? 0
    let first = problem.periods.map(\.orderDay).min() ?? 0
    let packs = problem.offers.filter {
      $0.item == item && first + $0.leadTime <= last && maySell($0, problem)
    }.map(\.pack)
    let rounding = need == 0 ? 0 : (packs.max() ?? 1) - 1
    return need + max(rounding, needs.map(\.tolerance).reduce(0, +))
  }

  private static func maySell(_ offer: AwardProblem.Offer, _ problem: AwardProblem) -> Bool {
    problem.agreements.filter { $0.items.contains(offer.item) && !$0.holders.isEmpty }
      .allSatisfy { $0.holders.contains { $0.supplier == offer.supplier } }
  }

  /// The least cost over all plans that keep every limit; nil where there is none.
  func cheapest() -> Int? {
    var packs = [Int](repeating: 0, count: choices.count)
    var best: Int?
    while true {
      if let cost = cost(packs), cost < best ?? .max { best = cost }
      var position = 0
      while position < packs.count, packs[position] == choices[position].most {
        packs[position] = 0
        position += 1
      }
      guard position < packs.count else { return best }
      packs[position] += 1
    }
  }

  private func price(_ offer: AwardProblem.Offer, _ units: Int) -> Int {
    guard units > 0 else { return 0 }
    switch offer.pricing {
    case .allUnits:
      let price = offer.tiers.last { $0.from <= units }?.price ?? offer.tiers[0].price
      return price * units / offer.priceFor
    case .incremental:
      let prices = (1...units).map { unit in
        offer.tiers.last { $0.from <= unit }?.price ?? offer.tiers[0].price
      }
      return prices.reduce(0, +) / offer.priceFor
    }
  }

  private func cost(_ packs: [Int]) -> Int? {
    guard needsAreMet(packs) else { return nil }
    var units = [[Int]](
      repeating: [Int](repeating: 0, count: problem.periods.count),
      count: problem.offers.count
    )
    for (choice, packs) in zip(choices, packs) {
      units[choice.offer][choice.period] += packs * problem.offers[choice.offer].pack
    }
    let values = zip(problem.offers, units).map { offer, units in units.map { price(offer, $0) } }
    guard offersHold(units, values), sharesHold(units), agreementsHold(units, values),
      rulesHold(packs, units),
      let spent = spent(units, values), spent <= problem.budget ?? .max
    else { return nil }
    return spent + holding(packs)
  }

  /// Units that have arrived and are not yet due, counted at each period's end.
  private func holding(_ packs: [Int]) -> Int {
    problem.items.indices.reduce(0) { sum, item in
      let left = problem.periods.reduce(0) { left, period in
        let arrived = zip(choices, packs)
          .filter { problem.offers[$0.0.offer].item == item && $0.0.arrival <= period.lastDay }
          .map { $0.1 * problem.offers[$0.0.offer].pack }.reduce(0, +)
        let due = problem.needs.filter { $0.item == item && $0.dueDay <= period.lastDay }.map(\.quantity)
        return left + arrived - due.reduce(0, +)
      }
      return sum + left * problem.items[item].holdingCost
    }
  }

  private func needsAreMet(_ packs: [Int]) -> Bool {
    for item in problem.items.indices {
      for point in problem.deliveryPoints.indices {
        let needs = problem.needs.filter { $0.item == item && $0.deliveryPoint == point }
        let arrivals = zip(choices, packs).filter {
          $0.0.point == point && problem.offers[$0.0.offer].item == item
        }
        .map { (day: $0.0.arrival, units: $0.1 * problem.offers[$0.0.offer].pack) }
        let total = arrivals.map(\.units).reduce(0, +)
        if total > (needs.isEmpty ? 0 : Self.most(needs, problem)) { return false }
        for day in needs.map(\.dueDay) {
          let due = needs.filter { $0.dueDay <= day }.map(\.quantity).reduce(0, +)
          if arrivals.filter({ $0.day <= day }).map(\.units).reduce(0, +) < due { return false }
        }
      }
    }
    return true
  }

  private func offersHold(_ units: [[Int]], _ values: [[Int]]) -> Bool {
    problem.offers.indices.allSatisfy { index in
      let offer = problem.offers[index]
      return problem.periods.indices.allSatisfy { period in
        let ordered = units[index][period]
        if ordered == 0 { return true }
        let capacity = offer.capacity.isEmpty ? nil : offer.capacity[min(period, offer.capacity.count - 1)]
        return Self.maySell(offer, problem) && ordered % (offer.pack * offer.multiple) == 0
          && ordered >= offer.minimumQuantity
          && values[index][period] >= offer.minimumValue && ordered <= capacity ?? .max
      }
    }
  }

  private func sharesHold(_ units: [[Int]]) -> Bool {
    problem.offers.indices.allSatisfy { index in
      let offer = problem.offers[index]
      guard let share = problem.items[offer.item].maximumShare else { return true }
      let need = problem.needs.filter { $0.item == offer.item }.map(\.quantity).reduce(0, +)
      var most = 0
      while 100 * most < share * need { most += offer.pack * offer.multiple }
      return units[index].reduce(0, +) <= most
    }
  }

  private func spent(_ units: [[Int]], _ values: [[Int]]) -> Int? {
    var spent = 0
    for code in problem.suppliers.indices {
      for period in problem.periods.indices {
        guard let order = order(code, period, units, values) else { return nil }
        spent += order.goods + order.charges
      }
    }
    return spent
  }

  /// Nothing where the order breaks its supplier's terms.
  private func order(_ code: Int, _ period: Int, _ units: [[Int]], _ values: [[Int]]) -> (
    goods: Int, charges: Int
  )? {
    let supplier = problem.suppliers[code]
    let own = problem.offers.indices.filter { problem.offers[$0].supplier == code }
    let ordered = own.map { units[$0][period] }.reduce(0, +)
    if ordered == 0 { return (0, 0) }
    let goods = own.map { values[$0][period] }.reduce(0, +)
    let capacity =
      supplier.capacity.isEmpty ? nil : supplier.capacity[min(period, supplier.capacity.count - 1)]
    if goods < supplier.minimumOrderValue || ordered > capacity ?? .max { return nil }
    guard let freight = supplier.freight, goods < freight.freeFrom ?? .max else {
      return (goods, supplier.orderFee)
    }
    return (goods, supplier.orderFee + freight.charge)
  }

  /// Freight and fees of the holders' orders.
  private func charges(_ lot: AwardProblem.Agreement, _ units: [[Int]], _ values: [[Int]]) -> Int {
    lot.holders.reduce(0) { sum, holder in
      sum
        + problem.periods.indices.reduce(0) { $0 + (order(holder.supplier, $1, units, values)?.charges ?? 0) }
    }
  }

  private func agreementsHold(_ units: [[Int]], _ values: [[Int]]) -> Bool {
    problem.agreements.allSatisfy { lot in
      let groups =
        [(lot.limits, problem.suppliers.indices.map { $0 }, lot.countsCharges)]
        + lot.holders.map { ($0.limits, [$0.supplier], false) }
      return groups.allSatisfy { limits, sellers, countsCharges in
        let members = problem.offers.indices.filter {
          lot.items.contains(problem.offers[$0].item) && sellers.contains(problem.offers[$0].supplier)
        }
        let value = members.map { values[$0].reduce(0, +) }.reduce(0, +)
        let charged = value + (countsCharges ? charges(lot, units, values) : 0)
        let quantity = members.map { units[$0].reduce(0, +) }.reduce(0, +)
        return value >= limits.minimumValue ?? 0 && charged <= limits.maximumValue ?? .max
          && quantity >= limits.minimumQuantity ?? 0 && quantity <= limits.maximumQuantity ?? .max
      }
    }
  }

  private func rulesHold(_ packs: [Int], _ units: [[Int]]) -> Bool {
    problem.agreements.allSatisfy { lot in
      switch lot.rule {
      case .bestOffer, .sole: true
      case .cascade: cascadeHolds(lot, packs, units)
      case .share: lot.items.allSatisfy { shareHolds(lot, $0, units) }
      }
    }
  }

  private func shareHolds(_ lot: AwardProblem.Agreement, _ item: Int, _ units: [[Int]]) -> Bool {
    let members = problem.offers.indices.filter { problem.offers[$0].item == item }
    let total = members.map { units[$0].reduce(0, +) }.reduce(0, +)
    let able = members.filter { offer in
      choices.contains { $0.offer == offer && canOrder(offer, $0.period) }
    }
    let slack = able.map { problem.offers[$0].pack * problem.offers[$0].multiple }.max() ?? 1
    return lot.holders.allSatisfy { holder in
      let own = members.filter { problem.offers[$0].supplier == holder.supplier }
        .map { units[$0].reduce(0, +) }.reduce(0, +)
      return abs(1000 * own - holder.share * total) <= 1000 * slack
    }
  }

  /// Whether the offer could take any order at all in the period, looked at alone.
  private func canOrder(_ index: Int, _ period: Int) -> Bool {
    let offer = problem.offers[index]
    let useful = choices.filter { $0.offer == index && $0.period == period }.map(\.most).reduce(0, +)
    let capacity = offer.capacity.isEmpty ? nil : offer.capacity[min(period, offer.capacity.count - 1)]
    guard useful > 0 else { return false }
    return (1...useful).contains { packs in
      guard packs % offer.multiple == 0 else { return false }
      var units = [[Int]](
        repeating: [Int](repeating: 0, count: problem.periods.count),
        count: problem.offers.count
      )
      units[index][period] = packs * offer.pack
      return packs * offer.pack <= capacity ?? .max && packs * offer.pack >= offer.minimumQuantity
        && price(offer, packs * offer.pack) >= offer.minimumValue && sharesHold(units)
        && Self.maySell(offer, problem)
    }
  }

  private func cascadeHolds(_ lot: AwardProblem.Agreement, _ packs: [Int], _ units: [[Int]]) -> Bool {
    zip(choices, packs).allSatisfy { choice, packs in
      let offer = problem.offers[choice.offer]
      guard packs > 0, lot.items.contains(offer.item),
        let rank = lot.holders.firstIndex(where: { $0.supplier == offer.supplier })
      else { return true }
      return lot.holders[..<rank].allSatisfy { earlier in
        problem.offers.indices.filter {
          problem.offers[$0].item == offer.item && problem.offers[$0].supplier == earlier.supplier
        }.allSatisfy { other in
          let couldDeliver = choices.contains {
            $0.offer == other && $0.period == choice.period && $0.point == choice.point
          }
          let canServe = canServe(other, choice)
          guard couldDeliver || canServe, canOrder(other, choice.period) else { return true }
          return isFull(other, choice.period, units)
        }
      }
    }
  }

  /// A point takes whole packs only, but an offer whose pack is too large for it still counts as able to
  /// deliver there in time.
  private func canServe(_ offer: Int, _ choice: Choice) -> Bool {
    let arrival = problem.periods[choice.period].orderDay + problem.offers[offer].leadTime
    return problem.needs.contains {
      $0.item == problem.offers[offer].item && $0.deliveryPoint == choice.point && $0.dueDay >= arrival
    }
  }

  private func isFull(_ index: Int, _ period: Int, _ units: [[Int]]) -> Bool {
    let offer = problem.offers[index]
    let capacity = offer.capacity.isEmpty ? nil : offer.capacity[min(period, offer.capacity.count - 1)]
    let step = offer.pack * offer.multiple
    if let capacity, units[index][period] + step > capacity { return true }
    var more = units
    more[index][period] += step
    return !sharesHold(more)
  }
}
