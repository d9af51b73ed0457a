/// Improves a plan of a single-source model: customers shift and change places between the sites that have
/// machines, and a site's customers move to a better site together (Osman and Christofides 1994; location and
/// allocation in turn: Cooper 1964). What a site is given beyond its room is charged, and ever more, until no site
/// is.
///
/// Only what has changed since it was last looked at is looked at again. Cost of a round in which everything has:
/// customers × sites with machines for the shifts, customers² for the exchanges, and pairs for the moves of sites.
struct SingleSourceDescent {
  private let model: SingleSourceModel
  private let expired: () -> Bool
  /// Sites with machines, and how many.
  private(set) var sites: [Int] = []
  private(set) var machines: [Int] = []
  /// What is left of each site's capacity; negative where it has too much.
  private var room: [Int] = []
  /// The cost of serving customer i from the q-th site is `cost[q * customers + i]`; `model.far` where it cannot be.
  private var cost: [Int] = []
  /// The place in `sites` of each customer's.
  private(set) var place: [Int]
  private var charge = 0
  /// Sites whose customers have changed since moves from and to them were last looked for.
  private var hasChanged: [Bool] = []
  private var isChanging: [Bool] = []

  init(_ model: SingleSourceModel, until expired: @escaping () -> Bool) {
    self.model = model
    self.expired = expired
    place = [Int](repeating: -1, count: model.loads.count)
  }

  /// The plan, if it is allowed.
  var plan: SingleSourceModel.Plan? {
    guard !sites.isEmpty, !room.contains(where: { $0 < 0 }) else { return nil }
    let site = place.map { Int32(sites[$0]) }
    return model.value(of: site).map { .init(value: $0, site: site) }
  }

  private var count: Int { place.count }

  /// Starts again with these machines at each of the model's sites, customers placed one after the other, those first
  /// that lose most by their second best site.
  mutating func start(_ counts: [Int]) {
    (sites, machines, room, cost, hasChanged, isChanging) = ([], [], [], [], [], [])
    for j in counts.indices where counts[j] > 0 { append(j, counts[j]) }
    guard !sites.isEmpty else { return }
    let regrets = place.indices.map { i -> Int in
      var (first, second) = (model.far, model.far)
      for q in sites.indices {
        let here = cost[q * count + i]
        (first, second) = here < first ? (here, first) : (first, min(second, here))
      }
      return second - first
    }
    for i in place.indices.sorted(by: { (regrets[$1], $0) < (regrets[$0], $1) }) {
      place[i] = best(for: i)
      room[place[i]] -= model.loads[i]
    }
  }

  private mutating func append(_ j: Int, _ count: Int) {
    sites.append(j)
    machines.append(count)
    room.append(count * model.sites[j].capacity)
    cost += column(j)
    hasChanged.append(true)
    isChanging.append(false)
  }

  private func column(_ j: Int) -> [Int] {
    var column = [Int](repeating: model.far, count: count)
    for k in model.start[j]..<model.start[j + 1] { column[Int(model.customer[k])] = model.cost[k] }
    return column
  }

  /// The site that a customer fits in best: it can be served there, it lacks least room, it costs least.
  private func best(for i: Int, except left: Int = -1) -> Int {
    var best = (far: true, missing: Int.max, cost: Int.max, q: 0)
    for q in sites.indices where q != left {
      let here = cost[q * count + i]
      let rank = (here >= model.far, max(0, model.loads[i] - room[q]), here, q)
      let isBetter =
        (rank.0 ? 1 : 0, rank.1, rank.2, rank.3) < (best.far ? 1 : 0, best.missing, best.cost, best.q)
      if isBetter { best = rank }
    }
    return best.q
  }

  /// Gives a machine to site `target`, with the customers that it serves cheaper, and takes one from the q-th site,
  /// whose customers go elsewhere if it was the last.
  mutating func change(add target: Int?, drop q: Int?) {
    if let target { add(target) }
    guard let q, sites.count > 1 || machines[q] > 1 else { return }
    hasChanged[q] = true
    if machines[q] > 1 {
      machines[q] -= 1
      room[q] -= model.sites[sites[q]].capacity
      return
    }
    for i in place.indices where place[i] == q { shift(i, to: best(for: i, except: q)) }
    remove(q)
  }

  private mutating func add(_ target: Int) {
    if let there = sites.firstIndex(of: target) {
      machines[there] += 1
      room[there] += model.sites[target].capacity
      hasChanged[there] = true
      return
    }
    append(target, 1)
    let newest = (sites.count - 1) * count
    for i in place.indices where cost[newest + i] < cost[place[i] * count + i] {
      shift(i, to: sites.count - 1)
    }
  }

  private mutating func remove(_ q: Int) {
    let last = sites.count - 1
    for i in place.indices where place[i] == last { place[i] = q }
    sites.swapAt(q, last)
    machines.swapAt(q, last)
    room.swapAt(q, last)
    hasChanged.swapAt(q, last)
    isChanging.swapAt(q, last)
    for i in 0..<count { cost[q * count + i] = cost[last * count + i] }
    cost.removeLast(count)
    for array in [\Self.sites, \.machines, \.room] { self[keyPath: array].removeLast() }
    hasChanged.removeLast()
    isChanging.removeLast()
  }

