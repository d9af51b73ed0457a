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
  var tried = Set<[Int]>()
  var experience: BranchingExperience
  var draws = SplitMix64(seed: 20)
  /// The least bound of a subproblem that was left because of `gap`.
  private var leftBound = Int.max
  /// Sites that the relaxation has machines at now and then.
  var likely: [Int] = []

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
    if model.canHoldAll, let root = root.cut(SingleSourceCuts(whole)) {
      scatter(patience: 4)
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

  mutating func push(_ node: SingleSourceNode?) {
    if let node { stack.append(node) }
  }

  private mutating func leave(_ bound: Int) {
    if !isHopeless(bound) { leftBound = min(leftBound, whole(bound)) }
  }

  /// What a customer's third cheapest pair costs.
  private func startingMultipliers() -> [Int] {
    model.loads.indices.map { i in
      let legs = model.service.legs(from: i).prefix(3)
      return Int(legs.last?.time ?? 0) * scale
    }
  }

  /// Raises the node's bound, rules out what cannot be, and splits what is left in two.
  private mutating func explore(_ start: SingleSourceNode, isRoot: Bool) {
    var node = start
    var effort = isRoot ? SingleSourceAscent.root : SingleSourceAscent.node
    var isFirst = true
    nodes += 1
    if node.instance.customerCount == 0 { return complete(node) }
    while true {
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
      if isRoot && isFirst {
        noteLikely(ascent)
        scatter(patience: 400)
      }
      isFirst = false
      if isSettled(node.bound) { return leave(node.bound) }
      let cuts = ascent.relaxation.cuts(node.multipliers) { isHopeless($0) }
      guard let cuts, let smaller = node.cut(cuts) else { return }
      if smaller.instance.customerCount == 0 { return complete(smaller) }
      let (before, after) = (node.instance.customer.count, smaller.instance.customer.count)
      if 10 * after > 9 * before || expired() { return split(node, smaller, ascent) }
      node = smaller
      effort = SingleSourceAscent.again
    }
  }

  /// A node in which everybody is settled.
  private mutating func complete(_ node: SingleSourceNode) {
    consider(model.value(of: node.instance.settled).map { .init(value: $0, site: node.instance.settled) })
  }

  mutating func consider(_ found: SingleSourceModel.Plan?) {
    if let found, found.value < value { plan = found }
  }
}
