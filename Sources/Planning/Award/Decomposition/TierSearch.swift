/// How exactly an item's tiers are searched.
struct SearchEffort: Sendable {
  /// Savings below this fraction are not looked for.
  var tolerance = 1e-9
  var branches = 400
  /// The cost of a plan that is known already: only better ones are looked for.
  var known = Double.infinity
  /// So many plans are remembered, as long as they cost no more than this part above the best.
  var plans = 6
  var reach = 0.01
}

/// The cheapest way to serve one item at given prices: branch and bound over the tiers.
///
/// A branch bounds each source's cost from below by a line over the range the branch allows, which makes the
/// points independent; the source that this flatters most is paid exactly where that is cheap, and otherwise
/// its range is split at the tier that promised the price. Every relaxed
/// answer is also a plan when its totals can be ordered. Ends with the proven best, or after so many
/// branches with a bound below it.
struct TierSearch<Relaxation: BlockRelaxation> {
  private var relaxation: Relaxation
  private let prices: [BlockPrice]
  private let effort: SearchEffort
  private(set) var best: BlockTotals?
  /// Plans on the way, the cheapest first, some of them no better than what is known: other mixes of sources, for
  /// when ties do not let every item have its best.
  private(set) var plans: [BlockTotals] = []
  private var open: [Branch] = []
  /// Branches whose best plan is known up to their bound only.
  private var closed: [Branch] = []

  struct Branch {
    var ranges: [BlockRange]
    var bound: Double
  }

  init(_ relaxation: Relaxation, _ prices: [BlockPrice], _ effort: SearchEffort) {
    self.relaxation = relaxation
    self.prices = prices
    self.effort = effort
  }

  /// The best plan within the ranges and a bound that no plan undercuts; both infinite where there is no plan.
  mutating func solve(_ ranges: [BlockRange]) -> (bound: Double, best: BlockTotals?) {
    open = [Branch(ranges: ranges, bound: -.infinity)]
    var visited = 0
    while let branch = takeLowest() {
      if branch.bound >= cutoff { continue }
      if visited == effort.branches {
        open.append(branch)
        break
      }
      visited += 1
      explore(branch)
    }
    let left = unsettled.first?.bound ?? .infinity
    return (min(left, cutoff), best)
  }

  /// The open branch with the lowest bound, the latest among equals.
  private mutating func takeLowest() -> Branch? {
    guard var lowest = open.indices.last else { return nil }
    for candidate in open.indices.reversed() where open[candidate].bound < open[lowest].bound {
      lowest = candidate
    }
    return open.remove(at: lowest)
  }

  /// Branches that cannot save this much are not looked into, and the bound says no more than that.
  var cutoff: Double {
    least == .infinity ? .infinity : least - effort.tolerance * max(1e-6, abs(least))
  }

  private mutating func explore(_ branch: Branch) {
    var branch = branch
    guard let ranges = relaxation.extent.tightened(branch.ranges, prices) else { return }
    branch.ranges = ranges
    let lines = zip(prices, branch.ranges).map { $0.lineBelow($1) }
    let asked = BlockBranch(lines: lines, ranges: branch.ranges, cutoff: cutoff)
    guard let relaxed = relaxation.cheapest(asked), relaxed.bound < cutoff else { return }
    keep(relaxed)
    var answer = relaxed
    var bound = max(branch.bound, relaxed.bound)
    var source = mostFlattered(relaxed, branch)
    if let joined = (source ?? relaxed.contested).flatMap({ relaxation.cheapest(asked, exact: $0, relaxed) })
    {
      keep(joined)
      bound = max(bound, joined.bound)
      // Where the true price hardly raises the bound, or leaves no plan, others have taken over in name only.
      let isRaised = joined.bound - relaxed.bound > 0.1 * (cutoff - relaxed.bound)
      if source == nil || isRaised && !joined.packs.isEmpty, let second = mostFlattered(joined, branch) {
        (source, answer) = (second, joined)
      }
    }
    guard bound < cutoff else { return }
    // In its ranges and at its true cost: the branch's best, but for what the multipliers left open.
    let taken = answer.packs.isEmpty ? answer.wanted : answer.packs
    if let source = widest(brokenRule(taken), branch) {
      return split(branch, source, taken[source], taken[source], bound)
    }
    guard let source = source ?? largestOpen(taken, branch) else { return close(branch, bound) }
    split(branch, source, taken[source], lines[source].touching, bound)
  }

  private mutating func close(_ branch: Branch, _ bound: Double) {
    closed.append(Branch(ranges: branch.ranges, bound: bound))
  }