  private mutating func shift(_ i: Int, to q: Int) {
    let from = place[i]
    room[from] += model.loads[i]
    room[q] -= model.loads[i]
    place[i] = q
    isChanging[from] = true
    isChanging[q] = true
  }

  /// Descends until nothing helps and no site has too much, or that cannot be reached.
  mutating func descend() {
    guard !sites.isEmpty else { return }
    let total = place.indices.reduce(0) { min(model.far, $0 + cost[place[$1] * count + $1]) }
    charge = 1 + total / max(1, model.loads.reduce(0, +))
    for q in sites.indices where isChanging[q] { hasChanged[q] = true }
    for _ in 0..<5 {
      while hasChanged.contains(true) && !expired() {
        for q in isChanging.indices { isChanging[q] = false }
        shifts()
        exchanges()
        for q in sites.indices where hasChanged[q] { relocate(q) }
        swap(&hasChanged, &isChanging)
      }
      if expired() || !room.contains(where: { $0 < 0 }) { return }
      charge *= 4
      for q in sites.indices where room[q] < 0 { hasChanged[q] = true }
    }
  }

  private mutating func shifts() {
    for i in place.indices {
      let (from, load) = (place[i], model.loads[i])
      let leaving = Self.penalty(room[from], growth: -load, charge) - cost[from * count + i]
      var best = (change: 0, q: from)
      for q in sites.indices where q != from && (hasChanged[from] || hasChanged[q]) {
        let change = leaving + cost[q * count + i] + Self.penalty(room[q], growth: load, charge)
        if change < best.change { best = (change, q) }
      }
      if best.change < 0 { shift(i, to: best.q) }
    }
  }

  /// How much more is charged when a load grows where so much room is left.
  private static func penalty(_ room: Int, growth: Int, _ charge: Int) -> Int {
    charge * (max(0, growth - room) - max(0, -room))
  }

  private mutating func exchanges() {
    var own = place.indices.map { cost[place[$0] * count + $0] }
    for i in place.indices {
      if i.isMultiple(of: 64) && expired() { return }
      var k = i + 1
      while let found = exchange(for: i, from: k, own) {
        let (a, b) = (place[i], place[found])
        shift(i, to: b)
        shift(found, to: a)
        own[i] = cost[b * count + i]
        own[found] = cost[a * count + found]
        k = found + 1
      }
    }
  }

  /// The first customer from number k on that customer i had better change places with.
  private func exchange(for i: Int, from k: Int, _ own: [Int]) -> Int? {
    let a = place[i]
    let (load, count) = (model.loads[i], count)
    let isTight = room.contains { $0 < 0 }
    let (place, room, cost, own) = (self.place.span, self.room.span, self.cost.span, own.span)
    let (loads, hasChanged) = (model.loads.span, self.hasChanged.span)
    let isNew = hasChanged[a]
    var k = k
    while k < count {
      defer { k += 1 }
      let b = place[unchecked: k]
      guard b != a, isNew || hasChanged[unchecked: b] else { continue }
      let here = cost[unchecked: b * count + i] + cost[unchecked: a * count + k]
      let direct = here - own[unchecked: i] - own[unchecked: k]
      if direct >= 0 && !isTight { continue }
      let growth = loads[unchecked: k] - load
      let change =
        direct + Self.penalty(room[unchecked: a], growth: growth, charge)
        + Self.penalty(room[unchecked: b], growth: -growth, charge)
      if change < 0 { return k }
    }
    return nil
  }

  /// Moves a site's customers to the site without machines that serves them best, if one serves them better.
  private mutating func relocate(_ q: Int) {
    let here = model.sites[sites[q]]
    let members = place.indices.filter { place[$0] == q }
    guard here.least == 0, !members.isEmpty else { return }
    let load = machines[q] * here.capacity - room[q]
    let others = machines.reduce(0, +) - machines[q]
    var best = members.reduce(machines[q] * here.price) { min(model.far, $0 + cost[q * count + $1]) }
    var target: (site: Int, count: Int)?
    for (j, there) in model.sites.enumerated() where there.most > 0 && !sites.contains(j) {
      let machines = there.machines(for: load, isUsed: true)
      guard machines <= there.most, machines * there.capacity >= load, others + machines <= model.limit else {
        continue
      }
      guard let sum = served(members, from: j, below: best - machines * there.price) else { continue }
      best = sum + machines * there.price
      target = (j, machines)
    }
    guard let target else { return }
    sites[q] = target.site
    machines[q] = target.count
    room[q] = target.count * model.sites[target.site].capacity - load
    cost.replaceSubrange(q * count..<(q + 1) * count, with: column(target.site))
    isChanging[q] = true
  }

  /// The cost of serving customers, ascending, from a site; nil when it is not below a limit.
  private func served(_ members: [Int], from j: Int, below limit: Int) -> Int? {
    let (customer, cost) = (model.customer.span, model.cost.span)
    var sum = 0
    var k = model.start[j]
    let end = model.start[j + 1]
    for i in members {
      while k < end, customer[unchecked: k] < i { k += 1 }
      guard k < end, customer[unchecked: k] == i else { return nil }
      sum += cost[unchecked: k]
      if sum >= limit { return nil }
    }
    return sum
  }
}
