import Testing

@testable import Planning

struct TransferTests {
  /// Caen holds more than it can use before it expires; Rouen, 120 km away, runs out on the third day.
  private let problem = TransferProblem(
    day: 100,
    horizon: 14,
    packSize: 10,
    centres: [
      .init(
        "baclesse",
        use: DailyUse(5),
        threshold: 20,
        lots: [.init("A", quantity: 60, expiry: 105), .init("B", quantity: 90, expiry: 200)]
      ),
      .init("becquerel", use: DailyUse(10), lots: [.init("C", quantity: 25)]),
    ],
    routes: [.init(from: "baclesse", to: "becquerel", kilometres: 120, days: 1)],
    costs: .init(trip: 3000, kilometre: 50, parcel: 500, packsPerParcel: 4, shortage: 10_000, expiry: 1000)
  )

  @Test func `what would expire goes where it is missing, earliest expiry first`() throws {
    let plan = try problem.plan()
    #expect(plan.lines.map { [$0.lot, "\($0.quantity)"] } == [["A", "50"], ["B", "10"]])
    #expect(plan.doingNothing.shortage == 115)
    #expect(plan.doingNothing.expired == 30)
    #expect(plan.outlook.expired == 0)
    #expect(plan.outlook.shortage == 55)
  }

  @Test func `a donor is never below its threshold because it gave`() throws {
    let plan = try problem.plan()
    #expect(plan.centres[0].after.lowest >= 20)
    var strict = problem
    strict.centres[0].threshold = 150
    #expect(try strict.plan().lines.isEmpty)
  }

  @Test func `nothing is sent that costs more than it avoids`() throws {
    var dear = problem
    dear.costs.trip = 10_000_000
    let plan = try dear.plan()
    #expect(plan.lines.isEmpty)
    #expect(plan.outlook == plan.doingNothing)
  }

  @Test func `with single units and no fixed cost the plan is proven the cheapest`() throws {
    var cases = SeededCases(seed: 53)
    for _ in 0..<60 {
      var problem = anyProblem(&cases, lots: 1)
      problem.packSize = 1
      problem.costs.trip = 0
      problem.costs.kilometre = 0
      problem.costs.packsPerParcel = 1
      let plan = try problem.plan()
      #expect(plan.outlook.cost == plan.bound)
    }
  }

  @Test func `no plan is cheaper than the one found, by enumeration`() throws {
    var cases = SeededCases(seed: 59)
    var (proven, optimal, total) = (0, 0, 0)
    for _ in 0..<120 {
      let problem = anyProblem(&cases, lots: cases.int(1...2))
      let plan = try problem.plan()
      let best = cheapest(TransferBalance(problem))
      #expect(plan.bound <= best && best <= plan.outlook.cost)
      total += 1
      optimal += plan.outlook.cost == best ? 1 : 0
      proven += plan.isProvenOptimal ? 1 : 0
    }
    #expect(optimal == total)
    #expect(proven > 0)
  }

  @Test func `deciding the trips never proves less than one flow, nor more than is true`() throws {
    var cases = SeededCases(seed: 67)
    for _ in 0..<120 {
      let problem = anyProblem(&cases, lots: cases.int(1...2))
      let (flow, proof) = (try problem.plan(effort: 0), try problem.plan())
      #expect(flow.bound <= proof.bound && proof.bound <= cheapest(TransferBalance(problem)))
      #expect(proof.outlook.cost <= flow.outlook.cost)
    }
  }

  @Test func `a trip that carries little of what it could is paid whole in the proof`() throws {
    let problem = TransferProblem(
      horizon: 5,
      centres: [
        .init("a", use: DailyUse(0), lots: [.init("A", quantity: 100, expiry: 4)]),
        .init("b", use: DailyUse(2)),
      ],
      routes: [.init(from: "a", to: "b", kilometres: 1, days: 1)],
      costs: .init(trip: 5001, shortage: 10_000, expiry: 0)
    )
    let (flow, proof) = (try problem.plan(effort: 0), try problem.plan())
    // Two units are short on the first day; eight travel for 50.01 euros, which one flow charges by the unit.
    #expect(proof.outlook.cost == 25_001 && proof.isProvenOptimal)
    #expect(flow.bound < proof.bound)
  }

