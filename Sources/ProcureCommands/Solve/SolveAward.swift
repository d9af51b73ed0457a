import ArgumentParser
import Foundation
import Planning

/// `procure solve award FILE.json`
struct SolveAward: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "award",
    abstract: "Split pooled needs over suppliers' offers at the least cost, with proof.",
    discussion: """
      Reads a group order (needs, offers with price tiers, agreements, limits), finds the cheapest plan, \
      proves how good it is, divides cost and packs among the centres and says what would make it cheaper. \
      The file is described in docs/formats/award.md.

      Examples:
        procure solve award docs/examples/award-simple.json
        procure solve award order.json --gap 0.001 --time-limit 30 --format json
        procure solve award order.json --method greedy --format csv > lines.csv
      """
  )

  @Argument(help: "The order, as JSON; - reads standard input.")
  var file: String

  @Option(help: "Seconds that the award's search may take; comparisons and advice may take as long again.")
  var timeLimit: Double = 60

  @Option(help: "Stop when (cost - bound) / cost is at most this; 0 asks for the proven optimum.")
  var gap: Double = 0

  @Option(help: "How to decide: exact, or the greedy baseline.")
  var method: Award.Method = .exact

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard timeLimit > 0, timeLimit.isFinite else { throw ValidationError("--time-limit must be above 0.") }
    guard (0..<1).contains(gap) else { throw ValidationError("--gap must be at least 0 and below 1.") }
  }

  func run() async throws {
    let problem = try AwardFile.problem(try data())
    let options = AwardOptions(gap: gap, timeLimit: .seconds(timeLimit))
    let clock = ContinuousClock()
    let start = clock.now
    let (award, solver) = try await decide(problem, options)
    let report = AwardReport(award, problem, solver: solver, seconds: (clock.now - start) / .seconds(1))
    switch output.format {
    case .table: Terminal.write(report.text(width: Terminal.width))
    case .json, .csv, .xlsx: try output.write(report.lineTable, json: report)
    }
  }

  private func data() throws(AwardRefusal) -> Data {
    if file == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
    guard let data = FileManager.default.contents(atPath: file) else { throw .unreadable(path: file) }
    return data
  }

  private func decide(_ problem: AwardProblem, _ options: AwardOptions) async throws -> (Award, String) {
    let method = method
    do {
      let solver = try HiGHS()
      let award = try await onOwnThread { try AwardPlanner(solver, options).award(problem, method, $0) }
      return (award, solver.name)
    } catch let error as SolverError {
      throw AwardRefusal.solver(error)
    }
  }
}

extension Award.Method: ExpressibleByArgument {}
