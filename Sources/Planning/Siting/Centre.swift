extension SitingProblem {
  /// p-centre: the least time within which everybody reaches one of the sites.
  ///
  /// Only times in the table can be answers, so a binary search over them asks at each whether the allowed
  /// sites cover everybody (Minieka 1970). A time that fails is a proven bound.
  func solveCentre(_ effort: SitingEffort) -> SitingPlan {
    let floor = (0..<times.pointCount).map { times.legs(from: $0).first?.time ?? 0 }.max() ?? 0
    let radii = Array(Set(times.time.filter { $0 >= floor })).sorted()
    var bracket = Bracket(0..<radii.count)
    var best: [Int]?
    var bestPlace = radii.count
    var nodes = 0
    var cores: [Int: CoverSearch] = [:]
    bracket.narrow(until: effort.expired) { place, work in
      let answer = covers(within: radii[place], effort, work, &cores[place])
      nodes += answer.nodes
      guard let sites = answer.sites else { return answer.isProven ? .no : .undecided }
      let longest = longestJourney(sites)
      let reached = radii.partitioningIndex { $0 >= longest }
      if reached < bestPlace { (best, bestPlace) = (sites, reached) }
      return .yes(reached)
    }
    return centrePlan(best, low: bracket.low < radii.count ? radii[bracket.low] : nil, nodes: nodes, effort)
  }

  private func centrePlan(_ sites: [Int]?, low: Int64?, nodes: Int, _ effort: SitingEffort) -> SitingPlan {
    guard let sites else {
      return low == nil ? .infeasible(obstacle(effort)) : SitingPlan(status: .unknown, nodes: nodes)
    }
    var plan = plan(sites, nodes: nodes)
    plan.objective = Int128(longestJourney(sites))
    plan.bound = low.map { Int128($0) }
    plan.settle(effort)
    return plan
  }

  private func longestJourney(_ sites: [Int]) -> Int64 {
    let open = mask(sites)
    return (0..<times.pointCount).map { times.nearest(from: $0, open: open)?.time ?? .max }.max() ?? 0
  }

  /// Whether the allowed sites can cover every point: the fewest points left out is zero or it is not.
  private func covers(
    within radius: Int64,
    _ effort: SitingEffort,
    _ work: Int,
    _ core: inout CoverSearch?
  ) -> (sites: [Int]?, isProven: Bool, nodes: Int) {
    if prices.isEmpty {
      var cover = core ?? coverSearch(within: radius, effort)
      let before = cover.nodes
      let found = cover.cover(with: room, effort: work)
      core = cover
      return (found.map { openSites(mask($0.map(Int.init))) }, cover.isComplete, cover.nodes - before)
    }
    let ones = [Int64](repeating: 1, count: times.pointCount)
    let precision = LocationPrecision(greatest: Int128(times.pointCount) + 1)
    var instance = coveringInstance(radius, ones, precision, instance())
    for i in instance.outside.indices { instance.outside[i] = 1 }
    instance.keepHardestClients()
    var search = LocationSearch(instance, precision: precision, ceiling: 1, until: effort.expired)
    search.run()
    return search.hasPlan
      ? (openSites(search.open), true, search.nodes)
      : (nil, search.bound >= 1, search.nodes)
  }
}

extension RandomAccessCollection {
  /// The first index of a sorted collection from which `belongs` holds.
  fileprivate func partitioningIndex(_ belongs: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if belongs(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
