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

  init(_ instance: SingleSourceInstance) {
    self.instance = instance
    choice = MachineChoice(instance)
    gradient = [Int](repeating: 1, count: instance.customerCount)
  }

  /// The bound at `multipliers`, none of them negative.
  mutating func evaluate(_ multipliers: [Int]) {
    for s in instance.sites.indices { weigh(s, multipliers) }
    let extra = choice.choose()
    bound = instance.constant + multipliers.reduce(0, +) + choice.total
    machines = zip(instance.sites, extra).map { $0.terms.least + $1 }
    picked.removeAll(keepingCapacity: true)
    for s in instance.sites.indices where machines[s] > 0 { pick(s, multipliers) }
    for i in gradient.indices { gradient[i] = 1 }
    for k in picked { gradient[Int(instance.customer[Int(k)])] -= 1 }
  }

  /// The value of each number of machines at a site.
  private mutating func weigh(_ s: Int, _ multipliers: [Int]) {
    let site = instance.sites[s]
    let (sum, load) = collect(s, multipliers)
    let most = site.room(site.terms.most)
    if site.terms.most > 0, load > site.room(max(1, site.terms.least)) {
      table.reset(capacity: most / site.grain)
      for item in profits.indices { table.add(profit: profits[item], weight: weights[item]) }
    }
    for count in site.terms.least...site.terms.most {
      let room = site.room(count)
      let profit = count == 0 ? 0 : load <= room ? sum : table.best[room / site.grain]
      choice.set(site.terms.price * count - profit, site: s, extra: count - site.terms.least)
    }
  }

  private mutating func pick(_ s: Int, _ multipliers: [Int]) {
    let site = instance.sites[s]
    let (_, load) = collect(s, multipliers)
    let room = site.room(machines[s])
    guard load > room else {
      picked += items
      return
    }
    let chosen = table.chosen(profits: profits, weights: weights, capacity: room / site.grain)
    picked += chosen.map { items[$0] }
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
