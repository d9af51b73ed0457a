/// Raises the bound of one node with the volume algorithm (Barahona and Anbil 2000), as `DualAscent` does for
/// instances without capacities. Positions are kept in floating point and rounded to whole multipliers, at which the
/// bound is exact. Cost: one evaluation of the bound a step.
struct SingleSourceAscent {
  static let root = AscentEffort(steps: 3000, patience: 20, length: 1, leastLength: 0.0005, averaging: 0.05)
  static let again = AscentEffort(steps: 150, patience: 8, length: 0.2, leastLength: 0.01, averaging: 0.1)
  static let node = AscentEffort(steps: 80, patience: 6, length: 0.2, leastLength: 0.02, averaging: 0.05)

  private let instance: SingleSourceInstance
  private var effort: AscentEffort
  private(set) var relaxation: SingleSourceRelaxation
  private var lambda: [Int]
  private let greatest: Int
  private var direction: [Double] = []
  private var idle = 0
  /// The best bound found, and the multipliers that prove it.
  private(set) var best = -(1 << 61)
  private(set) var multipliers: [Int]
  /// How often, of late, each pair was in the relaxation's solution, and how many machines each site had: an
  /// estimate of its fractional solution.
  private(set) var use: [Double]
  private(set) var machines: [Double]

  init(_ node: SingleSourceNode, greatest: Int, effort: AscentEffort) {
    instance = node.instance
    self.effort = effort
    self.greatest = greatest
    relaxation = SingleSourceRelaxation(node.instance)
    lambda = node.multipliers
    multipliers = node.multipliers
    use = [Double](repeating: 0, count: node.instance.customer.count)
    machines = [Double](repeating: 0, count: node.instance.sites.count)
  }

  /// Climbs until the effort is spent or `search` settles the bound. `onRise` sees the relaxation whenever the bound
  /// rises.
  mutating func run(
    _ search: inout SingleSourceSearch,
    onRise: (inout SingleSourceSearch, SingleSourceRelaxation) -> Void
  ) {
    for step in 1...effort.steps {
      relaxation.evaluate(lambda)
      average(isFirst: step == 1)
      if relaxation.bound > best {
        idle = Double(relaxation.bound - best) > 1e-5 * Double(abs(best)) ? 0 : idle + 1
        best = relaxation.bound
        multipliers = lambda
        onRise(&search, relaxation)
        if search.isSettled(best) { return }
        effort.length = min(2, effort.length * 1.05)
      } else {
        idle += 1
      }
      if idle >= effort.patience {
        idle = 0
        effort.length *= 0.66
        if effort.length < effort.leastLength { break }
      }
      if search.expired() || !advance(goal: search.goal(above: best)) { break }
    }
    relaxation.evaluate(multipliers, isComplete: true)
  }

  /// Moves direction and estimates towards what the last evaluation found.
  private mutating func average(isFirst: Bool) {
    let share = isFirst ? 1 : effort.averaging
    if isFirst { direction = relaxation.gradient.map { Double($0) } }
    for i in direction.indices { direction[i] += share * (Double(relaxation.gradient[i]) - direction[i]) }
    for s in machines.indices { machines[s] += share * (Double(relaxation.machines[s]) - machines[s]) }
    for k in use.indices { use[k] *= 1 - share }
    for k in relaxation.picked { use[Int(k)] += share }
  }

  /// Takes a step from the best multipliers; false when the direction has vanished.
  private mutating func advance(goal: Int) -> Bool {
    let square = direction.reduce(0) { $0 + $1 * $1 }
    guard square > 1e-12 else { return false }
    let distance = max(Double(goal - best), 1)
    let size = effort.length * distance / square
    for i in lambda.indices {
      let moved = (Double(multipliers[i]) + size * direction[i]).rounded()
      lambda[i] = Int(min(Double(greatest), max(0, moved)))
    }
    return true
  }
}
