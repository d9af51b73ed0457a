/// A limit that joins items: a range for what some sources amount to together, in value or in quantity.
struct AwardTie {
  enum Measure { case value, quantity }

  var measure: Measure
  var sources: [Int]
  /// Euros or base units.
  var lower: Double
  var upper: Double
  /// Coefficients of the order's columns in the same row: whether it is placed, whether it pays freight.
  var placed: [(key: OrderKey, coefficient: Double)] = []
  var freighted: [(key: OrderKey, coefficient: Double)] = []
}

extension AwardIndex {
  /// Every limit and charge that joins items. Without any, the items are independent.
  func ties() -> [AwardTie] { capacityTies + agreementTies + orderTies + budgetTies }

  /// The orders, by supplier and period, whose terms put something on the order as a whole.
  var termedOrders: [OrderKey: [Int]] {
    Dictionary(grouping: sources.indices.filter { problem.suppliers[sources[$0].supplier].hasOrderTerms }) {
      OrderKey(supplier: sources[$0].supplier, period: sources[$0].period)
    }
  }

  private var capacityTies: [AwardTie] {
    let groups = Dictionary(grouping: sources.indices) {
      OrderKey(supplier: sources[$0].supplier, period: sources[$0].period)
    }
    return groups.keys.sorted().compactMap { key in
      problem.suppliers[key.supplier].capacity.at(key.period).map { capacity in
        AwardTie(measure: .quantity, sources: groups[key] ?? [], lower: -.infinity, upper: Double(capacity))
      }
    }
  }

  private var agreementTies: [AwardTie] {
    problem.agreements.flatMap { lot in
      let members = lot.items.flatMap { blocks[$0].sources }
      return ties(lot.limits, members).map { lot.countsCharges ? charged($0, lot) : $0 }
        + lot.holders.flatMap { holder in
          ties(holder.limits, members.filter { sources[$0].supplier == holder.supplier })
        }
    }
  }

  private func ties(_ limits: AwardProblem.Limits, _ members: [Int]) -> [AwardTie] {
    var ties: [AwardTie] = []
    if let minimum = limits.minimumValue {
      let lower = Double(minimum) / AwardModel.centsPerUnit
      ties.append(AwardTie(measure: .value, sources: members, lower: lower, upper: .infinity))
    }
    if let maximum = limits.maximumValue {
      let upper = Double(maximum) / AwardModel.centsPerUnit
      ties.append(AwardTie(measure: .value, sources: members, lower: -.infinity, upper: upper))
    }
    if limits.minimumQuantity != nil || limits.maximumQuantity != nil {
      ties.append(
        AwardTie(
          measure: .quantity,
          sources: members,
          lower: limits.minimumQuantity.map { Double($0) } ?? -.infinity,
          upper: limits.maximumQuantity.map { Double($0) } ?? .infinity
        )
      )
    }
    return ties
  }

  private var orderTies: [AwardTie] {
    termedOrders.sorted { $0.key < $1.key }.flatMap { key, members -> [AwardTie] in
      let supplier = problem.suppliers[key.supplier]
      var ties = [placement(key, members)]
      if supplier.minimumOrderValue > 0 {
        let minimum = Double(supplier.minimumOrderValue) / AwardModel.centsPerUnit
        var tie = AwardTie(measure: .value, sources: members, lower: 0, upper: .infinity)
        tie.placed = [(key, -minimum)]
        ties.append(tie)
      }
      if let freight = supplier.freight {
        let threshold = Double(freight.freeFrom ?? 0) / AwardModel.centsPerUnit
        var tie = AwardTie(
          measure: .value,
          sources: freight.freeFrom == nil ? [] : members,
          lower: 0,
          upper: .infinity
        )
        tie.placed = [(key, freight.freeFrom == nil ? -1 : -threshold)]
        tie.freighted = [(key, freight.freeFrom == nil ? 1 : threshold)]
        ties.append(tie)
      }
      return ties
    }
  }

  /// Goods of an order only where it is placed: value ≤ the most it can be worth × placed.
  private func placement(_ key: OrderKey, _ members: [Int]) -> AwardTie {
    let most = members.reduce(0) { sum, source in
      sum + (sources[source].pieces.map { $0.cost($0.packs.upperBound) }.max() ?? 0)
    }
    var tie = AwardTie(measure: .value, sources: members, lower: -.infinity, upper: 0)
    tie.placed = [(key, -Double(most) / AwardModel.centsPerUnit)]
    return tie
  }

  private var budgetTies: [AwardTie] {
    guard let budget = problem.budget else { return [] }
    let upper = Double(budget) / AwardModel.centsPerUnit
    var tie = AwardTie(measure: .value, sources: Array(sources.indices), lower: -.infinity, upper: upper)
    for key in termedOrders.keys.sorted() { addCharges(of: key, to: &tie) }
    return [tie]
  }

  /// The tie with the charges of the holders' orders in it, where it is a maximum value.
  private func charged(_ tie: AwardTie, _ lot: AwardProblem.Agreement) -> AwardTie {
    guard tie.measure == .value, tie.upper.isFinite else { return tie }
    let holders = Set(lot.holders.map(\.supplier))
    var tie = tie
    for key in termedOrders.keys.sorted() where holders.contains(key.supplier) {
      addCharges(of: key, to: &tie)
    }
    return tie
  }

  private func addCharges(of key: OrderKey, to tie: inout AwardTie) {
    let supplier = problem.suppliers[key.supplier]
    tie.placed.append((key, Double(supplier.orderFee) / AwardModel.centsPerUnit))
    if let freight = supplier.freight {
      tie.freighted.append((key, Double(freight.charge) / AwardModel.centsPerUnit))
    }
  }
}
