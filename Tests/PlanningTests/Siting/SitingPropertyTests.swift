import Planning
import Testing

/// Small problems, compared with looking at every set of sites.
struct SitingPropertyTests {
  @Test(arguments: 1...40)
  func `every model agrees with enumeration`(seed: UInt64) {
    var stream = SplitMix64(seed: seed)
    let problem = Self.problem(&stream)
    for model in [SitingModel.pMedian, .pCentre, .maximalCovering(limit: 40), .setCovering(limit: 60)] {
      let plan = problem.solve(model)
      let truth = problem.enumerated(model)
      #expect(plan.objective == truth, "\(model)")
      #expect(plan.status == (truth == nil ? .infeasible : .optimal), "\(model)")
      #expect(problem.existing.isSubset(of: plan.sites) || truth == nil, "\(model)")
    }
  }

  @Test func `the same question gives the same plan`() {
    var stream = SplitMix64(seed: 5)
    let problem = Self.problem(&stream)
    #expect(problem.solve(.pMedian) == problem.solve(.pMedian))
  }

  @Test func `a point that reaches no site is named and never served for nothing`() {
    let times = TravelTable(siteCount: 1, legs: [[.init(site: 0, time: 5)], []])
    var problem = SitingProblem(times: times, weights: [1, 1])
    problem.sites = 1
    let plan = problem.solve(.pMedian)
    #expect(plan.status == .infeasible)
    #expect(plan.obstacle == .unreached(points: [1], limit: nil))
    #expect(
      plan.obstacle?.sentence() == "1 demand point (number 2) reaches no site by any journey that is known"
    )
  }

  @Test func `too few sites and too little money are told by what is missing`() {
    // Three towns, each near one site alone.
    let times = TravelTable(siteCount: 3, legs: (0..<3).map { [.init(site: $0, time: 5)] })
    var problem = SitingProblem(times: times, weights: [1, 1, 1])
    problem.sites = 2
    for model in [SitingModel.pMedian, .pCentre] {
      #expect(problem.solve(model).obstacle == .tooFewSites(asked: 2, needed: 3, limit: nil), "\(model)")
    }
    #expect(
      problem.solve(.setCovering(limit: 9)).obstacle == .tooFewSites(asked: 2, needed: 3, limit: 9)
    )
    problem.sites = nil
    problem.prices = [10, 20, 30]
    problem.budget = 45
    #expect(problem.solve(.pMedian).obstacle == .budgetTooSmall(budget: 45, needed: 60))
    problem.sites = 4
    #expect(problem.solve(.pMedian).obstacle == .moreThanCandidates(asked: 4, candidates: 3))
    problem.existing = [0, 1]
    problem.sites = 1
    #expect(problem.solve(.maximalCovering(limit: 9)).obstacle == .fewerThanExisting(asked: 1, existing: 2))
  }

  @Test func `a curve ends where one more site changes nothing`() {
    let times = TravelTable(siteCount: 3, legs: (0..<3).map { [.init(site: $0, time: 5)] } + [[]])
    let problem = SitingProblem(times: times, weights: [3, 2, 1, 1])
    let curve = problem.curve(.maximalCovering(limit: 9), upToSites: 9)
    #expect(curve.points.map(\.plan.objective) == [3, 5, 6])
  }

  @Test func `a search that may not last says how far it came`() {
    var stream = SplitMix64(seed: 9)
    let plan = Self.problem(&stream).solve(.pMedian, SitingEffort { true })
    #expect(plan.status != .optimal || plan.bound == plan.objective)
  }

  /// 8 points, 7 sites, some pairs missing, sometimes an existing site, sometimes prices and a budget.
  private static func problem(_ stream: inout SplitMix64) -> SitingProblem {
    let legs = (0..<8).map { _ in
      (0..<7).compactMap { site -> TravelTable.Leg? in
        let time = Int64(stream.next() % 100)
        return stream.next() % 6 == 0 ? nil : .init(site: site, time: time)
      }
    }
    let weights = (0..<8).map { _ in Int64(stream.next() % 50) + 1 }
    var problem = SitingProblem(times: TravelTable(siteCount: 7, legs: legs), weights: weights)
    if stream.next() % 2 == 0 { problem.existing = [Int(stream.next() % 7)] }
    problem.sites = 2 + Int(stream.next() % 3)
    if stream.next() % 2 == 0 {
      problem.prices = (0..<7).map { _ in Int64(stream.next() % 20) + 1 }
      problem.budget = 25
    }
    return problem
  }
}

extension SitingProblem {
  /// The truth by looking at every set of sites; nil when none is allowed.
  fileprivate func enumerated(_ model: SitingModel) -> Int128? {
    let all = (0..<(1 << times.siteCount)).compactMap { set -> Int128? in
      let open = (0..<times.siteCount).map { set >> $0 & 1 == 1 }
      let chosen = open.indices.filter { open[$0] }
      guard existing.isSubset(of: chosen), chosen.count <= sites ?? .max else { return nil }
      let price = prices.isEmpty ? 0 : chosen.reduce(0) { existing.contains($1) ? $0 : $0 + prices[$1] }
      if !prices.isEmpty, let budget, price > budget { return nil }
      return value(model, open, chosen.count, price)
    }
    if case .maximalCovering = model { return all.max() }
    return all.min()
  }

  private func value(_ model: SitingModel, _ open: [Bool], _ count: Int, _ price: Int64) -> Int128? {
    let nearest = (0..<times.pointCount).map { times.nearest(from: $0, open: open)?.time }
    switch model {
    case .pMedian:
      guard !nearest.contains(nil) else { return nil }
      return zip(weights, nearest).reduce(0) { $0 + Int128($1.0) * Int128($1.1 ?? 0) }
    case .pCentre: return nearest.contains(nil) ? nil : nearest.compactMap(\.self).max().map { Int128($0) }
    case .maximalCovering(let limit):
      return zip(weights, nearest).reduce(0) { ($1.1 ?? .max) <= limit ? $0 + Int128($1.0) : $0 }
    case .setCovering(let limit):
      guard nearest.allSatisfy({ ($0 ?? .max) <= limit }) else { return nil }
      return prices.isEmpty ? Int128(count) : Int128(price)
    }
  }
}
