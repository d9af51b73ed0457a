import ArgumentParser
import Foundation
import Planning

/// Measures the location models against the same models given as they are to the integer solver, and at scale.
@main
struct SitingBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time the location models: published optima, ratios against a plain integer model, and growth."
  )

  @Option(parsing: .upToNextOption, help: "OR-Library p-median graphs to solve.")
  var instances = Array(1...20)
  @Option(parsing: .upToNextOption, help: "Those of them that the plain model is given to as well.")
  var plain: [Int] = [1, 6, 11, 16]
  @Option(help: "Seconds that the integer solver may take on each.") var plainLimit = 60
  @Option(parsing: .upToNextOption, help: "Capacitated p-medians to solve.") var capacitated = Array(1...10)
  @Option(parsing: .upToNextOption, help: "Customers of made-up ones, a tenth as many medians.")
  var customers = [100, 150, 200]
  @Option(help: "How many made-up ones of each size.") var draws = 6
  @Option(help: "Small made-up problems on which the search and the integer solver must agree.")
  var agreements = 0
  @Option(parsing: .upToNextOption, help: "Demand points of the synthetic country; 0 leaves it out.")
  var points = [5000, 35_000]
  @Option(help: "Candidate sites of the synthetic country.") var candidates = 500
  @Option(help: "Sites to open there.") var sites = 20
  @Option(help: "The gap that is asked for there; 0 for a proof.") var gap = 0.001
  @Option(help: "Which made-up country.") var seed: UInt64 = 1

  @Option(
    parsing: .upToNextOption,
    help: "Demand points of the country for worst journeys and coverings; 0 leaves it out."
  )
  var coverings = [5000]
  @Option(help: "Seconds that each of those may take.") var coveringLimit: Double = 300

  func run() async throws {
    try graphs()
    try sanFrancisco()
    try warehouses()
    try capacitatedMedians()
    try madeUpMedians()
    try agree()
    for count in points where count > 0 { grow(count) }
    for count in coverings where count > 0 { cover(count) }
  }

  private func graphs() throws {
    print("instance\tn\tp\tp-median\tCPU s\tp-centre\tCPU s\tplain CPU s\tratio")
    for number in instances {
      guard let graph = try References.read("pmed/pmed\(number)", as: Graph.self) else { continue }
      let median = measured(graph.problem, .pMedian, expected: Int128(graph.expected.pmedian_optimum))
      let centre = measured(graph.problem, .pCentre, expected: Int128(graph.expected.pcenter_optimum))
      var line = "pmed\(number)\t\(graph.n)\t\(graph.p)\t\(median.text)\t\(centre.text)"
      if plain.contains(number) { line += try ratio(graph, to: median.seconds) }
      print(line)
    }
  }

  private func measured(
    _ problem: SitingProblem,
    _ model: SitingModel,
    expected: Int128
  ) -> (text: String, seconds: Double) {
    let begin = Self.cpu
    let plan = problem.solve(model)
    let seconds = Self.cpu - begin
    let isRight = plan.status == .optimal && plan.objective == expected
    let objective = plan.objective.map { "\($0)" } ?? "none"
    return ("\(objective)\(isRight ? "" : " (expected \(expected))")\t" + Self.text(seconds), seconds)
  }

  private func ratio(_ graph: Graph, to ours: Double) throws -> String {
    let begin = Self.cpu
    let options = SolverOptions(timeLimit: .seconds(plainLimit))
    let found = try HiGHS().solve(graph.plainModel, options, Cancellation())
    let seconds = Self.cpu - begin
    let bound = found.status == .optimal ? "" : "at least "
    return "\t\(Self.text(seconds)) (\(found.status.rawValue))\t\(bound)\(Int(seconds / max(ours, 0.001)))×"
  }

  private func sanFrancisco() throws {
    guard let city = try References.read("spopt_sf/sf_16x205", as: SanFrancisco.self) else { return }
    let limit = Int64(5000 * SanFrancisco.scale)
    var problem = city.problem
    print(
      "San Francisco, fewest stores within 5 km\t\(measured(problem, .setCovering(limit: limit), expected: 8).text)"
    )
    problem.sites = 4
    let covered = measured(problem, .maximalCovering(limit: limit), expected: 875_247)
    print("San Francisco, people within 5 km of 4\t\(covered.text)")
  }

  private func warehouses() throws {
    let names =
      ["cap41", "cap42", "cap43", "cap44", "cap51", "cap61", "cap62", "cap63", "cap64", "cap71", "cap72"]
      + ["cap73", "cap74"]
    for name in names {
      guard let warehouse = try References.read("cflp/\(name)", as: Warehouses.self) else { continue }
      let begin = Self.cpu
      let plan = try warehouse.problem.solve(with: HiGHS())
      let cost = (plan.objective ?? 0) / Warehouses.scale
      let isRight = plan.status == .optimal && abs(cost - warehouse.expected.cflp_optimum) < 0.01
      print(
        "\(name)\t\(String(format: "%.3f", cost))\(isRight ? "" : " (not as published)")\t"
          + Self.text(Self.cpu - begin)
      )
    }
  }

  private func grow(_ count: Int) {
    let country = SyntheticCountry(points: count, candidates: candidates, seed: seed)
    var problem = country.problem
    problem.sites = sites
    for (name, model) in [
      ("p-median", SitingModel.pMedian), ("max-cover 45 min", .maximalCovering(limit: 45)),
    ] {
      let begin = Self.cpu
      let deadline = begin + 300
      let plan = problem.solve(model, SitingEffort(gap: self.gap) { Self.cpu > deadline })
      let seconds = Self.cpu - begin
      let gap = plan.gap.map { String(format: "%.4f %%", 100 * $0) } ?? "none"
      print("\(count) × \(candidates), \(sites) sites, \(name): ", terminator: "")
      print(
        String(
          format: "%.1f CPU s, gap %@, %d nodes, peak %.0f MiB",
          seconds,
          gap,
          plan.nodes,
          Self.peakMemory
        )
      )
    }
  }

  /// The questions near the limit: twenty sites for everybody, and the fewest within 100 minutes.
  private func cover(_ count: Int) {
    var problem = SyntheticCountry(points: count, candidates: candidates, seed: seed).problem
    for (name, model) in [("p-centre", SitingModel.pCentre), ("set-cover 100 min", .setCovering(limit: 100))]
    {
      problem.sites = model == .pCentre ? sites : nil
      let clock = ContinuousClock()
      let (begin, end) = (Self.cpu, clock.now + .seconds(coveringLimit))
      var effort = SitingEffort { ContinuousClock().now >= end }
      effort.remaining = { max(.milliseconds(1), end - ContinuousClock().now) }
      effort.solver = try? HiGHS()
      let plan = problem.solve(model, effort)
      let (objective, bound) = (
        plan.objective.map { "\($0)" } ?? "none", plan.bound.map { "\($0)" } ?? "none"
      )
      print(
        "\(count) × \(candidates), \(name): \(objective), bound \(bound), \(Self.text(Self.cpu - begin)) CPU s"
      )
    }
  }

  static func text(_ seconds: Double) -> String { String(format: "%.3f", seconds) }

  /// Seconds of processor time of this process.
  static var cpu: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
  }

  /// MiB.
  private static var peakMemory: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
