extension AwardIndex {
  /// A plan of the same cost in which nothing is ordered in an earlier round than it has to be.
  ///
  /// Among plans of equal cost a search returns any, often one that buys everything at once. Item by item, as many packs
  /// of an offer as possible move from each round to the latest that still arrives in time, where lines stay orderable and
  /// orders cost no more. What ties items together is checked for the plan as a whole: where it breaks a limit, the plan
  /// stays as it was. Cost: O(items × offers × rounds² × (packs of a line + delivery points)).
  func postponed(_ plan: AwardPlan) -> AwardPlan {
    guard problem.periods.count > 1 else { return plan }
    var postponement = Postponement(self, plan)
    // What one item leaves may let another go. Every move is to a later round, so this ends.
    while postponement.moves(in: blocks) {}
    let later = postponement.plan
    guard costs(of: later).total <= costs(of: plan).total, violations(of: later).isEmpty else { return plan }
    return later
  }
}

/// A plan while its packs move to later rounds.
private struct Postponement {
  let index: AwardIndex
  /// Packs by source and delivery point.
  private var packs: [Int: [Int: Int]]
  private var orders: [OrderKey: Order]

  private struct Order: Equatable {
    var goods = 0
    var units = 0
  }

  init(_ index: AwardIndex, _ plan: AwardPlan) {
    self.index = index
    packs = [:]
    for shipment in plan.shipments where shipment.packs > 0 {
      packs[shipment.source, default: [:]][shipment.deliveryPoint, default: 0] += shipment.packs
    }
    orders = [:]
    for source in packs.keys {
      orders[key(source), default: Order()].goods += cost(source, total(source)) ?? 0
      orders[key(source), default: Order()].units += total(source) * index.sources[source].pack
    }
  }

  var plan: AwardPlan {
    AwardPlan(
      packs.flatMap { source, points in
        points.filter { $0.value > 0 }.map { .init(source: source, deliveryPoint: $0.key, packs: $0.value) }
      }.sorted { ($0.source, $0.deliveryPoint) < ($1.source, $1.deliveryPoint) }
    )
  }

  private func total(_ source: Int) -> Int { packs[source]?.values.reduce(0, +) ?? 0 }
  private func cost(_ source: Int, _ packs: Int) -> Int? { index.sources[source].cost(packs) }
  private func key(_ source: Int) -> OrderKey {
    OrderKey(supplier: index.sources[source].supplier, period: index.sources[source].period)
  }

  /// Moves what may move, and says whether anything did.
  mutating func moves(in blocks: [AwardIndex.Block]) -> Bool {
    let before = packs
    for block in blocks { postpone(block) }
    return packs != before
  }

  private mutating func postpone(_ block: AwardIndex.Block) {
    for from in block.sources {
      let source = index.sources[from]
      let later = block.sources.filter {
        index.sources[$0].offer == source.offer && index.sources[$0].period > source.period
      }
      for to in later.reversed() where total(from) > 0 { move(from, to, of: block) }
    }
  }

  /// Moves as many packs as may go.
  private mutating func move(_ from: Int, _ to: Int, of block: AwardIndex.Block) {
    let waiting = block.points.map { (point: $0.deliveryPoint, packs: movable($0, from, to, of: block)) }
    var most = waiting.reduce(0) { $0 + $1.packs }
    while most > 0, !isNoDearer(moving: most, from, to) { most -= 1 }
    guard most > 0 else { return }
    let (orderFrom, orderTo) = after(moving: most, from, to)
    (orders[key(from)], orders[key(to)]) = (orderFrom, orderTo)
    for (point, packs) in waiting where most > 0 {
      let moved = min(packs, most)
      self.packs[from, default: [:]][point, default: 0] -= moved
      self.packs[to, default: [:]][point, default: 0] += moved
      most -= moved
    }
  }

  /// Packs of a source whose delivery point can wait for the later one.
  private func movable(_ point: AwardIndex.Point, _ from: Int, _ to: Int, of block: AwardIndex.Block) -> Int {
    let mine = packs[from]?[point.deliveryPoint] ?? 0
    guard mine > 0, index.sources[to].arrivalDay <= point.lastDay else { return 0 }
    let between = index.sources[from].arrivalDay..<index.sources[to].arrivalDay
    let spare = point.dues.filter { between.contains($0.day) }.map { due in
      block.sources.reduce(-due.quantity) { sum, source in
        let arrived = index.sources[source].arrivalDay <= due.day
        return sum + (arrived ? (packs[source]?[point.deliveryPoint] ?? 0) * index.sources[source].pack : 0)
      }
    }.min()
    return min(mine, spare.map { max(0, $0) / index.sources[from].pack } ?? mine)
  }

  private func after(moving count: Int, _ from: Int, _ to: Int) -> (from: Order, to: Order) {
    var (first, second) = (orders[key(from)] ?? Order(), orders[key(to)] ?? Order())
    let units = count * index.sources[from].pack
    first.goods += (cost(from, total(from) - count) ?? 0) - (cost(from, total(from)) ?? 0)
    second.goods += (cost(to, total(to) + count) ?? 0) - (cost(to, total(to)) ?? 0)
    first.units -= units
    second.units += units
    return (first, second)
  }

  private func isNoDearer(moving count: Int, _ from: Int, _ to: Int) -> Bool {
    guard cost(from, total(from) - count) != nil, cost(to, total(to) + count) != nil,
      (total(from) - count).isMultiple(of: index.sources[from].multiple),
      (total(to) + count).isMultiple(of: index.sources[to].multiple)
    else { return false }
    let (first, second) = after(moving: count, from, to)
    guard isOrderable(first, key(from)), isOrderable(second, key(to)) else { return false }
    let before =
      charged(orders[key(from)] ?? Order(), key(from)) + charged(orders[key(to)] ?? Order(), key(to))
    return charged(first, key(from)) + charged(second, key(to)) <= before
  }

  /// Goods, freight and fee of an order; nothing for one of nothing.
  private func charged(_ order: Order, _ key: OrderKey) -> Int {
    guard order.units > 0 else { return 0 }
    let supplier = index.problem.suppliers[key.supplier]
    return order.goods + supplier.orderFee + (supplier.freight?.due(on: order.goods) ?? 0)
  }

  private func isOrderable(_ order: Order, _ key: OrderKey) -> Bool {
    let supplier = index.problem.suppliers[key.supplier]
    let capacity = supplier.capacity.at(key.period) ?? .max
    return order.units == 0 || (order.goods >= supplier.minimumOrderValue && order.units <= capacity)
  }
}
