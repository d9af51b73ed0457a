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

  private struct Order {
    var goods = 0
    var units = 0

    /// The order with so many packs of a line more or fewer; nil where the line could not be ordered so.
    func changing(_ source: AwardIndex.Source, _ packs: Int, by change: Int) -> Order? {
      let after = packs + change
      guard let old = source.cost(packs), let new = source.cost(after), after.isMultiple(of: source.multiple)
      else { return nil }
      return Order(goods: goods + new - old, units: units + change * source.pack)
    }
  }

  init(_ index: AwardIndex, _ plan: AwardPlan) {
    self.index = index
    packs = [:]
    for shipment in plan.shipments where shipment.packs > 0 {
      packs[shipment.source, default: [:]][shipment.deliveryPoint, default: 0] += shipment.packs
    }
    orders = [:]
    for source in packs.keys {
      let line = Order().changing(index.sources[source], 0, by: total(source)) ?? Order()
      orders[key(source), default: Order()].goods += line.goods
      orders[key(source), default: Order()].units += line.units
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
    let lines = (from: total(from), to: total(to))
    while most > 0 {
      if let (first, second) = noDearer(moving: most, from, to, lines) {
        (orders[key(from)], orders[key(to)]) = (first, second)
        break
      }
      most -= 1
    }
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

  /// Both orders after a move; nil where one of them cannot be placed so, or they would cost more together.
  private func noDearer(
    moving count: Int,
    _ from: Int,
    _ to: Int,
    _ lines: (from: Int, to: Int)
  ) -> (Order, Order)? {
    guard let first = orders[key(from)]?.changing(index.sources[from], lines.from, by: -count),
      let second = (orders[key(to)] ?? Order()).changing(index.sources[to], lines.to, by: count),
      isOrderable(first, key(from)), isOrderable(second, key(to))
    else { return nil }
    let before =
      charged(orders[key(from)] ?? Order(), key(from)) + charged(orders[key(to)] ?? Order(), key(to))
    return charged(first, key(from)) + charged(second, key(to)) <= before ? (first, second) : nil
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
