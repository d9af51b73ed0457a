import Planning
import Testing

@Suite(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
struct AwardConflictTests {
  private func problem(capacity: Int?, budget: Int?) -> AwardProblem {
    AwardProblem(
      centres: ["a", "b"],
      deliveryPoints: ["a", "b"],
      items: [.init(code: "swab")],
      suppliers: [.init(code: "s")],
      offers: [
        .init(item: 0, supplier: 0, pack: 10, tiers: [.init(from: 0, price: 5)], capacity: [capacity])
      ],
      needs: [
        .init(centre: 0, item: 0, quantity: 60, deliveryPoint: 0),
        .init(centre: 1, item: 0, quantity: 80, deliveryPoint: 1),
      ],
      budget: budget
    )
  }

  private func conflict(_ problem: AwardProblem) throws -> Set<AwardLimit> {
    Set(try AwardPlanner(HiGHS()).award(problem).conflict)
  }

  @Test func `a capacity below what both need names both needs and the capacity`() throws {
    let found = try conflict(problem(capacity: 100, budget: nil))
    #expect(found == [.need(0), .need(1), .offerCapacity(0)])
  }

  @Test func `a budget that not even one need fits names that need alone`() throws {
    let found = try conflict(problem(capacity: nil, budget: 250))
    #expect(found.contains(.budget))
    #expect(found.count == 2)
  }

  @Test func `a need that nobody can deliver in time stands alone`() throws {
    var late = problem(capacity: nil, budget: nil)
    late.offers[0].leadTime = 10
    late.needs[1].dueDay = 5
    #expect(try conflict(late) == [.need(1)])
    #expect(try AwardPlanner(HiGHS()).award(late).earliest?.day == 10)
  }

  @Test
  func `the conflict of a later item names its own need, and the earliest day that the capacity allows`()
    throws
  {
    var two = problem(capacity: nil, budget: nil)
    two.items.append(.init(code: "tube"))
    two.suppliers.append(.init(code: "t"))
    let tier = AwardProblem.Offer.Tier(from: 0, price: 5)
    two.offers.append(.init(item: 1, supplier: 0, pack: 1, tiers: [tier], leadTime: 10))
    two.offers.append(.init(item: 1, supplier: 1, pack: 1, tiers: [tier], capacity: [50], leadTime: 7))
    two.needs.append(.init(centre: 0, item: 1, quantity: 77, deliveryPoint: 0, dueDay: 5))
    let award = try AwardPlanner(HiGHS()).award(two)
    #expect(award.conflict == [.need(2)])
    #expect(award.earliest?.day == 10 && award.earliest?.isWhole == true)
    two.needs[2].quantity = 50
    #expect(try AwardPlanner(HiGHS()).award(two).earliest?.day == 7)
  }

  @Test func `where no later day helps none is named`() throws {
    #expect(try AwardPlanner(HiGHS()).award(problem(capacity: 100, budget: nil)).earliest == nil)
  }

  @Test func `without any one of its parts a conflict has a plan`() throws {
    let solver = try HiGHS()
    var explained = 0
    for seed in 1...120 {
      let problem = AwardEnumerationTests.problem(seed: UInt64(seed), size: 3_000)
      let award = try AwardPlanner(solver).award(problem)
      guard award.status == .infeasible else { continue }
      explained += 1
      #expect(!award.conflict.isEmpty, "seed \(seed)")
    }
    #expect(explained > 10)
  }
}
