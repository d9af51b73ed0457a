import ArgumentParser
import Foundation
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

  @Option(help: "What makes the order hard: \(Hardship.allCases.map(\.rawValue).joined(separator: ", ")).")
  var hardship = Hardship.drawn

  @Flag(help: "Leave out the solver on the whole model.")
  var skipWhole = false

  @Option(help: "Compare so many small random items with the solver instead, from the seed on.")
  var compare = 0

  func run() throws {
    if compare > 0 { return try compareItems() }
    var generator = GeneratedOrder(items: items, suppliers: suppliers, seed: seed)
    let solver = try HiGHS()
    let problem = try generator.problem(hardship, solver)
    let size = "\(problem.centres.count) centres × \(items) items × \(suppliers) suppliers"
    print("\(size), \(hardship.rawValue), seed \(seed)")
    let index = AwardIndex(problem)
    let options = AwardOptions(gap: gap, timeLimit: .seconds(timeLimit))
    report("greedy") { index.greedyOutcome }
    try report("award") { try AwardSearch(solver, options).solve(index) }
    if !skipWhole { try report("whole model") { try JointAward(solver, options).solve(index) } }
  }

  private func compareItems() throws {
    var comparison = ItemComparison(try HiGHS())
    for number in 0..<compare { try comparison.compare(seed: seed + UInt64(number)) }
    print(
      "\(comparison.items) items, \(comparison.impossible) impossible, \(comparison.alone) without the solver, "
        + "\(comparison.open) left open, \(comparison.contradictions) contradictions"
    )
  }

  private func report(_ name: String, _ solve: () throws -> AwardOutcome) rethrows {
    let clock = ContinuousClock()
    let start = clock.now
    let startOfProcessor = Foundation.clock()
    let outcome = try solve()
    let seconds = ((clock.now - start) / .milliseconds(1)).rounded() / 1_000
    let processor = Double((Foundation.clock() - startOfProcessor) / (CLOCKS_PER_SEC / 100)) / 100
    let cost = outcome.costs.map { String($0.total) } ?? "no plan"
    let gap = outcome.gap.map { "\(($0 * 1e6).rounded() / 1e4) %" } ?? "no bound"
    print(
      "\(name): \(outcome.status.rawValue), \(cost) cents, gap \(gap), \(seconds) s, processor \(processor) s"
    )
  }
}

AwardBenchmark.main()
