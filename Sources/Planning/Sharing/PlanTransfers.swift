extension TransferProblem {
  /// The cheapest transfers found, and a bound that no transfers can beat.
  ///
  /// A minimum-cost flow over lots and days, with trips charged in part, proposes; whole packs are cut from
  /// it and improved one exchange at a time; every step is judged by the exact simulation of the two centres
  /// it touches, and none lets a donor fall below its threshold. The charge for a trip is then set from the
  /// load it had, and the flow proposes again. The bound is the same flow with the smallest possible
  /// charges: with packs of one unit and no cost for a trip the plan meets it wherever donors have one lot.
  ///
  /// - Throws: `SharingFaults` with everything that is wrong.
  package func plan() throws(SharingFaults) -> TransferPlan {
    try SharingFaults.check(faults)
    let balance = TransferBalance(self)
    var search = TransferSearch(balance)
    search.run()
    return TransferAccount(balance: balance, packs: search.best, bound: search.bound).plan
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

  init(_ balance: TransferBalance) {
    self.balance = balance
    best = balance.options.map { _ in 0 }
    bestCost = balance.undisturbed.reduce(0) { $0 + balance.penalty($1) }
    alone = balance.options.indices.map { TransferExchange(balance).largest($0) * balance.problem.packSize }
    bound = bestCost
  }

  mutating func run() {
    guard alone.contains(where: { $0 > 0 }) else { return }
    var charged = smallestCharges
    var network = TransferNetwork(balance, limits: alone, fixed: charged)
    var proposal = network.solve()
    bound = proposal.cost
    for _ in 0..<Self.rounds {
      var exchange = TransferExchange(balance)
      exchange.load(proposal.units.map { $0 / balance.problem.packSize })
      exchange.improve()
      keep(exchange)
      guard bestCost > bound else { return }
      charged = charges(for: exchange.packs)
      network = TransferNetwork(balance, limits: alone, fixed: charged)
      proposal = network.solve()
    }
  }

  private mutating func keep(_ exchange: TransferExchange) {
    guard exchange.cost < bestCost else { return }
    (best, bestCost) = (exchange.packs, exchange.cost)
  }

  /// The fixed cost of a trip spread over the most that it can carry: together never more than what is paid.
  private var smallestCharges: [Int] { charges { route in most(on: route) } }

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
