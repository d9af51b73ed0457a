/// Branch and bound over ever smaller location instances, each bounded by its Lagrangian relaxation.
///
/// Nodes are taken depth first, the branch that opens a site before the one that closes it. Ties are broken
/// by site number throughout, so the same instance always gives the same plan.
struct LocationSearch {
  let whole: LocationInstance
  let precision: LocationPrecision
  /// Stop as soon as the best plan is proven this close, relatively.
  let gap: Double
  let expired: () -> Bool
  /// Where the value is what a plan leaves out of this whole, gaps are measured on what it keeps.
  var wholeWeight: Double?
  /// The best plan; all false until one cheaper than the first `value` is found.
  private(set) var open: [Bool]
  private(set) var value: Double
  /// No plan costs less than this, unless `value` does.
  private(set) var bound = -Double.infinity
  private(set) var nodes = 0
  private(set) var hasPlan = false
  private var tried = Set<[Int32]>()
  private var experience: BranchingExperience
  /// The least bound of a subproblem that was left because of `gap`.
  private var leftBound = Double.infinity
  private var stack: [LocationNode] = []

  /// Looks for a plan cheaper than `ceiling`.
  init(
    _ instance: LocationInstance,
    precision: LocationPrecision,
    gap: Double = 0,
    ceiling: Double = .infinity,
    until expired: @escaping () -> Bool
  ) {
    whole = instance
    self.precision = precision
    self.gap = gap
    self.expired = expired
    value = ceiling
    experience = BranchingExperience(sites: instance.siteCount)
    open = [Bool](repeating: false, count: instance.siteCount)
  }

  /// Whether a subproblem with this bound can hold no plan that is worth having.
  func isSettled(_ bound: Double) -> Bool {
    bound > value - precision.unit || bound >= value - max(gap, precision.relative) * measure
  }

  private var measure: Double { abs(wholeWeight.map { $0 - value } ?? value) }

  mutating func run() {
    guard whole.limit >= 0, whole.budget >= 0 else {
      bound = value
      return
    }
    improve(from: [])
    let root = LocationNode(instance: whole, multipliers: startingMultipliers(), bound: -.infinity)
    explore(root, DualAscent.root, isRoot: true)
    while let node = stack.popLast() {
      if isSettled(node.bound) {
        leave(node)
      } else if expired() {
        stack.append(node)
        break
      } else {
        explore(node, DualAscent.node, isRoot: false)
      }
    }
    bound = min(value, leftBound, stack.map(\.bound).min() ?? .infinity)
  }

  private mutating func leave(_ node: LocationNode) {
    if node.bound <= value - precision.unit { leftBound = min(leftBound, node.bound) }
  }

  /// Raises the node's bound, fixes what must be fixed, and splits what is left in two.
  private mutating func explore(_ start: LocationNode, _ effort: AscentEffort, isRoot: Bool) {
    var node = start
    var effort = effort
    var isFirst = true
    nodes += 1
    while !isTrivial(node) {
      var ascent = DualAscent(node, grid: precision.grid, effort: effort)
      let opened = node.opened
      // Descents come ever more rarely: on large instances each costs as much as many steps of the ascent.
      var rises = 0
      var next = 1
      var pause = 4
      ascent.run(&self) { search, chosen in
        rises += 1
        guard isRoot, rises >= next else { return }
        search.improve(from: opened + chosen)
        pause += 2
        next = rises + pause
      }
      node.multipliers = ascent.multipliers
      node.bound = max(node.bound, ascent.best)
      if isFirst, let decision = node.decision { experience.note(decision, reached: node.bound) }
      if isSettled(node.bound) { return leave(node) }
      let known = value
      // On a large instance a descent costs as much as a whole node: few of them are worth it.
      if nodes < 8 || nodes.isMultiple(of: 16) { improve(from: rounding(node, ascent.frequency)) }
      if isRoot && isFirst { scatter(until: node.bound) }
      isFirst = false
      if isSettled(node.bound) { return leave(node) }
      if isRoot && value < known && !expired() {
        // Against a better plan more sites must be open or closed: the relaxation says which.
        effort = DualAscent.again
        continue
      }
      let before = node.instance.candidates.count
      node = node.fixing(open: ascent.mustOpen, closed: ascent.mustClose)
      let shrank = 10 * node.instance.candidates.count <= 9 * before
      if !shrank || expired() { return split(node, ascent.frequency) }
      effort.length = min(effort.length, 0.3)
    }
  }

  /// Descends from sets drawn at random, until the best plan is proven good enough or none of the last twelve was
  /// better: a single descent can end in a valley one percent above the best.
  private mutating func scatter(until bound: Double) {
    var draws = SplitMix64(seed: 20)
    var idle = 0
    while idle < 12, !isSettled(bound), !expired() {
      let known = value
      improve(from: drawn(&draws))
      idle = value < known ? 0 : idle + 1
    }
  }

  /// As many sites as may be open, drawn at random.
  private func drawn(_ draws: inout SplitMix64) -> [Int32] {
    var rest = whole.candidates
    var sites: [Int32] = []
    var budget = whole.budget
    while sites.count < whole.limit, !rest.isEmpty {
      rest.swapAt(Int(draws.next() % UInt64(rest.count)), rest.count - 1)
      let site = rest.removeLast()
      let price = whole.price.isEmpty ? 0 : whole.price[Int(site)]
      guard price <= budget else { continue }
      budget -= price
      sites.append(site)
    }
    return sites
  }

  /// Settles a node in which nothing is left to decide.
  private mutating func isTrivial(_ node: LocationNode) -> Bool {
    if node.instance.budget < 0 || node.instance.limit < 0 { return true }
    guard node.instance.limit == 0 || node.instance.candidates.isEmpty else { return false }
    improve(from: node.opened)
    return true
  }

  private mutating func split(_ node: LocationNode, _ frequency: [Double]) {
    guard !isTrivial(node) else { return }
    let j = experience.choice(among: node.instance.candidates, frequency)
    var (without, with) = (node.fixing(open: [], closed: [j]), node.fixing(open: [j], closed: []))
    without.decision = LocationDecision(site: j, opens: false, bound: node.bound)
    with.decision = LocationDecision(site: j, opens: true, bound: node.bound)
    stack += [without, with]
  }

  /// The sites that the relaxation of a node opened most often.
  private func rounding(_ node: LocationNode, _ frequency: [Double]) -> [Int32] {
    let often = node.instance.candidates.filter { frequency[Int($0)] > 0.1 }
      .sorted { (frequency[Int($1)], $0) < (frequency[Int($0)], $1) }
    return node.opened + often.prefix(node.instance.limit)
  }

  private mutating func improve(from sites: [Int32]) {
    guard tried.insert(sites.sorted()).inserted else { return }
    var descent = Interchange(whole, open: sites)
    guard descent.isWithinLimits else { return }
    descent.descend(until: expired)
    if descent.value < value {
      value = descent.value
      open = descent.open
      hasPlan = true
    }
  }

  /// Half way between a client's nearest and second nearest site of the best plan.
  private func startingMultipliers() -> [Double] {
    (0..<whole.clientCount).map { i in
      let costs = (whole.start[i]..<whole.start[i + 1]).lazy
        .filter { open[Int(whole.site[$0])] }
        .prefix(2)
        .map { whole.cost[$0] }
      let nearest = costs.first ?? whole.outside[i]
      let second = min(costs.dropFirst().first ?? whole.outside[i], 3 * nearest + 1)
      let middle = ((nearest + second) / 2 / precision.grid).rounded() * precision.grid
      return min(whole.outside[i], max(whole.cost[whole.start[i]], middle))
    }
  }
}
