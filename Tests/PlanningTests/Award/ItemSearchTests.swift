import Planning
import Synchronization
import Testing

/// Items by themselves: dates, periods, multiples, shares and allocation rules, which the decomposition decides
/// without the solver.
@Suite(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
struct ItemSearchTests {
  @Test func `items by themselves cost what an independent enumeration finds, nearly all without the solver`()
    throws
  {
    let solver = CountedSolver(solver: try HiGHS())
    var items = (found: 0, impossible: 0, alone: 0)
    for seed in 1...(AwardEnumerationTests.instances / 2) {
      let problem = Self.untied(seed: UInt64(seed))
      let index = AwardIndex(problem)
      guard !index.isHopeless else { continue }
      let before = solver.count.value
      let outcome = try AwardSearch(solver).decomposed(index, nil, .max)
      items.alone += solver.count.value == before ? 1 : 0
      guard let expected = Enumeration(problem).cheapest() else {
        items.impossible += 1
        #expect(outcome.plan == nil, "seed \(seed)")
        continue
      }
      items.found += 1
      #expect(outcome.costs?.total == expected, "seed \(seed)")
      #expect(outcome.bound ?? .min <= expected, "seed \(seed)")
    }
    #expect(items.found > AwardEnumerationTests.instances / 8)
    #expect(items.alone > (items.found + items.impossible) * 3 / 4)
  }

  /// What joins items is left out, what holds for one of them is kept.
  private static func untied(seed: UInt64) -> AwardProblem {
    var problem = AwardEnumerationTests.problem(seed: seed, size: 3_000)
    problem.budget = nil
    problem.suppliers = problem.suppliers.map { .init(code: $0.code) }
    for lot in problem.agreements.indices {
      problem.agreements[lot].limits = .init()
      for holder in problem.agreements[lot].holders.indices {
        problem.agreements[lot].holders[holder].limits = .init()
      }
    }
    return problem
  }

  /// 40 units for one centre, 10 of them by day 5; the slow supplier arrives on day 10.
  private func dated(_ offers: [AwardProblem.Offer]) -> AwardProblem {
    AwardProblem(
      centres: ["a"],
      deliveryPoints: ["a"],
      items: [.init(code: "swab")],
      suppliers: [.init(code: "fast"), .init(code: "slow"), .init(code: "third")],
      offers: offers,
      needs: [
        .init(centre: 0, item: 0, quantity: 10, deliveryPoint: 0, dueDay: 5),
        .init(centre: 0, item: 0, quantity: 30, deliveryPoint: 0, dueDay: 20),
      ]
    )
  }

  private func cost(_ problem: AwardProblem) throws -> Int? {
    let outcome = try AwardSearch(try HiGHS()).decomposed(AwardIndex(problem), nil, .max)
    #expect(outcome.status == .optimal)
    return outcome.costs?.total
  }

  private func offer(
    _ supplier: Int,
    pack: Int = 1,
    price: Int,
    capacity: [Int?] = [],
    leadTime: Int = 0,
    multiple: Int = 1
  ) -> AwardProblem.Offer {
    .init(
      item: 0,
      supplier: supplier,
      pack: pack,
      tiers: [.init(from: 0, price: price)],
      capacity: capacity,
      leadTime: leadTime,
      multiple: multiple
    )
  }

  @Test func `what is due first comes from the fast supplier, the rest from the cheap one`() throws {
    let problem = dated([offer(0, price: 10, leadTime: 2), offer(1, pack: 2, price: 6, leadTime: 10)])
    #expect(try cost(problem) == 10 * 10 + 30 * 6)
  }

  @Test func `whole packs of what is due first leave less for the cheap supplier`() throws {
    let problem = dated([offer(0, pack: 4, price: 10, leadTime: 2), offer(1, price: 6, leadTime: 10)])
    #expect(try cost(problem) == 12 * 10 + 28 * 6)
  }

  @Test func `a cascade passes on what the holders before cannot deliver`() throws {
    var problem = dated([
      offer(0, price: 10, capacity: [15]), offer(1, price: 12, capacity: [15]), offer(2, price: 1),
    ])
    problem.agreements = [
      .init(
        reference: "lot",
        items: [0],
        holders: [.init(supplier: 0), .init(supplier: 1), .init(supplier: 2)],
        rule: .cascade
      )
    ]
    #expect(try cost(problem) == 15 * 10 + 15 * 12 + 10 * 1)
  }

  @Test func `holders get their parts, to within the largest pack`() throws {
    var problem = dated([offer(0, pack: 2, price: 10), offer(1, price: 4)])
    problem.agreements = [
      .init(
        reference: "lot",
        items: [0],
        holders: [.init(supplier: 0, share: 500), .init(supplier: 1, share: 500)],
        rule: .share
      )
    ]
    #expect(try cost(problem) == 18 * 10 + 22 * 4)
  }

  @Test func `a line in multiples of packs is bought in whole multiples`() throws {
    let problem = dated([offer(0, pack: 2, price: 5, multiple: 3), offer(1, price: 10)])
    #expect(try cost(problem) == 36 * 5 + 4 * 10)
  }
}

/// Counts how often it is asked.
private struct CountedSolver: Solver {
  final class Count: Sendable {
    private let calls = Mutex(0)

    var value: Int { calls.withLock { $0 } }

    func add() { calls.withLock { $0 += 1 } }
  }

  let solver: HiGHS
  let count = Count()

  var name: String { solver.name }

  func solve(
    _ model: LinearModel,
    _ options: SolverOptions,
    _ cancellation: Cancellation
  ) throws(SolverError) -> LinearSolution {
    count.add()
    return try solver.solve(model, options, cancellation)
  }
}
