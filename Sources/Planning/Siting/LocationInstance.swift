/// The model that p-median, maximal covering and warehouse location share.
///
///     minimise  constant + Σ_j fixedCost_j·y_j + Σ_i min(outside_i, min { cost_ij : y_j = 1 })
///     where     Σ_j y_j ≤ limit,  Σ_j price_j·y_j ≤ budget,  y_j ∈ {0, 1}
///
/// `outside_i` is what client i costs when no open site is nearer: the nearest site that is open already, the
/// weight lost when nobody covers it, or a penalty above every feasible plan where it must be served. That
/// one term makes branching a plain substitution: opening a site lowers `outside`, closing one drops it, and
/// either way the instance gets smaller.
struct LocationInstance: Sendable {
  /// Entries of client i are `start[i]..<start[i + 1]`, in ascending cost, all below `outside[i]`.
  var start: [Int] = [0]
  var site: [Int32] = []
  var cost: [Double] = []
  var outside: [Double] = []
  var fixedCost: [Double]
  /// What each site takes of `budget`; empty when there is none.
  var price: [Double] = []
  var budget = Double.infinity
  var limit: Int
  var constant = 0.0
  /// Sites that may still be opened, ascending.
  var candidates: [Int32]

  var clientCount: Int { outside.count }
  var siteCount: Int { fixedCost.count }

  init(fixedCost: [Double], limit: Int) {
    self.fixedCost = fixedCost
    self.limit = limit
    candidates = fixedCost.indices.map(Int32.init)
  }

  /// Adds a client whose pairs come in ascending cost; those that cost as much as `outside` are useless.
  mutating func addClient(outside limit: Double, pairs: some Sequence<(site: Int32, cost: Double)>) {
    for pair in pairs {
      guard pair.cost < limit else { break }
      site.append(pair.site)
      cost.append(pair.cost)
    }
    guard site.count > start[start.count - 1] else {
      constant += limit
      return
    }
    start.append(site.count)
    outside.append(limit)
  }

  /// The objective of a set of open sites. Cost: one look at every entry at most.
  func value(of open: [Bool]) -> Double {
    var total = constant
    for j in fixedCost.indices where open[j] { total += fixedCost[j] }
    for i in 0..<clientCount {
      let served = (start[i]..<start[i + 1]).first { open[Int(site[$0])] }
      total += served.map { cost[$0] } ?? outside[i]
    }
    return total
  }
}
