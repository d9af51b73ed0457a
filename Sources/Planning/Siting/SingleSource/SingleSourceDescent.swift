/// Improves a plan of a single-source model: customers shift and change places between the sites that have
/// machines, and a site's customers move to a better site together (Osman and Christofides 1994; location and
/// allocation in turn: Cooper 1964). What a site is given beyond its room is charged, and ever more, until no site
/// is.
struct SingleSourceDescent {
  private let model: SingleSourceModel
  private let expired: () -> Bool
  /// Sites with machines, how many, and the load that they have.
  private(set) var sites: [Int] = []
  private(set) var machines: [Int] = []
  private var taken: [Int] = []
  /// `cost[q][i]` of serving customer i from the q-th site; `far` where it cannot be.
  private var cost: [[Int]] = []
  /// The place in `sites` of each customer's.
  private(set) var place: [Int]
  private var charge = 0
  private let far: Int

  init(_ model: SingleSourceModel, far: Int, until expired: @escaping () -> Bool) {
    self.model = model
    self.far = far
    self.expired = expired
    place = [Int](repeating: -1, count: model.loads.count)
  }

  /// The plan, if it is allowed.
  var plan: SingleSourceModel.Plan? {
    guard !sites.isEmpty else { return nil }
    let site = place.map { Int32(sites[$0]) }
    return model.value(of: site).map { .init(value: $0, site: site) }
  }

  private func column(_ j: Int) -> [Int] {
    var column = [Int](repeating: far, count: model.loads.count)
    for k in model.start[j]..<model.start[j + 1] { column[Int(model.customer[k])] = model.cost[k] }
    return column
  }

  private func room(_ q: Int) -> Int { machines[q] * model.sites[sites[q]].capacity - taken[q] }

  /// Starts again with these machines at each of the model's sites, customers placed one after the other, those first
  /// that lose most by their second best site.
  mutating func start(_ counts: [Int]) {
    sites = counts.indices.filter { counts[$0] > 0 }
    machines = sites.map { counts[$0] }
    taken = sites.map { _ in 0 }
    cost = sites.map { column($0) }
    guard !sites.isEmpty else { return }
    let regrets = place.indices.map { i -> Int in
      var (first, second) = (Int.max, far)
      for q in sites.indices {
        let cost = self.cost[q][i]
        if cost < first { (first, second) = (cost, min(first, far)) } else { second = min(second, cost) }
      }
      return second - first
    }
    for i in place.indices.sorted(by: { (regrets[$1], $0) < (regrets[$0], $1) }) {
      let best = sites.indices.min { rank(i, $0) < rank(i, $1) } ?? 0
      place[i] = best
      taken[best] += model.loads[i]
    }
  }

  private func rank(_ i: Int, _ q: Int) -> (Int, Int, Int) {
    let missing = max(0, model.loads[i] - room(q))
    return cost[q][i] >= far ? (Int.max, 0, q) : (missing, cost[q][i], q)
  }

  /// Gives a machine to site `target`, with the customers that it serves cheaper, and takes one from the q-th site,
  /// whose customers go elsewhere if it was the last.
  mutating func change(add target: Int?, drop q: Int?) {
    if let target { add(target) }
    guard let q else { return }
    machines[q] -= 1
    guard machines[q] == 0 else { return }
    for i in place.indices where place[i] == q {
      let others = sites.indices.filter { $0 != q }
      if let best = others.min(by: { rank(i, $0) < rank(i, $1) }) { shift(i, to: best) }
    }
    if !place.contains(q) { remove(q) } else { machines[q] = 1 }
  }

  private mutating func add(_ target: Int) {
    if let there = sites.firstIndex(of: target) {
      machines[there] += 1
      return
    }
    sites.append(target)
    machines.append(1)
    taken.append(0)
    cost.append(column(target))
    let newest = sites.count - 1
    for i in place.indices where cost[newest][i] < cost[place[i]][i] { shift(i, to: newest) }
  }

