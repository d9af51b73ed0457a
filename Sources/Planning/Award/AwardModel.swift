/// The award as a mixed-integer model, in whole packs and euros.
///
/// Each source (an offer in a period) is a disjunction over its price pieces: at most one piece is chosen
/// (`y` binary) and holds all its packs (`m` within the piece), which states all-units and incremental tiers,
/// minimums and capacity in one form with bounds as tight as they can be. Items whose packs are all of one size and
/// that can all arrive in time are modelled by their packs alone, for any split of them over the delivery
/// points then exists; the others by packs for each delivery point.
///
/// Formulation after Balakrishnan & Natarajan (2014) and Sadrian & Yoon (1994) for total and incremental
/// quantity discounts.
struct AwardModel {
  let index: AwardIndex
  private(set) var model = LinearModel(.minimize)
  /// One column a source: its packs.
  private(set) var packs: [Int]
  /// The chosen-piece columns of each source, and the packs in each piece.
  private(set) var chosen: [[Int]]
  private(set) var within: [[Int]]
  /// Columns of packs for each delivery point, by source; empty for a pooled item.
  private(set) var shipped: [[(deliveryPoint: Int, column: Int)]]
  private(set) var opened: [OrderKey: Int] = [:]
  private(set) var freighted: [OrderKey: Int] = [:]

  init(_ index: AwardIndex) {
    self.index = index
    packs = Array(repeating: -1, count: index.sources.count)
    chosen = Array(repeating: [], count: index.sources.count)
    within = chosen
    shipped = Array(repeating: [], count: index.sources.count)
    for block in index.blocks { add(block) }
    addOrders()
    addAgreements()
    addBudget()
  }

  static let centsPerUnit = 100.0

  private mutating func add(_ block: AwardIndex.Block) {
    for source in block.sources { addSource(source) }
    if let pack = index.pooledPack(block) { addPooled(block, pack) } else { addByPoint(block) }
    addShares(block)
    addHolding(block)
  }

  private mutating func addSource(_ source: Int) {
    let pieces = index.sources[source].pieces
    packs[source] = model.addColumn(upper: Double(index.sources[source].mostPacks), isInteger: true)
    for piece in pieces {
      let y = model.addBinary(cost: Double(piece.fixed) / Self.centsPerUnit)
      let most = Double(piece.packs.upperBound)
      let m = model.addColumn(cost: Double(piece.perPack) / Self.centsPerUnit, upper: most)
      model.addRow([.init(1, m), .init(-most, y)], upper: 0)
      model.addRow([.init(1, m), .init(-Double(piece.packs.lowerBound), y)], lower: 0)
      chosen[source].append(y)
      within[source].append(m)
    }
    model.addRow(within[source].map { .init(1, $0) } + [.init(-1, packs[source])], lower: 0, upper: 0)
    addMultiple(source)
    if pieces.count > 1 { model.addRow(chosen[source].map { .init(1, $0) }, upper: 1) }
  }

  private mutating func addMultiple(_ source: Int) {
    let this = index.sources[source]
    guard this.multiple > 1 else { return }
    let times = model.addColumn(upper: Double(this.mostPacks / this.multiple), isInteger: true)
    model.addRow([.init(1, packs[source]), .init(-Double(this.multiple), times)], lower: 0, upper: 0)
  }

  private mutating func addPooled(_ block: AwardIndex.Block, _ pack: Int) {
    let least = block.points.reduce(0) { $0 + $1.need.dividedRoundingUp(by: pack) }
    let most = block.points.reduce(0) { $0 + $1.most / pack }
    model.addRow(block.sources.map { .init(1, packs[$0]) }, lower: Double(least), upper: Double(most))
  }

  private mutating func addByPoint(_ block: AwardIndex.Block) {
    for point in block.points {
      let usable = block.sources.filter { index.sources[$0].arrivalDay <= point.lastDay }
      var terms: [(day: Int, term: LinearModel.Term)] = []
      for source in usable {
        let pack = index.sources[source].pack
        let column = model.addColumn(upper: Double(point.most / pack), isInteger: true)
        shipped[source].append((point.deliveryPoint, column))
        terms.append((index.sources[source].arrivalDay, .init(Double(pack), column)))
      }
      for due in point.dues {
        let inTime = terms.filter { $0.day <= due.day }.map(\.term)
        let isLast = due == point.dues.last
        model.addRow(inTime, lower: Double(due.quantity), upper: isLast ? Double(point.most) : .infinity)
      }
    }
    for source in block.sources {
      model.addRow(
        shipped[source].map { .init(1, $0.column) } + [.init(-1, packs[source])],
        lower: 0,
        upper: 0
      )
    }
  }

  private mutating func addShares(_ block: AwardIndex.Block) {
    for (offer, most) in block.sharePacks.sorted(by: { $0.key < $1.key }) {
      let terms = block.sources.filter { index.sources[$0].offer == offer }
        .map { LinearModel.Term(1, packs[$0]) }
      if terms.count > 1 { model.addRow(terms, upper: Double(most)) }
    }
  }

