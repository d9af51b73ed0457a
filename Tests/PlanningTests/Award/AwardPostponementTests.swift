import Testing

@testable import Planning

@Suite struct AwardPostponementTests {
  /// One centre that needs four by day 10 and six by day 40, from one supplier in rounds on days 0 and 30.
  private static func problem(
    lead: Int = 5,
    capacity: [Int?] = [],
    tiers: [AwardProblem.Offer.Tier] = [.init(from: 0, price: 100)],
    freight: AwardProblem.Freight? = nil
  ) -> AwardProblem {
    AwardProblem(
      centres: ["a"],
      deliveryPoints: ["a"],
      items: [.init(code: "i")],
      suppliers: [.init(code: "s", freight: freight)],
      periods: [.init(orderDay: 0), .init(orderDay: 30)],
      offers: [.init(item: 0, supplier: 0, pack: 2, tiers: tiers, capacity: capacity, leadTime: lead)],
      needs: [
        .init(centre: 0, item: 0, quantity: 4, deliveryPoint: 0, dueDay: 10),
        .init(centre: 0, item: 0, quantity: 6, deliveryPoint: 0, dueDay: 40),
      ]
    )
  }

  private func packs(_ problem: AwardProblem, _ first: Int, _ second: Int = 0) -> [Int] {
    let index = AwardIndex(problem)
    let plan = AwardPlan([
      .init(source: 0, deliveryPoint: 0, packs: first), .init(source: 1, deliveryPoint: 0, packs: second),
    ])
    return index.postponed(plan).packs(index.sources.count)
  }

  @Test func `what is due later is ordered later`() {
    #expect(packs(Self.problem(), 5) == [2, 3])
  }

  @Test func `the later round takes no more than its capacity`() {
    #expect(packs(Self.problem(capacity: [nil, 4]), 5) == [3, 2])
  }

  @Test func `a better price for all at once is kept`() {
    let tiers: [AwardProblem.Offer.Tier] = [.init(from: 0, price: 100), .init(from: 10, price: 90)]
    #expect(packs(Self.problem(tiers: tiers), 5) == [5, 0])
  }

  @Test func `freight that a second order would pay keeps it one`() {
    #expect(packs(Self.problem(freight: .init(charge: 50)), 5) == [5, 0])
    // From 400 cents on the first order's freight is free, and the second's from its own 600.
    #expect(packs(Self.problem(freight: .init(charge: 50, freeFrom: 400)), 5) == [2, 3])
  }

  @Test func `a round that comes too late is left alone`() {
    #expect(AwardIndex(Self.problem(lead: 12)).sources.count == 1)
  }

  @Test func `plans of every feature keep their limits and their cost`() {
    var moved = 0
    for seed in 1...2_000 {
      let problem = AwardEnumerationTests.problem(seed: UInt64(seed), size: 1e9)
      let index = AwardIndex(problem)
      guard problem.periods.count > 1, let plan = GreedyAward.plan(index) else { continue }
      let later = index.postponed(plan)
      #expect(index.violations(of: later) == [], "seed \(seed)")
      #expect(index.costs(of: later).total <= index.costs(of: plan).total, "seed \(seed)")
      #expect(index.postponed(later) == later, "seed \(seed)")
      moved += later == plan ? 0 : 1
    }
    #expect(moved > 5)
  }
}
