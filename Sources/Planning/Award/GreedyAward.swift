/// The baseline: item after item, need date after need date, the offer that is cheapest per unit for what is
/// still missing gets as much of it as its packs, minimums, capacity, share and ceilings allow.
///
/// A supplier whose order ends below its minimum value is left out and everything starts again without it.
/// Nothing is taken back, so the rule may find no plan where there is one. Cost: offers² × points an item.
package struct GreedyAward {
  private let index: AwardIndex
  private var plan = AwardPlan()
  private var packs: [Int]
  /// Where the shipments of the item at hand begin.
  private var blockStart = 0
  private var ceilings: GreedyCeilings
  private let excluded: Set<OrderKey>

  /// The greedy plan, or nil where the rule ends in a plan that breaks a limit.
  package static func plan(_ index: AwardIndex) -> AwardPlan? {
    var excluded: Set<OrderKey> = []
    while true {
      var greedy = GreedyAward(index: index, excluded: excluded)
      guard greedy.fill() else { return nil }
      let tooSmall = greedy.ordersBelowMinimum
      if tooSmall.isEmpty { return index.violations(of: greedy.plan).isEmpty ? greedy.plan : nil }
      excluded.formUnion(tooSmall)
    }
  }

  private init(index: AwardIndex, excluded: Set<OrderKey>) {
    self.index = index
    self.excluded = excluded
    packs = Array(repeating: 0, count: index.sources.count)
    ceilings = GreedyCeilings(index)
  }

  private mutating func fill() -> Bool {
    for block in index.blocks {
      blockStart = plan.shipments.count
      let days = Set(block.points.flatMap { $0.dues.map(\.day) }).sorted()
      for day in days {
        while true {
          let missing = missing(block, by: day)
          if missing.allSatisfy({ $0 <= 0 }) { break }
          guard let choice = cheapest(block, missing, by: day) else { return false }
          take(choice, block)
        }
      }
    }
    return true
  }

  private struct Choice {
    var source: Int
    /// Packs for each of the block's points.
    var packs: [Int]
    var cost: Int
    var quantity: Int
  }

  private func received(_ point: AwardIndex.Point, by day: Int) -> Int {
    plan.shipments[blockStart...].reduce(0) { sum, shipment in
      let source = index.sources[shipment.source]
      let counts = shipment.deliveryPoint == point.deliveryPoint && source.arrivalDay <= day
      return sum + (counts ? shipment.packs * source.pack : 0)
    }
  }

  private func missing(_ block: AwardIndex.Block, by day: Int) -> [Int] {
    block.points.map { point in
      let due = point.dues.last { $0.day <= day }?.quantity ?? 0
      return due - received(point, by: day)
    }
  }

  private func cheapest(_ block: AwardIndex.Block, _ missing: [Int], by day: Int) -> Choice? {
    let room = block.points.map { $0.most - received($0, by: .max) }
    let choices = block.sources.compactMap { source -> Choice? in
      index.sources[source].arrivalDay <= day && mayDeliver(source, block)
        ? choice(source, missing, room, block) : nil
    }
    return choices.min { $0.cost * $1.quantity < $1.cost * $0.quantity }
  }

  /// Whether the agreement's rule lets the source sell now: under a cascade, only after those before it.
  private func mayDeliver(_ source: Int, _ block: AwardIndex.Block) -> Bool {
    let this = index.sources[source]
    guard !excluded.contains(OrderKey(supplier: this.supplier, period: this.period)) else { return false }
    return index.problem.agreements.allSatisfy { lot in
      guard lot.rule == .cascade, lot.items.contains(block.item) else { return true }
      return block.points.allSatisfy { point in
        index.sourcesBefore(source, in: lot, at: point.deliveryPoint)
          .allSatisfy { index.isExhausted($0, packs) }
      }
    }
  }

  /// As many packs as are missing, as far as the limits allow; more only to reach the source's minimum.
  private func choice(_ source: Int, _ missing: [Int], _ room: [Int], _ block: AwardIndex.Block) -> Choice? {
    let this = index.sources[source]
    let rooms = room.map { max(0, $0 / this.pack) }
    var dealt = zip(missing, rooms).map { min(max(0, $0).dividedRoundingUp(by: this.pack), $1) }
    let held = packs[source]
    let most = min(rooms.reduce(0, +), packsAllowed(source, block))
    var wanted = min(dealt.reduce(0, +), most)
    if let least = this.pieces.first?.packs.lowerBound { wanted = max(wanted, least - held) }
    wanted = whole(wanted, held: held, most: most, multiple: this.multiple)
    guard wanted > 0, wanted <= most, let cost = this.cost(held + wanted), let before = this.cost(held) else {
      return nil
    }
    adjust(&dealt, to: wanted, rooms)
    return Choice(source: source, packs: dealt, cost: cost - before, quantity: wanted * this.pack)
  }

  /// More packs, so that all of them are a whole multiple; fewer where more are not allowed.
  private func whole(_ wanted: Int, held: Int, most: Int, multiple: Int) -> Int {
    let more = (held + wanted).roundedUp(to: multiple) - held
    return more <= most ? more : (held + min(wanted, most)).roundedDown(to: multiple) - held
  }

  private func adjust(_ dealt: inout [Int], to wanted: Int, _ rooms: [Int]) {
    var change = wanted - dealt.reduce(0, +)
    for point in dealt.indices.reversed() where change != 0 {
      let step = change > 0 ? min(change, rooms[point] - dealt[point]) : max(change, -dealt[point])
      dealt[point] += step
      change -= step
    }
  }

  private mutating func take(_ choice: Choice, _ block: AwardIndex.Block) {
    let source = index.sources[choice.source]
    ceilings.add(choice.source, value: choice.cost, quantity: choice.packs.reduce(0, +) * source.pack)
    for (point, packs) in zip(block.points, choice.packs) where packs > 0 {
      plan.shipments.append(
        .init(source: choice.source, deliveryPoint: point.deliveryPoint, packs: packs)
      )
      self.packs[choice.source] += packs
    }
  }

  private var ordersBelowMinimum: [OrderKey] {
    index.costs(of: plan).orders.compactMap { order in
      order.goods < index.problem.suppliers[order.supplier].minimumOrderValue
        ? OrderKey(supplier: order.supplier, period: order.period) : nil
    }
  }
}

extension GreedyAward {
  /// Packs that the source may still deliver under its own range, its share and every ceiling.
  private func packsAllowed(_ source: Int, _ block: AwardIndex.Block) -> Int {
    let this = index.sources[source]
    var most = this.mostPacks - packs[source]
    if let share = block.sharePacks[this.offer] {
      let used = block.sources.reduce(0) { $0 + (index.sources[$1].offer == this.offer ? packs[$1] : 0) }
      most = min(most, share - used)
    }
    for lot in index.problem.agreements where lot.rule == .share && lot.items.contains(this.item) {
      for holder in lot.holders where holder.supplier == this.supplier {
        most = min(most, (block.need * holder.share).dividedRoundingUp(by: 1000 * this.pack) - packs[source])
      }
    }
    most = min(most, ceilings.packsAllowed(source, this, held: packs[source]))
    return max(0, most)
  }
}
