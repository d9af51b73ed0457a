import Testing

@testable import Planning

struct AllocationTests {
  /// Three centres, 1 000 tests in packs of 50 against needs of 2 200.
  private let problem = AllocationProblem(
    packSize: 50,
    deliveries: [.init(day: 0, quantity: 1000)],
    centres: [
      .init("berard", stock: 200, use: DailyUse(40), asked: 1200, baseline: 1120),
      .init("curie", stock: 0, use: DailyUse(30), asked: 900, baseline: 840),
      .init("perrin", stock: 300, use: DailyUse(10), asked: 240, baseline: 280),
    ]
  )

  @Test func `equal cover serves those who run out first and nobody who has more`() throws {
    let allocation = try problem.allocation(by: .equalCover)
    #expect(allocation.totals.map(\.quantity) == [500, 500, 0])
    #expect(allocation.totals.map { $0.coverAfter?.decimal(places: 1) } == ["17.5", "16.7", "30.0"])
    #expect(allocation.totals.map(\.reason.code) == ["raised-to-level", "raised-to-level", "above-level"])
    #expect(allocation.unallocated == 0)
  }

  @Test func `in proportion to need, remainders decide the last packs`() throws {
    let allocation = try problem.allocation(by: .need)
    #expect(allocation.totals.map(\.quantity) == [500, 400, 100])
    #expect(allocation.shares[0].lines[0].exactShare == Fraction(1120 * 20, over: 1120 + 840 + 240))
    #expect(
      allocation.totals.map(\.reason.code) == [
        "share-rounded-down", "share-rounded-up", "share-rounded-down",
      ]
    )
  }

  @Test func `the reserve stays at the network and floors come before the rule`() throws {
    var rationed = problem
    rationed.reserve = 120
    rationed.centres[2].floor = 60
    let allocation = try rationed.allocation(by: .equalCover)
    #expect(allocation.totals.map(\.quantity) == [350, 400, 100])
    #expect(allocation.totals[2].reason == .floor(units: 60))
    #expect((allocation.reserve, allocation.unallocated) == (120, 30))
  }

  @Test func `floors that the supply cannot reach are shared in proportion`() throws {
    var rationed = problem
    for index in rationed.centres.indices { rationed.centres[index].floor = 600 - 200 * index }
    rationed.centres[0].asked = nil
    let allocation = try rationed.allocation(by: .equalCover)
    #expect(allocation.totals.map(\.quantity) == [500, 350, 150])
    #expect(allocation.totals.map(\.reason.code) == ["floor-cut", "floor-cut", "floor-cut"])
  }

  @Test func `the first class is served before the second`() throws {
    var ranked = problem
    for (index, priority) in [2, 1, 2].enumerated() { ranked.centres[index].priority = priority }
    let allocation = try ranked.allocation(by: .priority)
    #expect(allocation.totals.map(\.quantity) == [150, 850, 0])
    #expect(allocation.totals[1].reason == .baselineCap(asked: 900, baseline: 840))
  }

  @Test func `nobody gets more than it can use before the product expires`() throws {
    var short = problem
    short.deliveries[0].expiry = 9
    let allocation = try short.allocation(by: .equalCover)
    #expect(allocation.totals.map(\.quantity) == [200, 300, 0])
    #expect(allocation.totals[1].reason == .expiryCap(lastDay: 9, days: 10))
    #expect(allocation.unallocated == 500)
  }

  @Test func `a share too small to be useful goes to the others`() throws {
    var useful = problem
    useful.minimumPacks = 4
    let allocation = try useful.allocation(by: .need)
    #expect(allocation.totals.map(\.quantity) == [550, 450, 0])
    #expect(allocation.totals[2].reason == .belowMinimum(packs: 4))
  }

  @Test func `a later delivery finds stocks lowered by use`() throws {
    var twice = problem
    twice.deliveries = [.init(day: 0, quantity: 500), .init(day: 5, quantity: 500)]
    let allocation = try twice.allocation(by: .equalCover)
    #expect(allocation.shares[0].lines.map(\.quantity) == [200, 300, 0])
    #expect(allocation.shares[1].lines.map { $0.coverBefore?.decimal(places: 1) } == ["5.0", "5.0", "25.0"])
    #expect(allocation.totals.map(\.quantity) == [500, 500, 0])
  }

  @Test func `what a rule needs and does not find is listed at once`() {
    var vague = problem
    vague.centres[0].use = nil
    vague.centres[1].use = nil
    #expect(throws: SharingFaults.self) { try vague.allocation(by: .equalCover) }
    #expect(
      AllocationRule.equalCover.faults(in: vague).map(\.path) == [
        "centres[0].dailyUse", "centres[1].dailyUse",
      ]
    )
    #expect(throws: Never.self) { try vague.allocation(by: .need) }
  }

  @Test func `wrong numbers are all named`() {
    var wrong = problem
    wrong.packSize = 0
    wrong.centres[1].asked = -3
    wrong.centres[2].code = "berard"
    #expect(wrong.faults.map(\.path) == ["packSize", "centres[1].asked", "centres[2].centre"])
  }

  @Test func `the comparison holds every rule that the problem has the figures for`() throws {
    #expect(try problem.comparison().map(\.rule) == AllocationRule.allCases)
    var vague = problem
    vague.centres[0].use = nil
    #expect(try vague.comparison().map(\.rule) == [.need, .baseline, .equalAwards, .equalLosses, .talmud])
  }
}

