/// The cheapest way to serve one item at given prices: branch and bound over the tiers.
///
/// A branch bounds each source's cost from below by its least price of a pack over the range the branch
/// allows, which makes the points independent; the source that this flatters most is then paid exactly, and
/// where another is still flattered its range is split at the tier that promised the price. Every relaxed
/// answer is also a plan when its totals can be ordered. Ends with the proven best, or after `branches` with a
/// bound below it.
struct TierSearch<Relaxation: BlockRelaxation> {
  private var relaxation: Relaxation
  private let prices: [BlockPrice]
  private let branches: Int
  private(set) var best: BlockTotals?
  private var open: [Branch] = []
  private var unresolvedBound = Double.infinity

  private struct Branch {
    var ranges: [BlockRange]
    var bound: Double
  }

  init(_ relaxation: Relaxation, _ prices: [BlockPrice], branches: Int = 150) {
    self.relaxation = relaxation
    self.prices = prices
    self.branches = branches
  }

  /// The best plan found and a bound that no plan undercuts; both infinite where there is no plan.
  mutating func solve() -> (bound: Double, best: BlockTotals?) {
    let ranges = prices.map { price in
      let packs = price.pieces.first.map { $0.packs.lowerBound...(price.pieces.last ?? $0).packs.upperBound }
      return BlockRange(allowsNone: true, packs: packs)
    }
    open = [Branch(ranges: ranges, bound: -.infinity)]
    var visited = 0
    while let branch = open.popLast() {
      if branch.bound >= cutoff { continue }
      if visited == branches {
        open.append(branch)
        break
      }
      visited += 1
      explore(branch)
    }
    let left = min(unresolvedBound, open.map(\.bound).min() ?? .infinity)
    return (min(left, best?.cost ?? .infinity), best)
  }

  private var cutoff: Double { best.map { $0.cost - 1e-9 * max(1, abs($0.cost)) } ?? .infinity }

  private mutating func explore(_ branch: Branch) {
    let least = zip(prices, branch.ranges).map { $0.leastPerPack($1) }
    let linear = least.map(\.price)
    guard let relaxed = relaxation.cheapest(linear), relaxed.cost < cutoff else { return }
    keep(relaxed)
    guard let first = mostFlattered(relaxed.packs, branch, linear, except: nil) else { return }
    guard
      let joined = relaxation.cheapest(linear, exact: first, prices[first], branch.ranges[first])
    else { return }
    let bound = max(branch.bound, max(relaxed.cost, joined.cost))
    keep(joined)
    guard bound < cutoff else { return }
    // The source just paid exactly may still be what to split: when no other is flattered, the plan is the
    // branch's best.
    guard let second = mostFlattered(joined.packs, branch, linear, except: first) else { return }
    split(branch, second, joined.packs[second], at: least[second].at, bound)
  }

  /// Takes the totals as a plan, at their true cost, when all of them can be ordered.
  private mutating func keep(_ totals: BlockTotals) {
    var cost = 0.0
    for (price, packs) in zip(prices, totals.packs) {
      cost += price.cost(packs)
      if cost == .infinity { return }
    }
    if cost < best?.cost ?? .infinity {
      best = totals
      best?.cost = cost
    }
  }

  /// The source whose packs the branch does not allow, or else the one that costs most more than assumed.
  private func mostFlattered(
    _ packs: [Int],
    _ branch: Branch,
    _ linear: [Double],
    except: Int?
  ) -> Int? {
    var found: Int?
    var largest = 1e-9
    for source in packs.indices where source != except {
      let allowed = branch.ranges[source].contains(packs[source])
      let assumed = packs[source] == 0 ? 0 : linear[source] * Double(packs[source])
      let flattery = allowed ? prices[source].cost(packs[source]) - assumed : .infinity
      if flattery > largest {
        largest = flattery
        found = source
      }
    }
    return found
  }

  /// Splits the source's range between what was taken of it and what its price was promised at.
  private mutating func split(
    _ branch: Branch,
    _ source: Int,
    _ taken: Int,
    at promised: Int,
    _ bound: Double
  ) {
    let range = branch.ranges[source]
    guard let packs = range.packs else { return }
    let start = prices[source].pieces.last { $0.packs.lowerBound <= promised }?.packs.lowerBound ?? promised
    var cut = taken < start ? start - 1 : min(taken, packs.upperBound - 1)
    if taken > packs.upperBound || cut < packs.lowerBound { cut = packs.lowerBound - 1 }
    if cut < packs.lowerBound, !range.allowsNone {
      // Forced, and not divisible below: halve the range.
      guard packs.count > 1 else { return unresolved(bound) }
      cut = (packs.lowerBound + packs.upperBound) / 2
    }
    push(branch, source, BlockRange(allowsNone: false, packs: cut + 1...packs.upperBound), bound)
    let lower = cut >= packs.lowerBound ? packs.lowerBound...cut : nil
    push(branch, source, BlockRange(allowsNone: range.allowsNone, packs: lower), bound)
  }

  private mutating func push(_ branch: Branch, _ source: Int, _ range: BlockRange, _ bound: Double) {
    var child = branch
    child.ranges[source] = range
    child.bound = bound
    open.append(child)
  }

  /// Nothing is left to split although two sources stay flattered: the bound stays open and is reported.
  private mutating func unresolved(_ bound: Double) { unresolvedBound = min(unresolvedBound, bound) }
}