  /// Everything received counts at every period's end from its arrival on; what the needs take away is
  /// constant, so only the objective's offset knows of it.
  private mutating func addHolding(_ block: AwardIndex.Block) {
    let rate = Double(index.problem.items[block.item].holdingCost) / Self.centsPerUnit
    guard rate > 0 else { return }
    for source in block.sources {
      let this = index.sources[source]
      let ends = index.problem.periods.count { $0.lastDay >= this.arrivalDay }
      model.addCost(rate * Double(ends * this.pack), to: packs[source])
    }
    for need in index.problem.needs where need.item == block.item {
      let ends = index.problem.periods.count { $0.lastDay >= need.dueDay }
      model.offset -= rate * Double(ends * need.quantity)
    }
  }

  /// The order with each supplier in each period: its fee, its minimum value, its freight and its capacity.
  private mutating func addOrders() {
    let groups = Dictionary(grouping: index.sources.indices) {
      OrderKey(supplier: index.sources[$0].supplier, period: index.sources[$0].period)
    }
    for key in groups.keys.sorted() { addOrder(key, groups[key] ?? []) }
  }

  private mutating func addOrder(_ key: OrderKey, _ members: [Int]) {
    let supplier = index.problem.suppliers[key.supplier]
    if let capacity = supplier.capacity.at(key.period) {
      model.addRow(quantity(of: members), upper: Double(capacity))
    }
    guard supplier.hasOrderTerms else { return }
    let z = model.addBinary(cost: Double(supplier.orderFee) / Self.centsPerUnit)
    opened[key] = z
    for source in members {
      model.addRow(chosen[source].map { .init(1, $0) } + [.init(-1, z)], upper: 0)
    }
    // Closing the order when nothing is in it keeps z equal to what is ordered.
    model.addRow(members.flatMap { chosen[$0] }.map { .init(1, $0) } + [.init(-1, z)], lower: 0)
    let minimum = Double(supplier.minimumOrderValue) / Self.centsPerUnit
    if minimum > 0 { model.addRow(value(of: members) + [.init(-minimum, z)], lower: 0) }
    if let freight = supplier.freight { addFreight(freight, key, z, members) }
  }

  private mutating func addFreight(
    _ freight: AwardProblem.Freight,
    _ key: OrderKey,
    _ z: Int,
    _ members: [Int]
  ) {
    let f = model.addBinary(cost: Double(freight.charge) / Self.centsPerUnit)
    freighted[key] = f
    if let freeFrom = freight.freeFrom {
      let threshold = Double(freeFrom) / Self.centsPerUnit
      model.addRow(value(of: members) + [.init(threshold, f), .init(-threshold, z)], lower: 0)
    } else {
      model.addRow([.init(1, f), .init(-1, z)], lower: 0)
    }
  }

  private mutating func addBudget() {
    guard let budget = index.problem.budget else { return }
    var terms = value(of: Array(index.sources.indices))
    for (key, z) in opened.sorted(by: { $0.key < $1.key }) { terms += chargeTerms(key, placed: z) }
    model.addRow(terms, upper: Double(budget) / Self.centsPerUnit)
  }
}

extension AwardModel {
  /// The fee and the freight of an order, in euros.
  func chargeTerms(_ key: OrderKey, placed z: Int) -> [LinearModel.Term] {
    let supplier = index.problem.suppliers[key.supplier]
    var terms = [LinearModel.Term(Double(supplier.orderFee) / Self.centsPerUnit, z)]
    if let f = freighted[key], let freight = supplier.freight {
      terms.append(.init(Double(freight.charge) / Self.centsPerUnit, f))
    }
    return terms
  }

  func quantity(of members: [Int]) -> [LinearModel.Term] {
    members.map { .init(Double(index.sources[$0].pack), packs[$0]) }
  }

  func value(of members: [Int]) -> [LinearModel.Term] {
    members.flatMap { source in
      zip(index.sources[source].pieces.indices, index.sources[source].pieces).flatMap { piece, terms in
        [
          LinearModel.Term(Double(terms.perPack) / Self.centsPerUnit, within[source][piece]),
          LinearModel.Term(Double(terms.fixed) / Self.centsPerUnit, chosen[source][piece]),
        ]
      }
    }
  }

  mutating func addRow(_ terms: [LinearModel.Term], lower: Double = -.infinity, upper: Double = .infinity) {
    model.addRow(terms, lower: lower, upper: upper)
  }

  mutating func addBinary() -> Int { model.addBinary() }
}

extension AwardProblem.Supplier {
  var hasOrderTerms: Bool { orderFee > 0 || minimumOrderValue > 0 || freight != nil }
}

extension AwardIndex {
  /// The pack size of an item whose sources all have it and can all deliver for every need; nil otherwise.
  func pooledPack(_ block: Block) -> Int? {
    guard let first = block.sources.first else { return 1 }
    let pack = sources[first].pack
    let firstDue = block.points.compactMap { $0.dues.first?.day }.min() ?? .max
    return block.sources.allSatisfy { sources[$0].pack == pack && sources[$0].arrivalDay <= firstDue }
      ? pack : nil
  }
}