/// What must hold for every rule and every problem.
struct AllocationInvariantTests {
  @Test(arguments: AllocationRule.allCases)
  func `what is delivered is shared, reserved or left over, to the unit`(rule: AllocationRule) throws {
    var cases = SeededCases(seed: 17)
    for _ in 0..<300 {
      let problem = anyProblem(&cases)
      let allocation = try problem.allocation(by: rule)
      #expect(allocation.allocated + allocation.reserve + allocation.unallocated == problem.supply)
      #expect(allocation.reserve == min(problem.reserve, problem.supply))
      for total in allocation.totals {
        #expect(total.quantity % problem.packSize == 0 && total.quantity >= 0)
        #expect(total.quantity < (total.need ?? 0) + problem.packSize)
      }
      for share in allocation.shares { #expect(share.lines.allSatisfy { $0.packs >= 0 }) }
    }
  }

  @Test(arguments: AllocationRule.allCases)
  func `a request inflated above the baseline gains nothing`(rule: AllocationRule) throws {
    var cases = SeededCases(seed: 19)
    for _ in 0..<300 {
      var problem = anyProblem(&cases)
      let liar = cases.int(0...problem.centres.count - 1)
      problem.centres[liar].asked = problem.centres[liar].baseline
      let honest = try problem.allocation(by: rule)
      problem.centres[liar].asked = problem.centres[liar].baseline.map { $0 + cases.int(1...5000) }
      #expect(try problem.allocation(by: rule).totals.map(\.quantity) == honest.totals.map(\.quantity))
    }
  }

  @Test(arguments: AllocationRule.allCases)
  func `the order in which centres are listed changes nothing`(rule: AllocationRule) throws {
    var cases = SeededCases(seed: 23)
    for _ in 0..<100 {
      var problem = anyProblem(&cases)
      let allocation = try problem.allocation(by: rule)
      problem.centres.shuffle(using: &cases)
      #expect(try problem.allocation(by: rule) == allocation)
    }
  }

  @Test(arguments: AllocationRule.allCases)
  func `every centre has its floor when the supply reaches all floors`(rule: AllocationRule) throws {
    var cases = SeededCases(seed: 29)
    for _ in 0..<200 {
      var problem = anyProblem(&cases)
      for index in problem.centres.indices { problem.centres[index].limit = nil }
      let floors = problem.centres.map { min($0.floor, problem.need(of: $0) ?? 0) }
      problem.minimumPacks = 1
      problem.deliveries = [
        .init(day: 0, quantity: problem.reserve + floors.reduce(0) { $0 + $1 + problem.packSize })
      ]
      let allocation = try problem.allocation(by: rule)
      #expect(zip(allocation.totals, floors).allSatisfy { $0.quantity >= $1 })
    }
  }

  private func anyProblem(_ cases: inout SeededCases) -> AllocationProblem {
    AllocationProblem(
      packSize: cases.int(1...20),
      minimumPacks: cases.int(1...3),
      reserve: cases.int(0...50),
      deliveries: (0..<cases.int(1...3)).map { .init(day: $0 * 7, quantity: cases.int(0...400)) },
      centres: (0..<cases.int(1...6)).map { index in
        .init(
          "c\(index)",
          stock: cases.int(0...80),
          use: DailyUse(cases.int(0...30), perDays: cases.int(1...7)),
          asked: cases.maybe(0...300),
          baseline: cases.int(0...250),
          floor: cases.int(0...1) * cases.int(0...60),
          limit: cases.maybe(0...300),
          priority: cases.int(1...3)
        )
      }
    )
  }
}
