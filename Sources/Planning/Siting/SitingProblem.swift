/// Where to open sites for people who travel to them.
package struct SitingProblem: Sendable {
  package var times: TravelTable
  /// People, or need, at each demand point.
  package var weights: [Int64]
  /// Sites that are open already and stay so.
  package var existing: Set<Int> = []
  /// How many sites there may be in all, those that exist included; nil leaves it to the budget.
  package var sites: Int?
  /// What opening each site costs; empty when cost plays no part. Existing sites cost nothing more.
  package var prices: [Int64] = []
  package var budget: Int64?

  package init(times: TravelTable, weights: [Int64]) {
    self.times = times
    self.weights = weights
  }

  package var totalWeight: Int128 { weights.reduce(0) { $0 + Int128($1) } }

  /// How many sites may be opened beside those that exist.
  var room: Int { (sites ?? times.siteCount) - existing.count }

  /// The empty model over the sites that may be opened, each with the given cost of opening.
  func instance(openingCosts: [Double]? = nil) -> LocationInstance {
    let none = [Double](repeating: 0, count: times.siteCount)
    var instance = LocationInstance(fixedCost: openingCosts ?? none, limit: room)
    instance.candidates.removeAll { existing.contains(Int($0)) }
    if let budget, !prices.isEmpty {
      instance.price = prices.map { Double($0) }
      instance.budget = Double(budget)
    }
    return instance
  }

  /// The sites of a solution of `instance()`, with those that exist.
  func openSites(_ open: [Bool]) -> [Int] {
    open.indices.filter { open[$0] || existing.contains($0) }
  }

  func mask(_ sites: [Int]) -> [Bool] {
    var open = [Bool](repeating: false, count: times.siteCount)
    for j in sites { open[j] = true }
    return open
  }
}

/// What is asked of the sites.
package enum SitingModel: Sendable, Equatable {
  /// The least total of weight × time: everybody is served, the sum of journeys is least.
  case pMedian
  /// The least longest journey: nobody is far.
  case pCentre
  /// The most weight within the time limit.
  case maximalCovering(limit: Int64)
  /// The fewest, or cheapest, sites that bring everybody within the time limit.
  case setCovering(limit: Int64)
}

/// How long and how far to search.
package struct SitingEffort: Sendable {
  /// Stop once the plan is proven this close, relatively.
  package var gap = 0.0
  /// Asked now and then; true stops the search with what it has.
  package var expired: @Sendable () -> Bool
  /// What is left, for a solver that is given a time and cannot be asked; nil is no limit.
  package var remaining: @Sendable () -> Duration? = { nil }

  /// An integer solver for the coverings that the search of our own leaves undecided; none is needed.
  package var solver: (any Solver)?

  package init(gap: Double = 0, expired: @escaping @Sendable () -> Bool = { false }) {
    self.gap = gap
    self.expired = expired
  }
}
