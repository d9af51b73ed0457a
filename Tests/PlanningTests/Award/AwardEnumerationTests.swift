import Foundation
import Planning
import Testing

@Suite(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
struct AwardEnumerationTests {
  /// More of them with `PROCURE_AWARD_INSTANCES`.
  static let instances =
    ProcessInfo.processInfo.environment["PROCURE_AWARD_INSTANCES"].flatMap(Int.init) ?? 2_000

  @Test func `every small award costs what an independent enumeration finds`() throws {
    let solver = try HiGHS()
    var solved = (feasible: 0, infeasible: 0)
    for seed in 1...Self.instances {
      let problem = Self.problem(seed: UInt64(seed), size: 3_000)
      let expected = Enumeration(problem).cheapest()
      let outcome = try AwardSearch(solver).solve(AwardIndex(problem))
      if let expected {
        solved.feasible += 1
        #expect(outcome.status == .optimal, "seed \(seed)")
        #expect(outcome.costs?.total == expected, "seed \(seed)")
        #expect(outcome.bound == expected, "seed \(seed)")
      } else {
        solved.infeasible += 1
        #expect(outcome.status == .infeasible, "seed \(seed)")
      }
    }
    #expect(solved.feasible > Self.instances / 4)
    #expect(solved.infeasible > Self.instances / 20)
  }

  @Test func `the decomposition brackets what an independent enumeration finds`() throws {
    let solver = try HiGHS()
    let search = AwardSearch(solver, AwardOptions(timeLimit: .seconds(20)))
    var proven = 0
    for seed in 1...(Self.instances / 4) {
      let problem = Self.problem(seed: UInt64(seed), size: 3_000)
      let index = AwardIndex(problem)
      guard !index.isHopeless else { continue }
      let outcome = try search.decomposed(index, nil, .max)
      guard let expected = Enumeration(problem).cheapest() else {
        #expect(outcome.costs == nil, "seed \(seed)")
        continue
      }
      #expect(outcome.status != .infeasible, "seed \(seed)")
      #expect(outcome.bound ?? .min <= expected, "seed \(seed)")
      #expect(outcome.costs?.total ?? .max >= expected, "seed \(seed)")
      proven += outcome.status == .optimal ? 1 : 0
    }
    #expect(proven > Self.instances / 12)
  }

  @Test func `items that nothing ties are proven by the decomposition alone`() throws {
    let search = AwardSearch(try HiGHS())
    var proven = 0
    for seed in 1...(Self.instances / 4) {
      var problem = Self.problem(seed: UInt64(seed), size: 3_000)
      problem.budget = nil
      problem.agreements = []
      problem.suppliers = problem.suppliers.map { .init(code: $0.code) }
      let index = AwardIndex(problem)
      guard !index.isHopeless, let expected = Enumeration(problem).cheapest() else { continue }
      let outcome = try search.decomposed(index, nil, .max)
      #expect(outcome.costs?.total == expected, "seed \(seed)")
      #expect(outcome.bound ?? .min <= expected, "seed \(seed)")
      proven += outcome.status == .optimal ? 1 : 0
    }
    #expect(proven > Self.instances / 8)
  }

  @Test func `a greedy plan keeps every limit and never costs less than the optimum`() throws {
    let solver = try HiGHS()
    var found = 0
    for seed in 1...300 {
      let problem = Self.problem(seed: UInt64(seed), size: 1e9)
      let index = AwardIndex(problem)
      guard let plan = GreedyAward.plan(index) else { continue }
      found += 1
      #expect(index.violations(of: plan) == [], "seed \(seed)")
      let best = try AwardSearch(solver).solve(index).costs?.total
      #expect(index.costs(of: plan).total >= best ?? .max, "seed \(seed)")
    }
    #expect(found > 50)
  }

  @Test func `shares conserve money and packs, and nobody pays more than alone unless the award says why`()
    throws
  {
    let solver = try HiGHS()
    var awarded = 0
    for seed in 1...200 {
      let problem = Self.problem(seed: UInt64(seed), size: 1e9)
      let award = try AwardPlanner(solver, AwardOptions(timeLimit: .seconds(20))).award(problem)
      guard let attribution = award.attribution else { continue }
      awarded += 1
      #expect(attribution.shares.reduce(0) { $0 + $1.cost } == award.costs?.total, "seed \(seed)")
      for line in award.lines {
        let given = attribution.shares.flatMap(\.parts).filter {
          $0.offer == line.offer && $0.period == line.period
        }
        #expect(given.reduce(0) { $0 + $1.quantity } == line.quantity, "seed \(seed)")
      }
      for share in attribution.shares where (share.saving ?? 0) < 0 {
        #expect(attribution.reason != nil, "seed \(seed)")
      }
    }
    #expect(awarded > 50)
  }

  static func problem(seed: UInt64, size: Double) -> AwardProblem {
    var random = RandomAward(seed: seed)
    while true {
      let problem = random.problem()
      if !problem.needs.isEmpty, !problem.offers.isEmpty, Enumeration(problem).size <= size { return problem }
    }
  }
}
