import ArgumentParser
import Foundation
import Planning

/// Measures the location models against the same models given as they are to the integer solver, and at scale.
@main
struct SitingBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time the location models: ratios against a plain integer model, and growth."
  )

  @Option(help: "OR-Library instances to solve.") var instances: [Int] = [1, 6, 11, 16, 20]
  @Option(help: "The largest vertex count that the integer solver is asked for.") var plainUpTo = 200
  @Option(help: "Seconds that the integer solver may take on each.") var plainLimit = 120
  @Option(help: "Demand points of the synthetic country; 0 leaves it out.") var points: [Int] = [
    5000, 35_000,
  ]
  @Option(help: "Candidate sites of the synthetic country.") var candidates = 500
  @Option(help: "Sites to open there.") var sites = 20

  func run() async throws {
    print("instance         p  objective  proven  CPU s   plain CPU s  ratio")
    for number in instances { try compare(number) }
    for count in points where count > 0 { grow(count) }
  }

  private func compare(_ number: Int) throws {
    let folder = ProcessInfo.processInfo.environment["PROCURE_REFERENCE_DATA"] ?? "../shared"
    let url = URL(fileURLWithPath: "\(folder)/instances/pmed/pmed\(number).json")
    guard let data = try? Data(contentsOf: url) else { return print("pmed\(number): not here, skipped") }
    let graph = try JSONDecoder().decode(Graph.self, from: data)
    let problem = graph.problem
    let begin = Self.cpu
    let plan = problem.solve(.pMedian)
    let ours = Self.cpu - begin
    var line = "pmed\(number)\tn=\(graph.n)\t\(graph.p)\t\(plan.objective ?? 0)\t\(plan.status == .optimal)\t"
    line += String(format: "%.3f", ours)
    if graph.n <= plainUpTo, let solver = try? HiGHS() {
      let start = Self.cpu
      let options = SolverOptions(timeLimit: .seconds(plainLimit))
      let found = try solver.solve(graph.plainModel, options, Cancellation())
      let plain = Self.cpu - start
      line += String(format: "\t%.2f (%@)\t%.0f×", plain, found.status.rawValue, plain / ours)
    }
    print(line)
  }

  private func grow(_ count: Int) {
    let country = SyntheticCountry(points: count, candidates: candidates, seed: 1)
    var problem = country.problem
    problem.sites = sites
    for (name, model) in [
      ("p-median", SitingModel.pMedian), ("max-cover 45 min", .maximalCovering(limit: 45)),
    ] {
      let begin = Self.cpu
      let deadline = begin + 300
      let plan = problem.solve(model, SitingEffort(gap: 0.001) { Self.cpu > deadline })
      let seconds = Self.cpu - begin
      let gap = plan.gap.map { String(format: "%.4f %%", 100 * $0) } ?? "none"
      print("\(count) × \(candidates), \(sites) sites, \(name): ", terminator: "")
      print(String(format: "%.1f CPU s, gap %@, peak %.0f MiB", seconds, gap, Self.peakMemory))
    }
  }

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
