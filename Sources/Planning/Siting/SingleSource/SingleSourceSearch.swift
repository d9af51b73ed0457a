/// A subproblem of the branch and bound: what is left of the model, and the multipliers its bound starts from.
struct SingleSourceNode: Sendable {
  var instance: SingleSourceInstance
  /// One for each remaining customer.
  var multipliers: [Int]
  /// No completion of this node costs less, in scaled units.
  var bound: Int
  /// The decision about a site that made the node out of another one.
  var decision: LocationDecision?

  /// The same with some things ruled out; nil when nothing is left.
  func cut(_ cuts: SingleSourceCuts) -> SingleSourceNode? {
    guard let (small, kept) = instance.cut(cuts) else { return nil }
    return SingleSourceNode(instance: small, multipliers: kept.map { multipliers[$0] }, bound: bound)
  }
}

/// Branch and bound for single-source problems, each subproblem bounded by its Lagrangian relaxation, shrunk by what
/// its multipliers rule out, and split by the number of machines at a site or, once those are decided, by whether a
/// customer is served at a site (Ceselli and Righini 2005).
///
/// Nodes are taken depth first; ties are broken by number throughout, and whatever is drawn is drawn from a stream
/// with a fixed seed, so the same problem always gives the same plan.
struct SingleSourceSearch {
  let model: SingleSourceModel
  /// Costs and multipliers are kept in this many parts of a unit.
  let scale: Int
  /// More than any plan costs.
  let far: Int
  let gap: Double
  let expired: () -> Bool
  private(set) var plan: SingleSourceModel.Plan?
  /// No plan costs less, unless the best one does.
  private(set) var bound: Int
  private(set) var nodes = 0
  private var stack: [SingleSourceNode] = []
  private var tried = Set<[Int]>()
  private var experience: BranchingExperience
  private var draws = SplitMix64(seed: 20)
  /// The least bound of a subproblem that was left because of `gap`.
  private var leftBound = Int.max

  init(_ model: SingleSourceModel, gap: Double, until expired: @escaping () -> Bool) {
    self.model = model
    self.gap = gap
    self.expired = expired
    far = model.far
    scale = model.scale
    bound = 0
    experience = BranchingExperience(sites: model.sites.count)
  }

  /// The cost of the best plan.
  var value: Int { plan?.value ?? far }

  /// What the ascent aims at, in scaled units.
  func goal(above bound: Int) -> Int {
    plan.map { $0.value * scale } ?? bound + max(abs(bound) / 20, scale)
  }

  /// A bound in whole units. Costs are whole, so it may be rounded up.
  private func whole(_ bound: Int) -> Int {
    bound > 0 ? (bound + scale - 1) / scale : 0
  }

  /// Whether nothing with this bound is better than the best plan.
  func isHopeless(_ bound: Int) -> Bool { whole(bound) >= value }

  /// The same, or so little better that the gap asked for allows it.
  func isSettled(_ bound: Int) -> Bool {
    isHopeless(bound) || (plan != nil && Double(value - whole(bound)) <= gap * Double(value))
  }

  mutating func run() {
    let whole = SingleSourceInstance(model, scale: scale)
    let multipliers = startingMultipliers()
    let root = SingleSourceNode(instance: whole, multipliers: multipliers, bound: 0)
    if let root = root.cut(SingleSourceCuts(whole)) {
      scatter(patience: 20)
      explore(root, isRoot: true)
    }
    while let node = stack.popLast() {
      if isSettled(node.bound) {
        leave(node.bound)
      } else if expired() {
        stack.append(node)
        break
      } else {
        explore(node, isRoot: false)
      }
    }
    bound = min(value, leftBound, stack.map { self.whole($0.bound) }.min() ?? .max)
  }

  private mutating func leave(_ bound: Int) {
    if !isHopeless(bound) { leftBound = min(leftBound, whole(bound)) }
  }

  /// What a customer's second cheapest pair costs.
  private func startingMultipliers() -> [Int] {
    model.loads.indices.map { i in
      let legs = model.service.legs(from: i).prefix(3)
      return Int(legs.last?.time ?? 0) * scale
    }
  }

  /// Raises the node's bound, rules out what cannot be, and splits what is left in two.
  private mutating func explore(_ start: SingleSourceNode, isRoot: Bool) {
    var node = start
    var effort = isRoot ? SingleSourceAscent.Effort.root : .node
    var isFirst = true
    nodes += 1
    while true {
      if node.instance.customerCount == 0 { return complete(node) }
      var ascent = SingleSourceAscent(node, greatest: model.greatestMultiplier, effort: effort)
      var rises = 0
      ascent.run(&self) { search, relaxation in
        rises += 1
        if isRoot && rises.isMultiple(of: 10) { search.improve(from: relaxation) }
      }
      node.multipliers = ascent.multipliers
      node.bound = max(node.bound, ascent.best)
      if isFirst, let decision = node.decision { experience.note(decision, reached: Double(node.bound)) }
      if isSettled(node.bound) { return leave(node.bound) }
      improve(from: ascent.relaxation)
      if isRoot && isFirst { scatter(patience: 200) }
      isFirst = false
      if isSettled(node.bound) { return leave(node.bound) }
      let cuts = ascent.relaxation.cuts(node.multipliers) { isHopeless($0) }
      guard let cuts, let smaller = node.cut(cuts) else { return }
      let (before, after) = (node.instance.customer.count, smaller.instance.customer.count)
      if 10 * after > 9 * before || expired() { return split(node, smaller, ascent) }
      node = smaller
      effort = .again
    }
  }

