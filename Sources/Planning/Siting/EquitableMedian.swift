/// The sites for which the worst region's mean journey is shortest.
package struct EquitablePlan: Sendable, Equatable {
  package var status: LinearSolution.Status
  /// Mean journey of the worst region, exactly.
  package var worstMean: Fraction?
  package var bound: Double?
  package var gap: Double?
  package var sites: [Int] = []
  /// Mean journey of every region, in the order of their numbers.
  package var means: [Fraction] = []
  /// Why there is no plan.
  package var obstacle: SitingObstacle?
}

extension SitingProblem {
  /// Minimises max over regions of Σ weight·time ÷ Σ weight, with `region[i]` the region of point i, numbered
  /// from 0. The time used is that of the site assigned; afterwards everybody goes to the nearest open one,
  /// which can only be shorter, and the means are recomputed exactly. Cost: a column and a row a pair.
  package func worstRegionMedian(
    region: [Int],
    with solver: any Solver,
    _ options: SolverOptions = SolverOptions(),
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> EquitablePlan {
    if let obstacle = contradiction(.pMedian) {
      return EquitablePlan(status: .infeasible, obstacle: obstacle)
    }
    var model = LinearModel(.minimize)
    let worst = model.addColumn(cost: 1)
    let open = (0..<times.siteCount).map { j in
      model.addColumn(lower: existing.contains(j) ? 1 : 0, upper: 1, isInteger: true)
    }
    let people = regionWeights(region)
    var journeys = people.map { [LinearModel.Term(-Double($0), worst)] }
    for point in 0..<times.pointCount {
      let serve = times.legs(from: point).map { leg in (leg: leg, column: model.addColumn(upper: 1)) }
      model.addRow(serve.map { .init(1, $0.column) }, lower: 1, upper: 1)
      for (leg, column) in serve {
        model.addRow([.init(1, column), .init(-1, open[leg.site])], upper: 0)
        journeys[region[point]].append(.init(Double(weights[point]) * Double(leg.time), column))
      }
    }
    for (terms, total) in zip(journeys, people) where total > 0 {
      model.addRow(terms.map { .init($0.coefficient / Double(total), $0.column) }, upper: 0)
    }
    if let sites { model.addRow(open.map { .init(1, $0) }, upper: Double(sites)) }
    if let budget, !prices.isEmpty {
      let priced = open.indices.filter { !existing.contains($0) }
      model.addRow(priced.map { .init(Double(prices[$0]), open[$0]) }, upper: Double(budget))
    }
    let found = try solver.solve(model, options, cancellation)
    return equitablePlan(found, open, region)
  }

  private func regionWeights(_ region: [Int]) -> [Int64] {
    var people = [Int64](repeating: 0, count: (region.max() ?? -1) + 1)
    for (number, weight) in zip(region, weights) { people[number] += weight }
    return people
  }

  private func equitablePlan(_ found: LinearSolution, _ open: [Int], _ region: [Int]) -> EquitablePlan {
    var plan = EquitablePlan(status: found.status, bound: found.bound, gap: found.gap)
    guard !found.values.isEmpty else {
      if found.status == .infeasible { plan.obstacle = obstacle(SitingEffort()) }
      return plan
    }
    plan.sites = open.indices.filter { found.values[open[$0]] > 0.5 }
    let isOpen = mask(plan.sites)
    let people = regionWeights(region)
    var totals = [Int128](repeating: 0, count: people.count)
    for point in 0..<times.pointCount {
      let time = times.nearest(from: point, open: isOpen)?.time ?? 0
      totals[region[point]] += Int128(weights[point]) * Int128(time)
    }
    plan.means = zip(totals, people).map { $1 > 0 ? Fraction($0, Int128($1)) : .zero }
    plan.worstMean = plan.means.max()
    return plan
  }
}

/// How firm the answer to the worst region's question is.
package struct EquitySensitivity: Sendable {
  /// One new site left out and the best single one in its place; nil when none may be.
  package struct Exchange: Sendable, Equatable {
    package let out: Int
    package let into: Int?
    package let worstMean: Fraction?
  }

  package struct Neighbour: Sendable {
    package let change: SitingSensitivity.Neighbour.Change
    package let plan: EquitablePlan
  }

  package var exchanges: [Exchange] = []
  package var neighbours: [Neighbour] = []
}

extension SitingProblem {
  /// The worst region's mean with some sites open; nil where somebody reaches none. Cost: a look at every point.
  package func worstMean(region: [Int], open: [Int]) -> Fraction? {
    let isOpen = mask(open)
    let people = regionWeights(region)
    var totals = [Int128](repeating: 0, count: people.count)
    for point in 0..<times.pointCount {
      guard let time = times.nearest(from: point, open: isOpen)?.time else { return nil }
      totals[region[point]] += Int128(weights[point]) * Int128(time)
    }
    return zip(totals, people).map { $1 > 0 ? Fraction($0, Int128($1)) : .zero }.max()
  }

  /// Cost: a look at every point for each pair of sites, and a solve for each neighbour; `options` holds for each.
  package func sensitivity(
    of plan: EquitablePlan,
    region: [Int],
    with solver: any Solver,
    _ options: SolverOptions = SolverOptions(),
    until expired: () -> Bool
  ) throws(SolverError) -> EquitySensitivity {
    var report = EquitySensitivity()
    for out in plan.sites where !existing.contains(out) && !expired() {
      report.exchanges.append(bestExchange(of: out, in: plan.sites, region))
    }
    for change in changesOfNumber + changesOfBudget where !expired() {
      var moved = self
      switch change {
      case .sites(let count): moved.sites = count
      case .budget(let budget): moved.budget = budget
      case .limit: continue
      }
      let plan = try moved.worstRegionMedian(region: region, with: solver, options)
      report.neighbours.append(.init(change: change, plan: plan))
    }
    return report
  }

  private func bestExchange(of out: Int, in open: [Int], _ region: [Int]) -> EquitySensitivity.Exchange {
    let kept = open.filter { $0 != out }
    let spent = prices.isEmpty ? 0 : kept.reduce(0) { existing.contains($1) ? $0 : $0 + prices[$1] }
    let values = (0..<times.siteCount).filter { site in
      !open.contains(site) && (prices.isEmpty || spent + prices[site] <= budget ?? .max)
    }.compactMap { site in worstMean(region: region, open: kept + [site]).map { (site: site, mean: $0) } }
    let best = values.min { ($0.mean, $0.site) < ($1.mean, $1.site) }
    return .init(out: out, into: best?.site, worstMean: best?.mean)
  }
}
