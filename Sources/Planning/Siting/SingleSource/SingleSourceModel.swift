/// A capacitated location problem in which each customer is served whole by one site, in integers.
///
///     minimise  Σ_j price_j·(m_j − least_j) + Σ_ij cost_ij·x_ij
///     where     Σ_j x_ij = 1,  x_ij ≤ m_j,  Σ_i load_i·x_ij ≤ capacity_j·m_j,
///               least_j ≤ m_j ≤ most_j,  Σ_j m_j ≤ limit,  x_ij ∈ {0, 1}, m_j integer
struct SingleSourceModel: Sendable {
  struct Site: Sendable, Equatable {
    /// What one machine can serve, and what one more costs.
    var capacity: Int
    var price: Int
    /// Machines there.
    var least: Int
    var most: Int

    /// Machines that serve `load` for one customer or more, those that must be there included.
    func machines(for load: Int, isUsed: Bool) -> Int {
      guard capacity > 0 else { return max(least, isUsed ? 1 : 0) }
      let needed = (load + capacity - 1) / capacity
      return max(least, needed, isUsed ? 1 : 0)
    }
  }

  let sites: [Site]
  let loads: [Int]
  /// Machines in all.
  let limit: Int
  /// Pairs of site j are `start[j]..<start[j + 1]`, by customer.
  let start: [Int]
  let customer: [Int32]
  let cost: [Int]
  /// The same pairs by customer, cheapest first.
  let service: TravelTable
  /// More than any plan costs.
  let far: Int
  /// Costs and multipliers are kept in this many parts of a unit, a power of two.
  let scale: Int

  /// `far` is at most 2^50.
  init(sites: [Site], loads: [Int], limit: Int, _ service: TravelTable, far: Int) {
    self.sites = sites
    self.loads = loads
    self.limit = limit
    self.service = service
    self.far = far
    scale = (0...10).map { 1 << (10 - $0) }.first { far * $0 <= 1 << 50 } ?? 1
    var count = [Int](repeating: 0, count: sites.count + 1)
    for j in service.site { count[Int(j) + 1] += 1 }
    for j in sites.indices { count[j + 1] += count[j] }
    start = count
    var customer = [Int32](repeating: 0, count: service.site.count)
    var cost = [Int](repeating: 0, count: service.site.count)
    for i in loads.indices {
      for leg in service.legs(from: i) {
        customer[count[leg.site]] = Int32(i)
        cost[count[leg.site]] = Int(leg.time)
        count[leg.site] += 1
      }
    }
    self.customer = customer
    self.cost = cost
  }

  /// Multipliers stay below this, so that the sum of all is below 2^61.
  var greatestMultiplier: Int { min(far * scale, (1 << 61) / max(1, loads.count)) }

  /// A plan and what it costs.
  struct Plan: Sendable, Equatable {
    var value: Int
    /// The site of each customer.
    var site: [Int32]
  }

  /// Whether the largest machines that there may be can serve everybody's load.
  var canHoldAll: Bool {
    let least = sites.reduce(0) { $0 + $1.least }
    let sure = sites.reduce(0) { $0 + $1.least * $1.capacity }
    let others = sites.flatMap { repeatElement($0.capacity, count: $0.most - $0.least) }
    let most = others.sorted(by: >).prefix(max(0, limit - least)).reduce(sure, +)
    return loads.reduce(0, +) <= most
  }

  /// Machines that a plan needs at each site; nil when there are not so many.
  func machines(for site: [Int32]) -> [Int]? {
    var taken = [Int](repeating: 0, count: sites.count)
    var isUsed = [Bool](repeating: false, count: sites.count)
    for (i, j) in site.enumerated() {
      taken[Int(j)] += loads[i]
      isUsed[Int(j)] = true
    }
    let machines = sites.indices.map { sites[$0].machines(for: taken[$0], isUsed: isUsed[$0]) }
    let isAllowed = sites.indices.allSatisfy { j in
      machines[j] <= sites[j].most && taken[j] <= machines[j] * sites[j].capacity
    }
    return isAllowed && machines.reduce(0, +) <= limit ? machines : nil
  }

  /// The cost of serving each customer from `site`; nil when that is not allowed.
  func value(of site: [Int32]) -> Int? {
    guard let machines = machines(for: site) else { return nil }
    var total = zip(machines, sites).reduce(0) { $0 + ($1.0 - $1.1.least) * $1.1.price }
    for (i, j) in site.enumerated() {
      guard let leg = service.legs(from: i).first(where: { $0.site == Int(j) }) else { return nil }
      total += Int(leg.time)
    }
    return total
  }
}
