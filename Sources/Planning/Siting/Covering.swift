extension SitingProblem {
  /// Maximal covering (Church and ReVelle 1974): the weight that no open site reaches is least.
  ///
  /// Demand points with the same set of covering sites are one client, so the model grows with the number of
  /// different neighbourhoods and not with the number of people.
  func solveMaximalCovering(_ limit: Int64, _ effort: SitingEffort) -> SitingPlan {
    let precision = LocationPrecision(greatest: totalWeight + 1)
    let instance = coveringInstance(limit, weights, precision, instance())
    let covered = totalWeight
    var search = LocationSearch(instance, precision: precision, gap: effort.gap, until: effort.expired)
    search.wholeWeight = Double(covered)
    search.run()
    var plan = plan(search, value: { _, assignment in weight(assignment) }, limit: limit)
    plan.bound = search.bound >= search.value ? plan.objective : covered - Int128(search.bound.rounded(.up))
    plan.settle(effort)
    return plan
  }

  private func weight(_ assignment: [Int?]) -> Int128 {
    zip(weights, assignment).reduce(0) { $1.1 == nil ? $0 : $0 + Int128($1.0) }
  }

  /// One client per different set of covering sites; those that an existing site covers are left out.
  func coveringInstance(
    _ limit: Int64,
    _ weights: [Int64],
    _ precision: LocationPrecision,
    _ empty: LocationInstance
  ) -> LocationInstance {
    var instance = empty
    var merged: [[Int32]: Int128] = [:]
    for point in 0..<times.pointCount {
      let near = times.legs(from: point).prefix { $0.time <= limit }.map { Int32($0.site) }.sorted()
      if near.contains(where: { existing.contains(Int($0)) }) { continue }
      merged[near, default: 0] += Int128(weights[point])
    }
    for near in merged.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let weight = precision.cost(merged[near] ?? 0)
      instance.addClient(outside: weight, pairs: near.map { (site: $0, cost: 0) })
    }
    return instance
  }

  /// Set covering (Toregas et al. 1971): the cheapest sites that leave nobody out; each costs one where no
  /// prices are given.
  func solveSetCovering(_ limit: Int64, _ effort: SitingEffort) -> SitingPlan {
    prices.isEmpty ? fewestSites(limit, effort) : cheapestSites(limit, effort)
  }

  /// The search for sites that reach everybody within `limit`, over what is left after reduction.
  func coverSearch(within limit: Int64, _ effort: SitingEffort) -> CoverSearch {
    let ones = [Int64](repeating: 1, count: times.pointCount)
    let precision = LocationPrecision(greatest: Int128(times.pointCount) + 1)
    var instance = coveringInstance(limit, ones, precision, instance())
    instance.keepCore()
    return CoverSearch(coverers: instance.coverers, siteCount: times.siteCount, effort)
  }

  /// The least number of sites that suffice: too few are refused by a certificate, mostly at once.
  private func fewestSites(_ limit: Int64, _ effort: SitingEffort) -> SitingPlan {
    var cover = coverSearch(within: limit, effort)
    var bracket = Bracket(0..<max(0, room) + 1)
    var best: [Int]?
    bracket.narrow(until: effort.expired) { count, work in
      guard let found = cover.cover(with: count, effort: work) else {
        return cover.isComplete ? .no : .undecided
      }
      best = openSites(mask(found.map(Int.init)))
      return .yes(found.count)
    }
    guard let best else {
      return bracket.low > room
        ? .infeasible(obstacle(within: limit, effort)) : SitingPlan(status: .unknown, nodes: cover.nodes)
    }
    var plan = plan(best, nodes: cover.nodes, limit: limit)
    plan.objective = Int128(best.count)
    plan.bound = Int128(bracket.low + existing.count)
    plan.settle(effort)
    return plan
  }

  private func cheapestSites(_ limit: Int64, _ effort: SitingEffort) -> SitingPlan {
    let dearest = prices.reduce(Int128(1)) { $0 + Int128($1) }
    let precision = LocationPrecision(greatest: dearest * 2)
    let opening = prices.map { precision.cost(Int128($0)) }
    let ones = [Int64](repeating: 1, count: times.pointCount)
    var instance = coveringInstance(limit, ones, precision, instance(openingCosts: opening))
    let penalty = precision.cost(dearest)
    for i in instance.outside.indices { instance.outside[i] = penalty }
    var search = LocationSearch(instance, precision: precision, gap: effort.gap, until: effort.expired)
    search.run()
    var plan = plan(search, value: { sites, _ in priceOfNew(sites) }, limit: limit)
    plan.bound = search.bound >= search.value ? plan.objective : Int128(search.bound.rounded(.up))
    if plan.assignment.contains(nil) {
      return search.bound >= penalty
        ? .infeasible(obstacle(within: limit, effort)) : SitingPlan(status: .unknown)
    }
    plan.settle(effort)
    return plan
  }

  private func priceOfNew(_ sites: [Int]) -> Int128 {
    sites.reduce(0) { existing.contains($1) ? $0 : $0 + Int128(prices[$1]) }
  }
}
