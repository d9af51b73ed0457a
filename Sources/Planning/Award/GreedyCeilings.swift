/// What is used of every maximum that several order lines draw on.
struct GreedyCeilings {
  private struct Ceiling {
    var maximumValue: Int?
    var maximumQuantity: Int?
    var value = 0
    var quantity = 0
  }

  private var ceilings: [Ceiling] = []
  private var ofSource: [[Int]]

  init(_ index: AwardIndex) {
    ofSource = Array(repeating: [], count: index.sources.count)
    let orders = Dictionary(grouping: index.sources.indices) {
      OrderKey(supplier: index.sources[$0].supplier, period: index.sources[$0].period)
    }
    for (key, sources) in orders {
      guard let capacity = index.problem.suppliers[key.supplier].capacity.at(key.period) else { continue }
      add(Ceiling(maximumQuantity: capacity), sources)
    }
    for lot in index.problem.agreements {
      let members = lot.items.flatMap { index.blocks[$0].sources }
      var limits = lot.limits
      limits.maximumValue = limits.maximumValue.map { $0 - Self.charges(under: lot, index.problem) }
      add(limits, members)
      for holder in lot.holders {
        add(holder.limits, members.filter { index.sources[$0].supplier == holder.supplier })
      }
    }
  }

  /// The most that freight and fees can take of the lot's maximum: kept free for them.
  private static func charges(under lot: AwardProblem.Agreement, _ problem: AwardProblem) -> Int {
    guard lot.countsCharges else { return 0 }
    return lot.holders.reduce(0) { sum, holder in
      let supplier = problem.suppliers[holder.supplier]
      return sum + problem.periods.count * (supplier.orderFee + (supplier.freight?.charge ?? 0))
    }
  }

  private mutating func add(_ limits: AwardProblem.Limits, _ sources: [Int]) {
    guard limits.maximumValue != nil || limits.maximumQuantity != nil else { return }
    add(Ceiling(maximumValue: limits.maximumValue, maximumQuantity: limits.maximumQuantity), sources)
  }

  private mutating func add(_ ceiling: Ceiling, _ sources: [Int]) {
    for source in sources { ofSource[source].append(ceilings.count) }
    ceilings.append(ceiling)
  }

  mutating func add(_ source: Int, value: Int, quantity: Int) {
    for ceiling in ofSource[source] {
      ceilings[ceiling].value += value
      ceilings[ceiling].quantity += quantity
    }
  }

  /// How many more packs fit under all ceilings of the source, of which `held` are ordered already.
  func packsAllowed(_ source: Int, _ terms: AwardIndex.Source, held: Int) -> Int {
    let paid = terms.cost(held) ?? 0
    return ofSource[source].map { ceilings[$0] }.reduce(Int.max) { most, ceiling in
      var most = most
      if let maximum = ceiling.maximumQuantity { most = min(most, (maximum - ceiling.quantity) / terms.pack) }
      if let maximum = ceiling.maximumValue {
        most = min(most, terms.packs(within: maximum - ceiling.value + paid) - held)
      }
      return most
    }
  }
}

extension AwardIndex.Source {
  /// The most packs that cost no more than `value`.
  fileprivate func packs(within value: Int) -> Int {
    for piece in pieces.reversed() where value >= piece.fixed {
      let packs = piece.perPack == 0 ? piece.packs.upperBound : (value - piece.fixed) / piece.perPack
      if packs >= piece.packs.lowerBound { return min(packs, piece.packs.upperBound) }
    }
    return 0
  }
}
