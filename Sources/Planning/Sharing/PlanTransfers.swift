extension TransferProblem {
  /// The cheapest transfers found, and a bound that no transfers can beat.
  ///
  /// A minimum-cost flow over lots and days, with trips charged in part, proposes; whole packs are cut from
  /// it and improved one exchange at a time; every step is judged by the exact simulation of the two centres
  /// it touches, and none lets a donor fall below its threshold. The charge for a trip is then set from the
  /// load it had, and the flow proposes again. The bound is the same flow with the smallest possible
  /// charges, raised by a branch and bound over the trips (`TransferProof`): with packs of one unit and no cost for a trip
  /// the plan meets it wherever donors have one lot.
  ///
  /// - Parameter effort: about how many arcs the proof may look at; 0 for the bound of the first flow.
  /// - Returns: what to send, what it avoids, and how good that is proven to be.
  /// - Throws: `SharingFaults` with everything that is wrong.
  package func plan(effort: Int = TransferProof.effort) throws(SharingFaults) -> TransferPlan {
    try SharingFaults.check(faults)
    let balance = TransferBalance(self)
    var search = TransferSearch(balance)
    search.run(effort: effort)
    return TransferAccount(
      balance: balance,
      packs: search.best,
      bound: search.bound,
      least: (search.least(\.shortage), search.least(\.expiry))
    ).plan
  }
}

/// Looks for the cheapest packs on each option.
struct TransferSearch {
  private let balance: TransferBalance
  private(set) var best: [Int]
  private(set) var bound: Int
  private var bestCost: Int
  /// Units that an option may carry when it is alone.
  private let alone: [Int]

  private static let rounds = 4
  /// Proposals of the proof that are made whole.
  private static let tries = 24

  init(_ balance: TransferBalance) {
    self.balance = balance
    best = balance.options.map { _ in 0 }
    bestCost = balance.undisturbed.reduce(0) { $0 + balance.penalty($1) }
    alone = balance.options.indices.map { TransferExchange(balance).largest($0) * balance.problem.packSize }
    bound = bestCost
  }

  mutating func run(effort: Int) {
    guard alone.contains(where: { $0 > 0 }) else { return }
    var network = TransferNetwork(balance, limits: alone, fixed: smallestCharges)
    var proposal = network.solve()
    bound = balance.attainable(proposal.cost)
    for _ in 0..<Self.rounds {
      let packs = improve(proposal.units)
      guard bestCost > bound else { return }
      network = TransferNetwork(balance, limits: alone, fixed: charges(for: packs))
      proposal = network.solve()
    }
    prove(effort)
  }

  /// Makes a proposal whole and improves it; keeps it where it is the best so far.
  @discardableResult
  private mutating func improve(_ units: [Int]) -> [Int] {
    var exchange = TransferExchange(balance)
    exchange.load(units.map { $0 / balance.problem.packSize })
    exchange.improve()
    keep(exchange)
    return exchange.packs
  }

  /// Decides trips until the bound is met or the effort spent; what the flows on the way propose is tried, too.
  private mutating func prove(_ effort: Int) {
    var proof = TransferProof(
      balance,
      alone: alone,
      charges: smallestCharges,
      most: balance.routes.indices.map(most)
    )
    var tries = 0
    while bestCost > bound, let step = proof.step(effort: effort, below: bestCost) {
      bound = max(bound, step.bound)
      guard let units = step.units, tries < Self.tries else { continue }
      tries += 1
      improve(units)
    }
    bound = min(bound, bestCost)
  }

  /// The fewest units that any flow leaves short or lets expire when nothing else counts.
  func least(_ cost: WritableKeyPath<TransferProblem.Costs, Int>) -> Int {
    var problem = balance.problem
    problem.costs = TransferProblem.Costs(trip: 0, shortage: 0, expiry: 0)
    problem.costs[keyPath: cost] = 1
    let free = TransferBalance(problem)
    var network = TransferNetwork(free, limits: alone, fixed: alone.map { _ in 0 })
    return network.solve().cost
  }

  private mutating func keep(_ exchange: TransferExchange) {
    guard exchange.cost < bestCost else { return }
    (best, bestCost) = (exchange.packs, exchange.cost)
  }

  /// The fixed cost of a trip spread over the most that it can carry: together never more than what is paid.
  private var smallestCharges: [Int] { charges { route in most(on: route) } }

  /// For the next proposal: the fixed cost of a trip over the load that it had.
  private func charges(for packs: [Int]) -> [Int] {
    let smallest = smallestCharges
    let loads = Dictionary(grouping: packs.indices) { balance.options[$0].route }
      .mapValues { $0.reduce(0) { $0 + packs[$1] } * balance.problem.packSize }
    return zip(smallest, charges { max(1, loads[$0] ?? 0) }).map(max)
  }

  /// The most units that a trip can carry to any use: no more than its lots allow, and no more than the
  /// receiver lacks and the donor loses, because a unit that avoids neither can stay.
  private func most(on route: Int) -> Int {
    let options = balance.options.indices.filter { balance.options[$0].route == route }
    guard let ends = options.first.map({ balance.options[$0] }) else { return 0 }
    let useful = balance.undisturbed[ends.to].shortfall + balance.undisturbed[ends.from].waste
    return min(useful, options.reduce(0) { $0 + alone[$1] })
  }

  private func charges(_ load: (Int) -> Int) -> [Int] {
    let scale = TransferNetwork.scale(of: balance.problem)
    return balance.options.map { option in
      let fixed = balance.problem.costs.fixed(balance.routes[option.route])
      return fixed * scale / max(1, load(option.route))
    }
  }
}