  @Test func `no transfers at all leave less short, or let less expire, than is said`() throws {
    var cases = SeededCases(seed: 71)
    var met = 0
    for _ in 0..<60 {
      var problem = anyProblem(&cases, lots: 1)
      let plan = try problem.plan()
      #expect(plan.leastShortage <= plan.outlook.shortage && plan.leastExpired <= plan.outlook.expired)
      problem.costs = .init(trip: 0, shortage: 1, expiry: 0)
      let least = cheapest(TransferBalance(problem))
      #expect(plan.leastShortage <= least)
      met += plan.leastShortage == least ? 1 : 0
    }
    #expect(met > 30)
  }

  @Test func `a bound is an amount that the costs can come to`() {
    let balance = TransferBalance(problem)
    // Trips of 9,000, parcels of 500, shortages of 10,000 and expiries of 1,000 cents.
    #expect(balance.attainable(88_501) == 89_000)
    #expect(balance.attainable(89_000) == 89_000)
  }

  @Test func `no pack travels that avoids nothing`() throws {
    var cases = SeededCases(seed: 61)
    for _ in 0..<120 {
      let problem = anyProblem(&cases, lots: cases.int(1...2))
      let balance = TransferBalance(problem)
      let plan = try problem.plan()
      let packs = balance.options.map { option in
        plan.lines.first {
          $0.from == balance.centres[option.from].code && $0.to == balance.centres[option.to].code
            && $0.lot == balance.centres[option.from].lots[option.lot].code
        }?.packs ?? 0
      }
      for option in packs.indices where packs[option] > 0 {
        var fewer = packs
        fewer[option] -= 1
        #expect(cost(of: fewer, balance) > plan.outlook.cost)
      }
    }
  }

  private func cost(of packs: [Int], _ balance: TransferBalance) -> Int {
    balance.centres.indices.reduce(balance.transport(packs, on: balance.routes.indices)) {
      $0 + balance.penalty(balance.projection(of: $1, with: packs))
    }
  }

  private func cheapest(_ balance: TransferBalance) -> Int {
    func search(_ packs: [Int], _ next: Int) -> Int {
      guard next < packs.count else {
        let projections = balance.centres.indices.map { balance.projection(of: $0, with: packs) }
        let isAllowed = balance.centres.indices.allSatisfy { balance.isAllowed($0, packs, projections[$0]) }
        let cost = balance.transport(packs, on: balance.routes.indices)
        return isAllowed ? projections.reduce(cost) { $0 + balance.penalty($1) } : .max
      }
      let option = balance.options[next]
      let most = balance.centres[option.from].lots[option.lot].quantity / balance.problem.packSize
      return (0...most).map { count in
        var more = packs
        more[next] = count
        return search(more, next + 1)
      }.min() ?? .max
    }
    return search(balance.options.map { _ in 0 }, 0)
  }

  private func anyProblem(_ cases: inout SeededCases, lots: Int) -> TransferProblem {
    let codes = ["a", "b", "c"]
    return TransferProblem(
      horizon: cases.int(3...6),
      packSize: cases.int(2...3),
      centres: codes.map { code in
        .init(
          code,
          use: DailyUse(cases.int(0...3)),
          threshold: cases.int(0...4),
          lots: (0..<lots).map {
            .init("\(code)\($0)", quantity: cases.int(0...7), expiry: cases.maybe(0...7))
          }
        )
      },
      routes: [("a", "b"), ("a", "c"), ("b", "c")].map {
        .init(from: $0, to: $1, kilometres: cases.int(1...9), days: cases.int(0...2))
      },
      costs: .init(
        trip: cases.int(0...30),
        kilometre: cases.int(0...2),
        parcel: cases.int(0...5),
        packsPerParcel: cases.int(1...2),
        shortage: cases.int(1...20),
        expiry: cases.int(0...9)
      )
    )
  }
}
