extension SingleSourceSearch {
  /// Descends from the machines that a relaxation chose.
  mutating func improve(from relaxation: SingleSourceRelaxation) {
    var counts = model.sites.map(\.least)
    let settled = relaxation.instance.settled
    var taken = [Int](repeating: 0, count: counts.count)
    for (i, j) in settled.enumerated() where j >= 0 {
      taken[Int(j)] += model.loads[i]
      counts[Int(j)] = model.sites[Int(j)].machines(for: taken[Int(j)], isUsed: true)
    }
    for (s, site) in relaxation.instance.sites.enumerated() {
      counts[Int(site.number)] = max(counts[Int(site.number)], relaxation.machines[s])
    }
    guard tried.insert(counts).inserted else { return }
    var descent = SingleSourceDescent(model, until: expired)
    descent.start(counts)
    descent.descend()
    consider(descent.plan)
  }

  /// Remembers where the relaxation has machines now and then.
  mutating func noteLikely(_ ascent: SingleSourceAscent) {
    let sites = ascent.relaxation.instance.sites
    likely = sites.indices.filter { ascent.machines[$0] > 0.02 }.map { Int(sites[$0].number) }
  }

  /// Changes a few machines of the best plan at random and descends, until that helped no more for a while.
  mutating func scatter(patience: Int) {
    var descent = SingleSourceDescent(model, until: expired)
    if let plan, let counts = model.machines(for: plan.site) {
      descent.start(counts)
    } else {
      descent.start(drawnMachines())
    }
    descent.descend()
    consider(descent.plan)
    var idle = 0
    while idle < patience, !expired() {
      var next = descent
      guard let (add, drop) = drawnChange(next) else { return }
      next.change(add: add, drop: drop)
      next.descend()
      let known = value
      consider(next.plan)
      idle = value < known ? 0 : idle + 1
      // Plans half a percent worse are gone on from: the best one may lie behind them.
      if (next.plan?.value ?? far) <= max(value + value / 200, descent.plan?.value ?? far) { descent = next }
    }
  }

  private mutating func drawn(_ count: Int) -> Int { Int(draws.next() % UInt64(max(1, count))) }

  /// Machines at random sites until they can serve everybody, as many as may be where they cost nothing.
  private mutating func drawnMachines() -> [Int] {
    var counts = model.sites.map(\.least)
    var places = model.sites.indices.flatMap { j in
      repeatElement(j, count: model.sites[j].most - model.sites[j].least)
    }
    var load = model.loads.reduce(0, +) - zip(counts, model.sites).reduce(0) { $0 + $1.0 * $1.1.capacity }
    var left = model.limit - counts.reduce(0, +)
    while left > 0, !places.isEmpty {
      places.swapAt(drawn(places.count), places.count - 1)
      let j = places.removeLast()
      if load <= 0 && model.sites[j].price > 0 { continue }
      counts[j] += 1
      load -= model.sites[j].capacity
      left -= 1
    }
    return counts
  }

  /// A machine for one of the sites near a customer drawn at random, from the site that serves them or another.
  private mutating func drawnChange(_ descent: SingleSourceDescent) -> (add: Int?, drop: Int?)? {
    guard !descent.sites.isEmpty else { return nil }
    let i = drawn(model.loads.count)
    let near = model.service.legs(from: i).prefix(8)
    let isNear = likely.isEmpty || drawn(2) == 0
    let target = isNear ? near.dropFirst(drawn(near.count)).first?.site : likely[drawn(likely.count)]
    let free = descent.sites.indices.filter { descent.machines[$0] > model.sites[descent.sites[$0]].least }
    let own = free.contains(descent.place[i]) && drawn(2) == 0
    let source = free.isEmpty ? nil : own ? descent.place[i] : free[drawn(free.count)]
    let count = target.flatMap { descent.sites.firstIndex(of: $0) }.map { descent.machines[$0] } ?? 0
    let add = target.flatMap { count < model.sites[$0].most ? $0 : nil }
    let isFull = descent.machines.reduce(0, +) >= model.limit
    switch drawn(4) {
    case 0 where !isFull: return (add, nil)
    case 1 where !isFull: return (nil, source)
    default: return source == nil && isFull ? (nil, nil) : (add, source)
    }
  }
}
