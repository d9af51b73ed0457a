import ArgumentParser
import Planning

/// Time and proven gap of the award against the same model given whole to the solver, in one run.
struct AwardBenchmark: ParsableCommand {
  @Option(help: "Items of the generated order.")
  var items = 300

  @Option(help: "Suppliers, each with an offer for every item.")
  var suppliers = 8

  @Option(help: "Seed of the generator.")
  var seed: UInt64 = 1

  @Option(help: "Gap to stop at.")
  var gap = 0.0002

  @Option(help: "Seconds for each method.")
  var timeLimit = 60.0

  @Flag(help: "Leave out the solver on the whole model.")
  var skipWhole = false

  func run() throws {
    var generator = GeneratedOrder(items: items, suppliers: suppliers, seed: seed)
    let problem = generator.problem()
    print("\(problem.centres.count) centres × \(items) items × \(suppliers) suppliers, seed \(seed)")
    let index = AwardIndex(problem)
    let options = AwardOptions(gap: gap, timeLimit: .seconds(timeLimit))
    let solver = try HiGHS()
    report("greedy") { index.greedyOutcome }
    try report("award") { try AwardSearch(solver, options).solve(index) }
    if !skipWhole { try report("whole model") { try JointAward(solver, options).solve(index) } }
  }

  private func report(_ name: String, _ solve: () throws -> AwardOutcome) rethrows {
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = try solve()
    let seconds = ((clock.now - start) / .milliseconds(1)).rounded() / 1_000
    let cost = outcome.costs.map { String($0.total) } ?? "no plan"
    let gap = outcome.gap.map { "\(($0 * 1e6).rounded() / 1e4) %" } ?? "no bound"
    print("\(name): \(outcome.status.rawValue), \(cost) cents, gap \(gap), \(seconds) s")
  }
}

AwardBenchmark.main()
