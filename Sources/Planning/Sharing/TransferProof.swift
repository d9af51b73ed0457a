/// Raises the bound of a transfer problem by deciding its trips one by one.
///
/// Each node of a best-first branch and bound is a flow in which some trips are paid whole, some are not made, and the rest
/// are charged in part for what they carry, by at most what they would cost. The trip of which the flow pays least of what it
/// owes is decided next. Nothing is left to decide where every trip that carries anything is paid whole: what remains
/// between such a node and a plan is whole packs, parcels and thresholds over several lots.
package struct TransferProof {
  /// Arcs that are looked at before the proof gives up, in all flows together: some seconds.
  package static let effort = 3_000_000

  private let balance: TransferBalance
  private let alone: [Int]
  private let charges: [Int]
  /// The most that each trip can carry to any use.
  private let most: [Int]
  private var open: [Node]
  private var spent = 0

  private struct Node {
    /// By trip: paid whole, not made, or undecided.
    var decided: [Int: Bool]
    var bound: Int
    var units: [Int]
    /// What is decided next; nil where nothing is left.
    var branch: Int?
  }

  init(_ balance: TransferBalance, alone: [Int], charges: [Int], most: [Int]) {
    (self.balance, self.alone, self.charges, self.most) = (balance, alone, charges, most)
    open = []
  }

  /// Looks at the node with the least bound.
  /// - Returns: the least cost of all that is still possible below `cost`, and what the node's flow sends, where that is new;
  ///   nil where the effort is spent or nothing is left to decide.
  mutating func step(effort: Int, below cost: Int) -> (bound: Int, units: [Int]?)? {
    if spent == 0 {
      guard effort > 0 else { return nil }
      open = [node([:])]
      return (least(below: cost), nil)
    }
    guard spent < effort, let index = open.indices.min(by: { open[$0].bound < open[$1].bound }),
      open[index].bound < cost, let branch = open[index].branch
    else { return nil }
    let parent = open.remove(at: index)
    let children = [true, false].map { isMade in
      var child = node(parent.decided.merging([branch: isMade]) { _, new in new })
      child.bound = max(child.bound, parent.bound)
      return child
    }
    open += children.filter { $0.bound < cost }
    return (least(below: cost), children.min { $0.bound < $1.bound }?.units)
  }

  private func least(below cost: Int) -> Int { min(cost, open.map(\.bound).min() ?? cost) }

  private mutating func node(_ decided: [Int: Bool]) -> Node {
    let limits = alone.indices.map { decided[balance.options[$0].route] == false ? 0 : alone[$0] }
    let fixed = charges.indices.map { decided[balance.options[$0].route] == nil ? charges[$0] : 0 }
    var network = TransferNetwork(balance, limits: limits, fixed: fixed, gates: alone)
    spent += max(1, network.arcs)
    let (units, cost) = network.solve()
    let paid = decided.filter(\.value).keys.reduce(0) {
      $0 + balance.problem.costs.fixed(balance.routes[$1])
    }
    return Node(
      decided: decided,
      bound: balance.attainable(cost + paid),
      units: units,
      branch: owing(units, decided)
    )
  }

  /// The undecided trip that owes most: its fixed cost less what its load is charged.
  private func owing(_ units: [Int], _ decided: [Int: Bool]) -> Int? {
    var loads: [Int: Int] = [:]
    for (option, load) in units.enumerated() where load > 0 {
      loads[balance.options[option].route, default: 0] += load
    }
    func debt(_ route: Int, _ load: Int) -> Int {
      let fixed = balance.problem.costs.fixed(balance.routes[route])
      return fixed - fixed * min(load, most[route]) / max(1, most[route])
    }
    return loads.filter { decided[$0.key] == nil && debt($0.key, $0.value) > 0 }
      .max { (debt($0.key, $0.value), $1.key) < (debt($1.key, $1.value), $0.key) }?.key
  }
}

extension TransferBalance {
  /// The least amount from a cost on that shortages, expiries, trips and parcels can come to.
  func attainable(_ cost: Int) -> Int {
    let costs = problem.costs
    let parts = [costs.parcel, costs.shortage, costs.expiry] + routes.map { costs.fixed($0) }
    let unit = parts.reduce(0, Self.greatestCommonDivisor)
    return unit > 1 ? (cost + unit - 1) / unit * unit : cost
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
