import ArgumentParser
import Inventory
import Procurement
import Storage

extension Campaigns {
  struct AwardCommand: AsyncParsableCommand, LimitedArguments {
    static let limits = ["max-share": 1...100, "time-limit": 1...86_400]
    static let decimals = ["gap": 0...0.999_999]
    static let configuration = CommandConfiguration(
      commandName: "award",
      abstract: "Award the needs to suppliers at the least cost, proven.",
      discussion: """
        The exact rule finds the cheapest award that keeps every limit and proves it with the solver HiGHS \
        (scripts/install-highs). The greedy rule takes the cheapest feasible offer first and proves nothing. \
        What the award says of itself: procure campaign explain.

        Examples:
          procure campaign award PCR-S22
          procure campaign award PCR-S22 --max-share 60 --budget 250000 --gap 0.001 --time-limit 30
          procure campaign award PCR-S22 --rule greedy
        """
    )
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @Option(help: "How to decide.") var rule: AwardRule = .exact
    @Option(help: "Percentage of an item's needs that one supplier may get, rounded up to its whole pack.")
    var maxShare: Int64?
    @Option(help: "The most that goods and freight may cost together, in euros: 125000 or 125000.50.")
    var budget: Money?
    @Option(help: "Stop when (cost - bound) / cost is at most this; 0 asks for the proven optimum.")
    var gap: Double?
    @Option(
      help: "Seconds for the search; comparisons and advice may take as long again. (default: 60)"
    )
    var timeLimit: Int64?
    @Flag(
      help:
        "Where no award covers every need, leave out what the greedy rule cannot cover and prove the rest."
    )
    var partial = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      try checkLimits()
      if rule == .greedy, maxShare != nil || budget != nil || gap != nil || timeLimit != nil || partial {
        throw ValidationError(
          "--max-share, --budget, --gap, --time-limit and --partial belong to --rule exact."
        )
      }
    }

    func run() async throws {
      let award =
        switch rule {
        case .exact:
          try await ExactAwarding(code: code, request: request, isPartial: partial).award(in: database)
        case .greedy: try await database.write { try Campaign.awardGreedily(code, by: $0, in: $1) }
        }
      Terminal.note(award.headline)
      try output.write(award.table, json: award)
    }

    /// The gap in millionths, rounded down: what is asked for is never taken for less.
    private var request: AwardRequest {
      AwardRequest(
        budget: budget,
        maximumShare: maxShare,
        gapPermillion: Int64((gap ?? 0) * 1e6),
        timeLimit: timeLimit ?? 60
      )
    }
  }

  struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Explain a campaign's award: how good it is, what holds it back, who pays what.",
      discussion: """
        Example: procure campaign explain PCR-S22
        """
    )
    @Argument(help: "The campaign's code.") var code: Campaign.Code
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let award = try await database.read { connection in
        let campaign = try Campaign.find(code, in: connection)
        guard let award = try Award.latest(of: campaign, in: connection) else {
          throw CampaignError.noAward(code)
        }
        return award
      }
      try output.write(award.explanation, json: award)
    }
  }
}

enum AwardRule: String, CaseIterable, ExpressibleByArgument {
  case exact, greedy
}

extension Money: ExpressibleByArgument {
  /// Euros with up to two decimals, exact.
  package init?(argument: String) {
    let parts = argument.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let euros = Int64(first), euros >= 0, euros <= 9_000_000_000_000 else {
      return nil
    }
    let decimals = parts.count > 1 ? String(parts[1]) : "00"
    guard (1...2).contains(decimals.count), decimals.allSatisfy({ $0.isASCII && $0.isNumber }),
      let cents = Int64(decimals)
    else { return nil }
    self.init(cents: euros * 100 + (decimals.count == 1 ? cents * 10 : cents))
  }
}
