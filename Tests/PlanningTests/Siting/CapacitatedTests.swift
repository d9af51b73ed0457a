import Foundation
import Planning
import Testing

@Suite(.enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"))
struct CapacitatedTests {
  @Test func `two machines at one site serve what one cannot`() throws {
    let service = TravelTable(
      siteCount: 2,
      legs: [
        [.init(site: 0, time: 1), .init(site: 1, time: 9)],
        [.init(site: 0, time: 1), .init(site: 1, time: 9)],
      ]
    )
    var problem = CapacitatedProblem(service: service, loads: [10, 10], capacities: [10, 10])
    #expect(try problem.solve(with: HiGHS()).objective == 10)
    problem.mostMachines = [2, 1]
    let plan = try problem.solve(with: HiGHS())
    #expect(plan.objective == 2)
    #expect(plan.machines == [2, 0])
  }

  private static var twoTowns: CapacitatedProblem {
    let service = TravelTable(
      siteCount: 2,
      legs: [
        [.init(site: 0, time: 1), .init(site: 1, time: 9)],
        [.init(site: 0, time: 1), .init(site: 1, time: 9)],
      ]
    )
    return CapacitatedProblem(service: service, loads: [10, 10], capacities: [10, 10])
  }

  @Test func `machines that cannot serve everybody are said to be short, by how much`() throws {
    var problem = Self.twoTowns
    problem.machines = 1
    #expect(try problem.solve(with: HiGHS()).obstacle == .capacityShort(load: 20, capacity: 10))
    problem.machines = nil
    problem.machineCosts = [7, 5]
    problem.budget = 11
    let poor = try problem.solve(with: HiGHS())
    #expect(poor.obstacle == .budgetTooSmall(budget: 11, needed: 12) && poor.status == .infeasible)
    #expect(
      poor.obstacle?.sentence() == "the budget of 11 is short by at least 1: what is necessary costs 12"
    )
    problem.budget = nil
    problem.isSplit = false
    problem.loads = [11, 9]
    #expect(try problem.solve(with: HiGHS()).obstacle == .loadTooLarge(points: [0]))
    problem.loads = [4, 4, 4].map { Int64($0) + 1 }
    problem.service = TravelTable(siteCount: 2, legs: (0..<3).map { _ in [.init(site: 0, time: 1)] })
    // Fifteen fit into twenty, but not fifteen into the only ten that they reach.
    #expect(try problem.solve(with: HiGHS()).obstacle == .together)
  }

  @Test func `a plan of machines tells what each change would do`() throws {
    var problem = Self.twoTowns
    problem.mostMachines = [2, 2]
    problem.machines = 2
    let plan = try problem.solve(with: HiGHS())
    let report = try problem.sensitivity(of: plan, with: HiGHS(), until: { false })
    let shown = report.neighbours.map {
      "\($0.change) \($0.plan.objective.map { "\($0)" } ?? $0.plan.status.rawValue)"
    }
    #expect(
      shown == [
        "without(site: 0) 18.0", "machines(1) infeasible", "machines(3) 2.0",
        "capacity(percent: 90) infeasible",
        "capacity(percent: 110) 2.0",
      ]
    )
  }

  @Test func `the worst region's answer tells its next best and its neighbours`() throws {
    let times = TravelTable(
      siteCount: 3,
      legs: [
        [.init(site: 0, time: 0), .init(site: 1, time: 30), .init(site: 2, time: 40)],
        [.init(site: 0, time: 90), .init(site: 1, time: 10), .init(site: 2, time: 20)],
      ]
    )
    var problem = SitingProblem(times: times, weights: [1000, 1])
    problem.sites = 1
    let plan = try problem.worstRegionMedian(region: [0, 1], with: HiGHS())
    let report = try problem.sensitivity(of: plan, region: [0, 1], with: HiGHS(), until: { false })
    let exchange = try #require(report.exchanges.first)
    #expect(exchange.out == 1 && exchange.into == 2 && exchange.worstMean == Fraction(40))
    #expect(report.neighbours.map(\.change) == [.sites(2)])
    #expect(report.neighbours.first?.plan.worstMean == Fraction(10))
  }

  @Test func `the worst region's mean decides, not the sum`() throws {
    // Region 0 holds many people near site 0, region 1 one person near site 1.
    let times = TravelTable(
      siteCount: 2,
      legs: [
        [.init(site: 0, time: 0), .init(site: 1, time: 30)],
        [.init(site: 0, time: 90), .init(site: 1, time: 10)],
      ]
    )
    var problem = SitingProblem(times: times, weights: [1000, 1])
    problem.sites = 1
    #expect(problem.solve(.pMedian).sites == [0])
    let plan = try problem.worstRegionMedian(region: [0, 1], with: HiGHS())
    #expect(plan.sites == [1])
    #expect(plan.means == [Fraction(30), Fraction(10)])
  }

  @Test(
    .enabled(if: ReferenceInstances.isPresent, "reference instances are not here: skipped"),
    arguments: ["cap41", "cap44", "cap51", "cap61", "cap64", "cap71", "cap74"]
  )
  func `a warehouse problem of the OR-Library reaches its published optimum`(name: String) throws {
    let warehouse = try ReferenceInstances.read("cflp/\(name)", as: Warehouses.self)
    let objective = try #require(try warehouse.problem.solve(with: HiGHS()).objective)
    #expect(abs(objective / Warehouses.scale - warehouse.expected.cflp_optimum) < 0.01)
  }

  @Test(
    .enabled(if: ReferenceInstances.isPresent, "reference instances are not here: skipped"),
    arguments: ["01", "04", "07"]
  )
  func `the strong formulation of a capacitated p-median reaches its best known value`(number: String) throws
  {
    let medians = try ReferenceInstances.read("pmedcap/pmedcap\(number)", as: CapacitatedMedians.self)
    let plan = try medians.problem.solveAsModel(with: HiGHS())
    #expect(plan.status == .optimal)
    #expect(plan.objective == medians.expected.best_known)
  }
}

