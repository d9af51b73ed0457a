import Planning
import Synchronization

/// One item with every feature that is its own: dates, periods, packs, multiples, tiers, minimums, capacities, a
/// maximum share and an allocation rule. Small enough for the solver to be right about.
struct RandomItem: Drawing {
  var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  mutating func problem() -> AwardProblem {
    var problem = AwardProblem()
    let periods = chance(30) ? 2 : 1
    problem.periods = (0..<periods).map { period in
      .init(name: "\(period)", orderDay: 10 * period, lastDay: period == periods - 1 ? .max : 12)
    }
    let share = chance(25) ? draw(35...80) : nil
    problem.items = [.init(code: "item", holdingCost: chance(20) ? draw(1...9) : 0, maximumShare: share)]
    problem.centres = (0..<draw(1...4)).map { "centre-\($0)" }
    problem.deliveryPoints = problem.centres
    problem.suppliers = (0..<draw(1...4)).map { .init(code: "supplier-\($0)") }
    for centre in problem.centres.indices {
      for _ in 0..<draw(1...3) {
        let tolerance = chance(30) ? draw(1...6) : 0
        problem.needs.append(
          .init(
            centre: centre,
            item: 0,
            quantity: draw(0...20),
            tolerance: tolerance,
            deliveryPoint: centre,
            dueDay: [6, 12, 18, 25][draw(0...3)]
          )
        )
      }
    }
    let need = problem.needs.reduce(0) { $0 + $1.quantity }
    for supplier in problem.suppliers.indices { problem.offers.append(offer(supplier, periods, need)) }
    if chance(60) { problem.agreements = [agreement(problem)] }
    return problem
  }

  private mutating func offer(_ supplier: Int, _ periods: Int, _ need: Int) -> AwardProblem.Offer {
    let pack = chance(30) ? 4 : [1, 2, 3, 5, 6, 10][draw(0...5)]
    var tiers = [AwardProblem.Offer.Tier(from: 1, price: draw(60...140))]
    for _ in 0..<draw(0...2) {
      let last = tiers[tiers.count - 1]
      tiers.append(
        .init(from: last.from + draw(1...max(2, need / 2)), price: last.price * draw(70...103) / 100)
      )
    }
    return .init(
      item: 0,
      supplier: supplier,
      pack: pack,
      pricing: chance(50) ? .allUnits : .incremental,
      tiers: tiers,
      minimumQuantity: chance(25) ? draw(1...max(1, need / 3)) : 0,
      capacity: chance(45) ? (0..<periods).map { _ in chance(80) ? draw(0...max(1, need)) : nil } : [],
      leadTime: [0, 3, 8, 15][draw(0...3)],
      multiple: chance(20) ? draw(2...4) : 1
    )
  }

  private mutating func agreement(_ problem: AwardProblem) -> AwardProblem.Agreement {
    let count = draw(1...problem.suppliers.count)
    let first = draw(0...(problem.suppliers.count - 1))
    var left = 1000
    let holders = (0..<count).map { rank in
      let share = rank == count - 1 ? left : draw(0...left)
      left -= share
      return AwardProblem.Agreement.Holder(supplier: (first + rank) % problem.suppliers.count, share: share)
    }
    return .init(
      reference: "lot",
      items: [0],
      holders: holders,
      rule: chance(50) ? .cascade : .share,
      isClosed: chance(70)
    )
  }
}

/// Counts how often it is asked.
struct CountedSolver: Solver {
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

/// The search of single items against the solver on the whole model.
struct ItemComparison {
  let solver: HiGHS
  private(set) var items = 0
  private(set) var impossible = 0
  /// Decided without a single call of the solver.
  private(set) var alone = 0
  private(set) var contradictions = 0
  private(set) var open = 0

  init(_ solver: HiGHS) { self.solver = solver }

  mutating func compare(seed: UInt64) throws {
    var random = RandomItem(seed: seed)
    let index = AwardIndex(random.problem())
    guard !index.isHopeless else { return }
    items += 1
    let expected = try JointAward(solver).solve(index)
    let counted = CountedSolver(solver: solver)
    let found = try AwardSearch(counted).decomposed(index, nil, .max)
    alone += counted.count.value == 0 ? 1 : 0
    if expected.status == .infeasible {
      impossible += 1
      if found.status != .infeasible { open += 1 }
      if found.plan != nil { report(seed, expected, found) }
      return
    }
    guard let cost = expected.costs?.total, expected.status == .optimal else {
      return print(
        "seed \(seed): the solver says \(expected.status), bound \(expected.bound ?? -1), award \(found.status) \(found.costs?.total ?? -1) from \(found.bound ?? -1)"
      )
    }
    if found.status == .infeasible || found.bound ?? .min > cost || found.costs?.total ?? .max < cost {
      report(seed, expected, found)
    }
    if found.status != .optimal { open += 1 }
  }

  private mutating func report(_ seed: UInt64, _ expected: AwardOutcome, _ found: AwardOutcome) {
    contradictions += 1
    let costs = [expected.costs?.total, found.costs?.total, found.bound].map { $0.map(String.init) ?? "–" }
    print(
      "seed \(seed): solver \(expected.status) \(costs[0]), award \(found.status) \(costs[1]) from \(costs[2])"
    )
  }
}
