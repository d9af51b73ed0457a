/// Raises the Lagrangian bound of one node with the volume algorithm (Barahona and Anbil 2000): steps start
/// from the best multipliers known and follow a running average of the subgradients, which is what a
/// relaxation with many equal optima needs. Cost: one evaluation of the bound a step.
struct DualAscent {
  /// The averaging shrinks with the length.
  static let root = AscentEffort(steps: 10_000, patience: 8, length: 0.1, leastLength: 0.0001, averaging: 0.1)
  /// From multipliers that are good already, for a better plan.
  static let again = AscentEffort(steps: 60, patience: 6, length: 1, leastLength: 0.1, averaging: 0.07)
  static let node = AscentEffort(steps: 60, patience: 6, length: 2, leastLength: 0.05, averaging: 0.07)

  private let instance: LocationInstance
  private let grid: Double
  private var effort: AscentEffort
  private var relaxation: Lagrangian
  private var lambda: [Double]
  /// How far apart a client's costs lie: steps are measured by it, for a town of a million moves its multiplier by a
  /// thousand times what a village does.
  private let scale: [Double]
  private var direction: [Double] = []
  private var idle = 0
  private var averaging: Double
  private var checkpoint = -Double.infinity
  private var isStalling = false
  private var opening = Set<Int32>()
  private var closing = Set<Int32>()
  /// The best bound found, and the multipliers that prove it.
  private(set) var best = -Double.infinity
  private(set) var multipliers: [Double]
  /// How often, of late, each site was in the relaxation's solution: an estimate of its fractional one.
  private(set) var frequency: [Double]

  /// Sites whose closing, or whose opening, would cost too much for the node to hold anything better.
  var mustOpen: [Int32] { opening.sorted() }
  var mustClose: [Int32] { closing.sorted() }

  init(_ node: LocationNode, grid: Double, effort: AscentEffort) {
    instance = node.instance
    self.grid = grid
    self.effort = effort
    relaxation = Lagrangian(node.instance, grid: grid)
    lambda = node.multipliers
    averaging = effort.averaging
    scale = node.instance.spreads
    multipliers = node.multipliers
    frequency = [Double](repeating: 0, count: node.instance.siteCount)
  }

  /// Climbs until the effort is spent or `search` settles the bound. `onRise` sees the sites that the
  /// relaxation chose whenever the bound rises.
  mutating func run(_ search: inout LocationSearch, onRise: (inout LocationSearch, [Int32]) -> Void) {
    for step in 1...effort.steps {
      relaxation.evaluate(lambda)
      recordFrequency()
      recordForced(search)
      let slope = average(isFirst: step == 1)
      if relaxation.bound > best {
        rise(slope)
        onRise(&search, relaxation.chosen)
        if search.isSettled(best) { return }
      } else {
        idle += 1
      }
      if idle >= effort.patience {
        idle = 0
        effort.length *= 0.66
        averaging = max(0.01, averaging * 0.9)
        if effort.length < effort.leastLength {
          if isStalling || step < 100 { return }
          effort.length = effort.leastLength
        }
      }
      if step % 100 == 0 { noteProgress(goal: search.value) }
      if search.expired() || !advance(goal: search.value) { return }
    }
  }

  private mutating func rise(_ slope: Double) {
    if relaxation.bound > best + 1e-5 * abs(best) { idle = 0 } else { idle += 1 }
    best = relaxation.bound
    multipliers = lambda
    if slope > 0 { effort.length = min(2, effort.length * 1.1) }
  }

  private mutating func recordFrequency() {
    for j in instance.candidates { frequency[Int(j)] *= 0.9 }
    for j in relaxation.chosen { frequency[Int(j)] += 0.1 }
  }

  /// Forcing a site in or out changes the relaxation by the difference to the site it displaces.
  private mutating func recordForced(_ search: LocationSearch) {
    let bound = relaxation.bound
    for j in instance.candidates {
      let reduced = relaxation.reduced[Int(j)]
      if relaxation.isChosen[Int(j)] {
        if search.isSettled(bound - reduced + relaxation.runnerUp) { opening.insert(j) }
      } else if search.isSettled(bound + reduced - relaxation.threshold) {
        closing.insert(j)
      }
    }
  }

  /// Moves the direction towards the new subgradient; answers their inner product.
  private mutating func average(isFirst: Bool) -> Double {
    if isFirst {
      direction = relaxation.gradient
      return 0
    }
    var product = 0.0
    for i in direction.indices {
      let slope = relaxation.gradient[i]
      product += slope * direction[i]
      direction[i] += averaging * (slope - direction[i])
    }
    return product
  }

  /// The bound hardly moves when a hundred steps closed less than a hundredth of what is open. A large instance
  /// still climbs by short steps when a small one has long arrived.
  private mutating func noteProgress(goal: Double) {
    isStalling = best - checkpoint < 0.01 * (goal - best)
    checkpoint = best
  }

  /// Takes a step from the best multipliers; false when the direction has vanished.
  private mutating func advance(goal: Double) -> Bool {
    var square = 0.0
    for i in direction.indices { square += scale[i] * direction[i] * direction[i] }
    guard square > 0 else { return false }
    let distance = max(goal - max(best, -abs(goal)), 1e-6 * max(1, abs(goal)))
    let size = effort.length * distance / square
    for i in lambda.indices {
      let least = instance.cost[instance.start[i]]
      let moved = ((multipliers[i] + size * scale[i] * direction[i]) / grid).rounded() * grid
      lambda[i] = min(instance.outside[i], max(least, moved))
    }
    return true
  }
}

extension LocationInstance {
  /// The range of each client's costs; where they are all equal, what being served saves.
  fileprivate var spreads: [Double] {
    (0..<clientCount).map { i in
      let (first, last) = (cost[start[i]], cost[start[i + 1] - 1])
      return max(last > first ? last - first : outside[i] - first, 1e-9)
    }
  }
}
