import Foundation
import Planning

/// Capacitated problems in which each customer is served whole by one site.
extension SitingBenchmark {
  func capacitatedMedians() throws {
    for number in capacitated {
      let name = String(format: "pmedcap%02d", number)
      guard let medians = try References.read("pmedcap/\(name)", as: CapacitatedMedians.self) else {
        continue
      }
      var line = name + "\t" + (try run(medians.problem, expected: medians.expected.best_known))
      if plain.contains(number) {
        let begin = Self.cpu
        let options = SolverOptions(timeLimit: .seconds(plainLimit))
        let found = try medians.problem.solveAsModel(with: HiGHS(), options)
        line += "\tas a model \(found.status.rawValue) \(Self.text(Self.cpu - begin))"
      }
      print(line)
    }
  }

  /// Problems in the manner of Osman and Christofides (1994), of any size.
  func madeUpMedians() throws {
    for count in customers where count > 0 {
      for seed in 1...UInt64(max(1, draws)) {
        print("\(count) customers, draw \(seed)\t" + (try run(.made(customers: count, seed: seed))))
      }
    }
  }

  private func run(_ problem: CapacitatedProblem, expected: Double? = nil) throws -> String {
    let begin = Self.cpu
    let plan = try problem.solve(with: HiGHS(), SolverOptions(timeLimit: .seconds(plainLimit)))
    let seconds = Self.cpu - begin
    let note = expected.map { $0 == plan.objective ? " (best known)" : " (best known \($0))" } ?? ""
    let gap = plan.gap.map { String(format: "%.2f %%", 100 * $0) } ?? "none"
    return "\(plan.objective ?? 0)\(note)\tgap \(gap)\t" + Self.text(seconds)
  }

  /// Machines that cost something, several at a site, some that stand there, pairs that are missing.
  func agree() throws {
    var differences = 0
    for seed in 0..<UInt64(max(0, agreements)) {
      let problem = CapacitatedProblem.drawn(seed: seed)
      let ours = try problem.solve(with: HiGHS())
      let theirs = try problem.solveAsModel(with: HiGHS())
      if ours.status == theirs.status && ours.objective == theirs.objective { continue }
      differences += 1
      print("draw \(seed): \(ours.status) \(ours.objective ?? 0), \(theirs.status) \(theirs.objective ?? 0)")
    }
    if agreements > 0 { print("\(agreements) small problems, \(differences) differences") }
  }
}

extension CapacitatedProblem {
  /// Places on a square of 100 × 100, demands of 1 to 20, a median for ten customers, each for 120.
  static func made(customers: Int, seed: UInt64) -> CapacitatedProblem {
    var stream = SplitMix64(seed: seed)
    let places = (0..<customers).map { _ in
      (x: Double(stream.next() % 101), y: Double(stream.next() % 101), load: Int64(1 + stream.next() % 20))
    }
    let legs = places.map { from in
      places.enumerated().map { index, to in
        let squared = (from.x - to.x) * (from.x - to.x) + (from.y - to.y) * (from.y - to.y)
        return TravelTable.Leg(site: index, time: Int64(squared.squareRoot().rounded(.down)))
      }
    }
    let table = TravelTable(siteCount: customers, legs: legs)
    let capacities = places.map { _ in Int64(120) }
    var problem = CapacitatedProblem(service: table, loads: places.map(\.load), capacities: capacities)
    problem.machines = customers / 10
    problem.isSplit = false
    return problem
  }

  /// Up to 25 customers and 12 sites of every kind.
  static func drawn(seed: UInt64) -> CapacitatedProblem {
    var stream = SplitMix64(seed: seed)
    func below(_ limit: Int) -> Int { Int(stream.next() % UInt64(limit)) }
    let (sites, customers) = (4 + below(9), 10 + below(16))
    let legs = (0..<customers).map { _ in
      (0..<sites).compactMap { site -> TravelTable.Leg? in
        let cost = Int64(below(100))
        return below(8) == 0 ? nil : TravelTable.Leg(site: site, time: cost)
      }
    }
    var problem = CapacitatedProblem(
      service: TravelTable(siteCount: sites, legs: legs),
      loads: (0..<customers).map { _ in Int64(below(21)) },
      capacities: (0..<sites).map { _ in Int64(20 + below(60)) }
    )
    problem.isSplit = false
    problem.mostMachines = (0..<sites).map { _ in below(3) == 0 ? below(4) : 1 }
    problem.existing = (0..<sites).map { _ in below(5) == 0 ? below(3) : 0 }
    if below(2) == 0 { problem.machineCosts = (0..<sites).map { _ in Int64(below(120)) } }
    if below(4) > 0 { problem.machines = 3 + below(6) }
    return problem
  }
}