  /// Branches that may still hold a better plan, the most promising first.
  var unsettled: [Branch] { (closed + open).filter { $0.bound < cutoff }.sorted { $0.bound < $1.bound } }

  /// Takes the totals as a plan, at their true cost, when all of them can be ordered.
  private mutating func keep(_ totals: BlockTotals) {
    guard !totals.packs.isEmpty, brokenRule(totals.packs) == nil else { return }
    var cost = 0.0
    for (price, packs) in zip(prices, totals.packs) {
      cost += price.cost(packs)
      if cost == .infinity { return }
    }
    var plan = totals
    plan.bound = cost
    remember(plan)
    if cost < best?.bound ?? effort.known { best = plan }
  }

  private mutating func remember(_ plan: BlockTotals) {
    guard plan.bound <= least + effort.reach * abs(least) else { return }
    let place = plans.firstIndex { $0.bound > plan.bound } ?? plans.count
    guard place < effort.plans, !plans.contains(where: { $0.packs == plan.packs }) else { return }
    plans.insert(plan, at: place)
    if plans.count > effort.plans { plans.removeLast() }
  }

  private var least: Double { min(best?.bound ?? .infinity, effort.known) }

  /// The source that costs most more than the bound has charged for it, among those not at their true price.
  private func mostFlattered(_ totals: BlockTotals, _ branch: Branch) -> Int? {
    let packs = totals.packs.isEmpty ? totals.wanted : totals.packs
    var found: Int?
    var largest = 1e-9 * max(1e-6, abs(best?.bound ?? 0))
    for source in packs.indices where !totals.exact.contains(source) {
      let allowed = branch.ranges[source].contains(packs[source])
      let flattery =
        allowed
        ? prices[source].cost(packs[source]) - totals.lines[source].cost(packs[source])
        : .greatestFiniteMagnitude
      // A range that cannot be split says nothing more.
      if flattery > largest, canSplit(branch.ranges[source], source) {
        largest = flattery
        found = source
      }
    }
    return found
  }

  /// The source with most units among those that a split would say more about: where no source is flattered but
  /// the points and the sources do not agree at any price.
  private func largestOpen(_ packs: [Int], _ branch: Branch) -> Int? {
    let sizes = relaxation.extent.sizes
    return packs.indices.filter { canSplit(branch.ranges[$0], $0) }
      .max { packs[$0] * sizes[$0] < packs[$1] * sizes[$1] }
  }

  private func brokenRule(_ packs: [Int]) -> BlockRule? {
    relaxation.extent.rules.first { !$0.holds(packs) }
  }

  /// The source of the rule with the widest range left, in units: its pieces are split first, then its middle.
  private func widest(_ rule: BlockRule?, _ branch: Branch) -> Int? {
    let sizes = relaxation.extent.sizes
    return rule?.sources.filter { canSplit(branch.ranges[$0], $0) }.max { first, second in
      let widths = [first, second].map { (branch.ranges[$0].most - branch.ranges[$0].least) * sizes[$0] }
      return widths[0] < widths[1]
    }
  }

  private func canSplit(_ range: BlockRange, _ source: Int) -> Bool {
    range.packs.map { range.allowsNone || $0.count > 1 } ?? false
  }

  /// Splits the source's range between the piece it was taken in and the one that promised its price; a
  /// single piece into using the source and not, or in the middle.
  private mutating func split(_ branch: Branch, _ source: Int, _ taken: Int, _ promised: Int, _ bound: Double)
  {
    let range = branch.ranges[source]
    guard let packs = range.packs else { return }
    let pieces = prices[source].pieces(in: range).map { prices[source].pieces[$0].packs.lowerBound }
    if pieces.count == 1, range.allowsNone {
      push(branch, source, BlockRange(allowsNone: true, packs: nil), bound)
      push(branch, source, BlockRange(allowsNone: false, packs: packs), bound)
      return
    }
    // The first pack of the upper part.
    var cut = packs.lowerBound + (packs.count + 1) / 2
    if pieces.count > 1 {
      let upper = max(taken, promised)
      cut = pieces.dropFirst().last { $0 <= upper } ?? pieces[1]
    }
    push(branch, source, BlockRange(allowsNone: range.allowsNone, packs: packs.lowerBound...(cut - 1)), bound)
    push(branch, source, BlockRange(allowsNone: false, packs: cut...packs.upperBound), bound)
  }

  private mutating func push(_ branch: Branch, _ source: Int, _ range: BlockRange, _ bound: Double) {
    var child = branch
    child.ranges[source] = range
    child.bound = bound
    open.append(child)
  }
}
