import ArgumentParser
import Foundation
import Planning
import Tabular

/// `procure solve siting`: where to open sites, from plain files.
struct SolveSiting: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "siting",
    abstract: "Choose sites exactly: least travel, shortest worst journey, or most people within a limit.",
    discussion: """
      T.csv has the columns origin, destination, minutes: origins are demand points, destinations are
      candidate sites, and a pair that is not listed cannot be travelled. D.csv has origin, weight. Minutes
      may have decimals; they are kept exactly.

      Examples:
        procure solve siting --model p-median --travel-times T.csv --demand D.csv --sites 3
        procure solve siting --model p-median --travel-times T.csv --demand D.csv --capacities C.csv --machines 4
        procure solve siting --model max-cover --travel-times T.csv --demand D.csv --existing E.csv \\
          --add 2 --limit 60 --format json
      """
  )

  enum Model: String, CaseIterable, ExpressibleByArgument {
    case median = "p-median"
    case centre = "p-centre"
    case maximalCovering = "max-cover"
    case setCovering = "set-cover"
  }

  @Option(help: "What is asked of the sites.") var model: Model
  @Option(help: "CSV of origin, destination, minutes.") var travelTimes: String
  @Option(help: "CSV of origin, weight.") var demand: String
  @Option(help: "CSV with a destination column: sites that are open already and stay open.")
  var existing: String?
  @Option(help: "How many sites there are to be in all, existing ones included.") var sites: Int?
  @Option(help: "How many sites to add to the existing ones, instead of --sites.") var add: Int?
  @Option(help: "Minutes within which a demand point counts as covered.") var limit: String?
  @Option(help: "CSV of destination, cost: what opening each site costs.") var costs: String?
  @Option(help: "The most that the new sites may cost together.") var budget: Int64?
  @Option(help: "CSV of destination, capacity, and if need be most and existing: machines at each site.")
  var capacities: String?
  @Option(help: "With --capacities: how many machines there are to be in all.") var machines: Int?
  @Flag(help: "With --capacities: each origin is served by one destination alone.") var unsplit = false
  @Option(help: "CSV of origin, region: make the worst region's mean journey shortest instead of the sum.")
  var regions: String?
  @Option(help: "Stop after this many seconds with the best plan and its bound.") var timeLimit: Double?
  @Option(help: "Stop once the plan is proven this close, e.g. 0.001.") var gap = 0.0
  @Flag(
    inversion: .prefixedNo,
    help: "What each single exchange of sites would cost, and one site more or less."
  )
  var sensitivity = true
  @OptionGroup var output: OutputOptions

  func validate() throws {
    let needsLimit = model == .maximalCovering || model == .setCovering
    if needsLimit && limit == nil { throw ValidationError("--model \(model.rawValue) needs --limit MINUTES") }
    if sites != nil && add != nil { throw ValidationError("give --sites or --add, not both") }
    if let reason = variantFault { throw ValidationError(reason) }
    let isBounded = capacities != nil || sites != nil || add != nil || (budget != nil && costs != nil)
    if model != .setCovering && !isBounded {
      throw ValidationError("--model \(model.rawValue) needs --sites, --add, or --costs with --budget")
    }
    if budget != nil && costs == nil { throw ValidationError("--budget needs --costs") }
    if let sites, sites < 1 { throw ValidationError("--sites is \(sites); expected 1 or more") }
    if let add, add < 0 { throw ValidationError("--add is \(add); expected 0 or more") }
    if !(gap >= 0 && gap < 1) { throw ValidationError("--gap is \(gap); expected at least 0 and below 1") }
  }

  func run() async throws {
    let clock = ContinuousClock()
    let begin = clock.now
    let input = try SitingFiles.read(self)
    if capacities != nil { return try await solveCapacitated(input) }
    if regions != nil { return try await solveEquitable(input) }
    let deadline = timeLimit.map { begin + .seconds($0) }
    var effort = SitingEffort(gap: gap) { deadline.map { ContinuousClock().now >= $0 } ?? false }
    effort.remaining = { deadline.map { max(.milliseconds(1), $0 - ContinuousClock().now) } }
    effort.solver = try? HiGHS()
    let plan = input.problem.solve(input.model, effort)
    let seconds = (clock.now - begin) / .seconds(1)
    let isSolved = plan.status == .optimal || plan.status == .feasible
    // What is asked beside the question may take as long as the question did, and a second.
    let end = clock.now + .seconds(seconds + 1)
    let spare = SitingEffort(gap: gap) { ContinuousClock().now >= min(end, deadline ?? end) }
    let report = sensitivity && isSolved ? input.problem.sensitivity(of: plan, input.model, spare) : nil
    let answer = SitingAnswer(plan, report, input, model: model, seconds: seconds)
    try write(answer)
    if let note = answer.apartNote { Terminal.note(note) }
    if !isSolved { throw ExitCode(2) }
  }
}
