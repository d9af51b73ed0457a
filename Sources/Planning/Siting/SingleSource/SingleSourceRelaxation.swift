/// The Lagrangian bound of a single-source instance: customers are charged λ_i for being served, and each site is
/// filled on its own, which is a knapsack.
///
///     L(λ) = constant + Σ_i λ_i + min { Σ_j price_j·m_j − K_j(m_j) },
///     K_j(m) = max { Σ_i (λ_i − cost_ij)·x_i : Σ_i load_i·x_i ≤ room_j(m) }
///
/// Its maximum is the bound of the formulation by whole clusters, which is far nearer to the truth than the plain
/// linear relaxation (Ceselli and Righini 2005; Pirkul 1987). Multipliers are whole numbers, so every sum is exact.
/// Cost: one table a site, its items with a profit × its room ÷ its grain.
struct SingleSourceRelaxation {
  let instance: SingleSourceInstance
  private(set) var bound = Int.min
  private(set) var choice: MachineChoice
  /// Machines at each site in the relaxation's solution.
  private(set) var machines: [Int] = []
  /// The pairs of that solution.
  private(set) var picked: [Int32] = []
  /// 1 − how often each customer is served.
  private(set) var gradient: [Int]
  private var table = KnapsackTable()
  private var items: [Int32] = []
  private var profits: [Int] = []
  private var weights: [Int] = []
  /// Profits, where positive, of the pairs when their site was last filled, and the values that came out.
  private var known: [Int]
  private var filled: [Int]
  private var picks: [[Int32]]
  private var isExact: [Bool]

  init(_ instance: SingleSourceInstance) {
    self.instance = instance
    choice = MachineChoice(instance)
    gradient = [Int](repeating: 1, count: instance.customerCount)
    known = [Int](repeating: 0, count: instance.customer.count)
    filled = choice.values
    picks = choice.values.map { _ in [] }
    isExact = [Bool](repeating: false, count: instance.sites.count)
    for s in instance.sites.indices {
      let terms = instance.sites[s].terms
      // Without any profit a site is worth what its machines cost.
      for count in terms.least...terms.most {
        filled[choice.first[s] + count - terms.least] = terms.price * count
      }
    }
  }

  /// The bound at `multipliers`, none of them negative.
  ///
  /// A site that has not been filled at these multipliers is valued at what it was, less all that its pairs have
  /// gained since, which it cannot be below. Only those that are chosen in spite of it are filled, until all that are
  /// chosen are; `isComplete` has all of them filled.
  mutating func evaluate(_ multipliers: [Int], isComplete: Bool = false) {
    for s in instance.sites.indices { estimate(s, multipliers) }
    if isComplete { for s in instance.sites.indices { fill(s, multipliers) } }
    var extra = choice.choose()
    while true {
      let open = instance.sites.indices.filter { s in
        !isExact[s] && instance.sites[s].terms.least + extra[s] > 0
      }
      if open.isEmpty { break }
      for s in open { fill(s, multipliers) }
      extra = choice.choose()
    }
    bound = instance.constant + multipliers.reduce(0, +) + choice.total
    machines = zip(instance.sites, extra).map { $0.terms.least + $1 }
    picked.removeAll(keepingCapacity: true)
    for s in instance.sites.indices { picked += picks[choice.first[s] + extra[s]] }
    for i in gradient.indices { gradient[i] = 1 }
    for k in picked { gradient[Int(instance.customer[Int(k)])] -= 1 }
  }

  /// Values a site from below.
  private mutating func estimate(_ s: Int, _ multipliers: [Int]) {
    let gained = instance.gained(s, multipliers, known)
    isExact[s] = false
    let least = instance.sites[s].terms.least
    for place in choice.first[s]..<choice.first[s + 1] {
      let isEmpty = least == 0 && place == choice.first[s]
      choice.set(isEmpty ? 0 : filled[place] - gained, at: place)
    }
  }

  /// The value of each number of machines at a site.
  private mutating func fill(_ s: Int, _ multipliers: [Int]) {
    guard !isExact[s] else { return }
    isExact[s] = true
    let site = instance.sites[s]
    let (sum, load) = collect(s, multipliers)
    let most = site.room(site.terms.most)
    if site.terms.most > 0, load > site.room(max(1, site.terms.least)) {
      table.fill(profits, weights, capacity: most / site.grain)
    }
    for count in site.terms.least...site.terms.most {
      let room = site.room(count)
      let profit = count == 0 ? 0 : load <= room ? sum : table.best[room / site.grain]
      let place = choice.first[s] + count - site.terms.least
      filled[place] = site.terms.price * count - profit
      choice.set(filled[place], at: place)
      if load <= room {
        picks[place] = count == 0 ? [] : items
      } else {
        picks[place] = count == 0 ? [] : table.chosen(within: room / site.grain).map { items[$0] }
      }
    }
    for k in instance.start[s]..<instance.start[s + 1] {
      known[k] = max(0, multipliers[Int(instance.customer[k])] - instance.cost[k])
    }
  }

  /// The items of a site that bring a profit; answers their profit and load in all.
  private mutating func collect(_ s: Int, _ multipliers: [Int]) -> (profit: Int, load: Int) {
    items.removeAll(keepingCapacity: true)
    profits.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    let grain = instance.sites[s].grain
    var (sum, total) = (0, 0)
    for k in instance.start[s]..<instance.start[s + 1] {
      let i = Int(instance.customer[k])
      let profit = multipliers[i] - instance.cost[k]
      guard profit > 0 else { continue }
      let load = instance.loads[i]
      items.append(Int32(k))
      profits.append(profit)
      weights.append(grain == 1 ? load : load / grain)
      sum += profit
      total += load
    }
    return (sum, total)
  }
}

extension SingleSourceInstance {
  /// By how much the profits of a site's pairs have grown in all beyond what was known of them.
  fileprivate func gained(_ s: Int, _ multipliers: [Int], _ known: [Int]) -> Int {
    let (customer, cost) = (self.customer.span, self.cost.span)
    let (lambda, known) = (multipliers.span, known.span)
    var gained = 0
    for k in start[s]..<start[s + 1] {
      let profit = lambda[unchecked: Int(customer[unchecked: k])] - cost[unchecked: k]
      if profit > known[unchecked: k] { gained += profit - known[unchecked: k] }
    }
    return gained
  }
}