struct Warehouses: Decodable {
  struct Expected: Decodable { let cflp_optimum: Double }
  static let scale = 10_000.0
  let capacity: [Double]
  let fixed_cost: [Double]
  let demand: [Double]
  let demand_published: [Double]?
  let cost: [[Double]]
  let expected: Expected

  /// Costs in ten-thousandths: some have four decimals. Some published optima belong to a corrected demand.
  var problem: CapacitatedProblem {
    let published = demand_published ?? demand
    let legs = cost.map { row in
      row.enumerated().map {
        TravelTable.Leg(site: $0.offset, time: Int64(($0.element * Self.scale).rounded()))
      }
    }
    var problem = CapacitatedProblem(
      service: TravelTable(siteCount: capacity.count, legs: legs),
      loads: published.map { Int64($0) },
      capacities: capacity.map { Int64($0) }
    )
    problem.machineCosts = fixed_cost.map { Int64($0 * Self.scale) }
    problem.costScale = Int64(Self.scale)
    return problem
  }
}

struct CapacitatedMedians: Decodable {
  struct Customer: Decodable { let x: Double, y: Double, demand: Int64 }
  struct Expected: Decodable { let best_known: Double }
  let p: Int
  let capacity: Int64
  let customers: [Customer]
  let expected: Expected

  /// Whole distances rounded down, everybody served by one median.
  var problem: CapacitatedProblem {
    let legs = customers.map { from in
      customers.enumerated().map { index, to in
        let distance = ((from.x - to.x) * (from.x - to.x) + (from.y - to.y) * (from.y - to.y)).squareRoot()
        return TravelTable.Leg(site: index, time: Int64(distance.rounded(.down)))
      }
    }
    var problem = CapacitatedProblem(
      service: TravelTable(siteCount: customers.count, legs: legs),
      loads: customers.map(\.demand),
      capacities: customers.map { _ in capacity }
    )
    problem.machines = p
    problem.isSplit = false
    return problem
  }
}
