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
