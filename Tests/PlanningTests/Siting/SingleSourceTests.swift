import Planning
import Testing

/// Capacities, and everybody served whole by one site.
struct SingleSourceTests {
  @Test(arguments: 1...200)
  func `a plan that splits nobody agrees with enumeration`(seed: UInt64) throws {
    let problem = CapacitatedProblem.drawn(seed: seed)
    let plan = try problem.solve(with: RefusingSolver())
    let truth = problem.enumerated
    #expect(plan.status == (truth == nil ? .infeasible : .optimal))
    #expect(plan.objective == truth.map { Double($0) })
    #expect(plan.bound == plan.objective)
    if truth != nil { #expect(problem.allows(plan)) }
  }

  @Test(
    .enabled(if: ReferenceInstances.isPresent, "reference instances are not here: skipped"),
    arguments: ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"]
  )
  func `a capacitated p-median of the OR-Library is proven at its best known value`(number: String) throws {
    let medians = try ReferenceInstances.read("pmedcap/pmedcap\(number)", as: CapacitatedMedians.self)
    let plan = try medians.problem.solve(with: RefusingSolver())
    #expect(plan.status == .optimal)
    #expect(plan.objective == medians.expected.best_known)
    #expect(plan.bound == plan.objective)
    #expect(medians.problem.allows(plan))
  }

  @Test func `the same question gives the same plan`() throws {
    let problem = CapacitatedProblem.drawn(seed: 3)
    #expect(try problem.solve(with: RefusingSolver()) == problem.solve(with: RefusingSolver()))
  }

  @Test(arguments: 1...40)
  func `no time leaves a plan without a proof, or none`(seed: UInt64) throws {
    let problem = CapacitatedProblem.drawn(seed: seed)
    let plan = try problem.solve(with: RefusingSolver(), SolverOptions(timeLimit: .zero))
    #expect(plan.status != .optimal || plan.bound == plan.objective)
  }

  @Test func `a question that was withdrawn says so`() throws {
    let cancellation = Cancellation()
    cancellation.cancel()
    let problem = CapacitatedProblem.drawn(seed: 1)
    let plan = try problem.solve(with: RefusingSolver(), SolverOptions(), cancellation)
    #expect(plan.status == .cancelled || plan.bound == plan.objective || plan.status == .infeasible)
  }

  @Test func `a budget is a question for the solver`() {
    var problem = CapacitatedProblem.drawn(seed: 5)
    problem.budget = 10
    #expect(throws: SolverError.self) { try problem.solve(with: RefusingSolver()) }
  }
}

/// Solves nothing: what gets an answer did not need a solver.
private struct RefusingSolver: Solver {
  var name: String { "none" }

  func solve(
    _ model: LinearModel,
    _ options: SolverOptions,
    _ cancellation: Cancellation
  ) throws(SolverError) -> LinearSolution {
    throw .modelRefused("there is no solver here")
  }
}

extension CapacitatedProblem {
  /// At most 6 customers and 5 sites: pairs missing, several machines, some that stand there, costs, large loads.
  fileprivate static func drawn(seed: UInt64) -> CapacitatedProblem {
    var stream = SplitMix64(seed: seed)
    func below(_ limit: Int) -> Int { Int(stream.next() % UInt64(limit)) }
    let (sites, customers) = (2 + below(4), 3 + below(4))
    let unit = below(4) == 0 ? 10_000 : 1
    let legs = (0..<customers).map { _ in
      (0..<sites).compactMap { site -> TravelTable.Leg? in
        let cost = Int64(below(40))
        return below(8) == 0 ? nil : TravelTable.Leg(site: site, time: cost)
      }
    }
    var problem = CapacitatedProblem(
      service: TravelTable(siteCount: sites, legs: legs),
      loads: (0..<customers).map { _ in Int64(below(11) * unit + below(unit)) },
      capacities: (0..<sites).map { _ in Int64((5 + below(20)) * unit) }
    )
    problem.isSplit = false
    problem.mostMachines = (0..<sites).map { _ in below(3) == 0 ? below(4) : 1 }
    problem.existing = (0..<sites).map { _ in below(5) == 0 ? below(3) : 0 }
    if below(2) == 0 { problem.machineCosts = (0..<sites).map { _ in Int64(below(60)) } }
    if below(4) > 0 { problem.machines = 1 + below(5) }
    return problem
  }

  /// The least cost by looking at every assignment; nil when none is allowed.
  fileprivate var enumerated: Int64? {
    var best: Int64?
    var sites: [Int] = []
    func extend(_ cost: Int64) {
      guard sites.count < loads.count else {
        guard let price = price(of: sites) else { return }
        best = min(best ?? .max, cost + price)
        return
      }
      for leg in service.legs(from: sites.count) {
        sites.append(leg.site)
        extend(cost + leg.time)
        sites.removeLast()
      }
    }
    extend(0)
    return best
  }

  /// What the machines cost that are added to serve customers at these sites; nil when there are not so many.
  private func price(of sites: [Int]) -> Int64? {
    var total: Int64 = 0
    var inAll = 0
    for site in capacities.indices {
      let served = sites.indices.filter { sites[$0] == site }
      let load = served.reduce(0) { $0 + loads[$1] }
      let needed = Int((load + capacities[site] - 1) / capacities[site])
      let count = max(existing[site], needed, served.isEmpty ? 0 : 1)
      guard count <= max(existing[site], mostMachines[site]) else { return nil }
      inAll += count
      total += Int64(count - existing[site]) * machineCosts[site]
    }
    return inAll <= machines ?? .max ? total : nil
  }

  /// Whether everybody is served whole and no machine serves more than it can.
  fileprivate func allows(_ plan: CapacitatedPlan) -> Bool {
    var taken = [Int64](repeating: 0, count: capacities.count)
    for (customer, shares) in plan.shares.enumerated() {
      guard shares.count == 1, let share = shares.first, share.part == 1 else { return false }
      taken[share.site] += loads[customer]
    }
    let isWithin = capacities.indices.allSatisfy { taken[$0] <= Int64(plan.machines[$0]) * capacities[$0] }
    return isWithin && plan.machines.reduce(0, +) <= machines ?? .max
  }
}