  private mutating func remove(_ q: Int) {
    let last = sites.count - 1
    for i in place.indices where place[i] == last { place[i] = q }
    sites.swapAt(q, last)
    machines.swapAt(q, last)
    taken.swapAt(q, last)
    cost.swapAt(q, last)
    sites.removeLast()
    machines.removeLast()
    taken.removeLast()
    cost.removeLast()
  }

  private mutating func shift(_ i: Int, to q: Int) {
    taken[place[i]] -= model.loads[i]
    taken[q] += model.loads[i]
    place[i] = q
  }

  /// Descends until nothing helps and no site has too much, or that cannot be reached.
  mutating func descend() {
    guard !sites.isEmpty else { return }
    let total = place.indices.reduce(0) { min(far, $0 + cost[place[$1]][$1]) }
    charge = 1 + total / max(1, model.loads.reduce(0, +))
    for _ in 0..<5 {
      repeat {
        while (shifts() || exchanges()) && !expired() {}
      } while relocate() && !expired()
      if sites.indices.allSatisfy({ room($0) >= 0 }) || expired() { return }
      charge *= 4
    }
  }

  /// How much more is charged when the q-th site's load grows.
  private func penalty(_ q: Int, growth: Int) -> Int {
    let room = room(q)
    return charge * (max(0, growth - room) - max(0, -room))
  }

  private mutating func shifts() -> Bool {
    var hasImproved = false
    for i in place.indices {
      let (from, load) = (place[i], model.loads[i])
      let leaving = penalty(from, growth: -load) - cost[from][i]
      var best = (change: 0, q: from)
      for q in sites.indices where q != from {
        let change = leaving + cost[q][i] + penalty(q, growth: load)
        if change < best.change { best = (change, q) }
      }
      if best.change < 0 {
        shift(i, to: best.q)
        hasImproved = true
      }
    }
    return hasImproved
  }

  private mutating func exchanges() -> Bool {
    var hasImproved = false
    for i in place.indices {
      if i.isMultiple(of: 64) && expired() { return false }
      for k in (i + 1)..<max(i + 1, place.count) where place[k] != place[i] {
        let (a, b) = (place[i], place[k])
        let direct = cost[b][i] - cost[a][i] + cost[a][k] - cost[b][k]
        let growth = model.loads[k] - model.loads[i]
        if direct >= 0 && room(a) >= 0 && room(b) >= 0 { continue }
        guard direct + penalty(a, growth: growth) + penalty(b, growth: -growth) < 0 else { continue }
        shift(i, to: b)
        shift(k, to: a)
        hasImproved = true
      }
    }
    return hasImproved
  }

  /// Moves each site's customers to the site without machines that serves them best, if one serves them better.
  private mutating func relocate() -> Bool {
    var hasImproved = false
    var members = [[Int]](repeating: [], count: sites.count)
    for i in place.indices { members[place[i]].append(i) }
    let machinesInAll = machines.reduce(0, +)
    for q in sites.indices where model.sites[sites[q]].least == 0 && !members[q].isEmpty {
      let here = model.sites[sites[q]]
      var best = members[q].reduce(machines[q] * here.price) { min(far, $0 + cost[q][$1]) }
      var target: (site: Int, count: Int)?
      for (j, there) in model.sites.enumerated() where !sites.contains(j) && there.most > 0 {
        let count = there.machines(for: taken[q], isUsed: true)
        guard count <= there.most, count * there.capacity >= taken[q],
          machinesInAll - machines[q] + count <= model.limit
        else { continue }
        guard let sum = served(members[q], from: j, below: best - count * there.price) else { continue }
        best = sum + count * there.price
        target = (j, count)
      }
      guard let target else { continue }
      (sites[q], machines[q]) = target
      cost[q] = column(target.site)
      hasImproved = true
    }
    return hasImproved
  }

  /// The cost of serving customers, ascending, from a site; nil when it is not below a limit.
  private func served(_ members: [Int], from j: Int, below limit: Int) -> Int? {
    var sum = 0
    var k = model.start[j]
    let end = model.start[j + 1]
    for i in members {
      while k < end, model.customer[k] < i { k += 1 }
      guard k < end, model.customer[k] == i else { return nil }
      sum += model.cost[k]
      if sum >= limit { return nil }
    }
    return sum
  }
}