  /// A node in which everybody is settled.
  private mutating func complete(_ node: SingleSourceNode) {
    consider(model.value(of: node.instance.settled).map { .init(value: $0, site: node.instance.settled) })
  }

  private mutating func consider(_ found: SingleSourceModel.Plan?) {
    if let found, found.value < value { plan = found }
  }
}

extension SingleSourceSearch {
  /// Splits by a site that the relaxation is in doubt about, else by a customer that is served in several places.
  private mutating func split(
    _ node: SingleSourceNode,
    _ smaller: SingleSourceNode,
    _ ascent: SingleSourceAscent
  ) {
    // The estimates belong to the node before it shrank; what they say is looked up by the model's numbers.
    var machines = [Double](repeating: 0, count: model.sites.count)
    for (s, site) in node.instance.sites.enumerated() { machines[Int(site.number)] = ascent.machines[s] }
    let fraction = machines.map { $0 - $0.rounded(.down) }
    let doubtful = smaller.instance.sites.filter { site in
      let share = fraction[Int(site.number)]
      return site.terms.least < site.terms.most && share > 0.1 && share < 0.9
    }
    if doubtful.isEmpty { return splitPairs(node, smaller, ascent) }
    let number = experience.choice(among: doubtful.map(\.number), fraction)
    guard let s = smaller.instance.sites.firstIndex(where: { $0.number == number }) else { return }
    let terms = smaller.instance.sites[s].terms
    let few = min(max(Int(machines[Int(number)]), terms.least), terms.most - 1)
    var (without, with) = (SingleSourceCuts(smaller.instance), SingleSourceCuts(smaller.instance))
    without.most[s] = few
    with.least[s] = few + 1
    let bound = Double(smaller.bound)
    push(smaller, without, LocationDecision(site: number, opens: false, bound: bound))
    push(smaller, with, LocationDecision(site: number, opens: true, bound: bound))
  }

  private mutating func push(
    _ node: SingleSourceNode,
    _ cuts: SingleSourceCuts,
    _ decision: LocationDecision? = nil
  ) {
    guard var child = node.cut(cuts) else { return }
    child.decision = decision
    stack.append(child)
  }

  /// The customer whose service is most in doubt, heavy ones first, is served at a site or not.
  private mutating func splitPairs(
    _ node: SingleSourceNode,
    _ smaller: SingleSourceNode,
    _ ascent: SingleSourceAscent
  ) {
    let use = uses(node.instance, ascent)
    let instance = smaller.instance
    let heaviest = Double(instance.loads.max() ?? 0) + 1
    var best = (promise: -1.0, pair: 0)
    let sites = instance.siteOfPair
    for k in instance.customer.indices {
      let i = Int(instance.customer[k])
      let key = Pair(customer: instance.number[i], site: instance.sites[Int(sites[k])].number)
      let share = use[key] ?? 0
      let doubt = min(share, 1 - share) + 0.01 * min(1, share)
      let promise = doubt * (0.3 + Double(instance.loads[i]) / heaviest)
      if promise > best.promise { best = (promise, k) }
    }
    var (without, with) = (SingleSourceCuts(instance), SingleSourceCuts(instance))
    without.isOut[best.pair] = true
    with.force(best.pair, in: instance, instance.pairsByCustomer)
    push(smaller, without)
    push(smaller, with)
  }

  private struct Pair: Hashable {
    let customer: Int32
    let site: Int32
  }

  private func uses(_ instance: SingleSourceInstance, _ ascent: SingleSourceAscent) -> [Pair: Double] {
    let sites = instance.siteOfPair
    var uses: [Pair: Double] = [:]
    for k in instance.customer.indices where ascent.use[k] > 0.01 {
      let number = instance.number[Int(instance.customer[k])]
      uses[Pair(customer: number, site: instance.sites[Int(sites[k])].number)] = ascent.use[k]
    }
    return uses
  }
}

extension SingleSourceSearch {
  /// Descends from the machines that a relaxation chose.
  fileprivate mutating func improve(from relaxation: SingleSourceRelaxation) {
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
    var descent = SingleSourceDescent(model, far: far, until: expired)
    descent.start(counts)
    descent.descend()
    consider(descent.plan)
  }

  /// Changes a few machines of the best plan at random and descends, until that helped no more for a while.
  fileprivate mutating func scatter(patience: Int) {
    var descent = SingleSourceDescent(model, far: far, until: expired)
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
      if (next.plan?.value ?? far) <= (descent.plan?.value ?? far) { descent = next }
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
    let target = near.dropFirst(drawn(near.count)).first?.site
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
