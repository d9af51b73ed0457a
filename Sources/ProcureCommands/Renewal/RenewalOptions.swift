package import ArgumentParser
package import Inventory
package import Planning
package import Storage
import Tabular

/// What is asked of a renewal plan, by `renewal plan` and by what compares plans.
package struct RenewalOptions: LimitedArguments {
  package static let limits = [
    "years": 1...30, "from": 1990...2200, "most-down": 1...1_000, "time-limit": 1...86_400,
  ]
  @Option(help: "How many years the plan covers. (default: 8, or as many as --budgets has)")
  package var years: Int64?
  @Option(help: "The budget of all years together, as 60M; each year gets an equal part.")
  package var budget: Amount?
  @Option(help: "One budget for each year instead, as 5M,10M,7.5M.") package var budgets: Amounts?
  @Option(help: "The first year. (default: next year)") package var from: Int64?
  @Option(
    help: """
      Which aims to serve, the first before all others: expected-life, age-rule, gaps, availability, cost. \
      (default: in this order)
      """
  )
  package var priority: Priority?
  @Option(help: "Only this category; may be given several times.") package var category:
    [EquipmentCategory.Code] =
      []
  @Option(help: "The most machines that a centre may have under work in one year.") package var mostDown:
    Int64?
  @Option(help: "A table of what centres lack or can spare: category_code, centre_code, missing, source.")
  package var gaps: String?
  @Option(help: "Add machines where a kept plan of sites wants them, as SP-E21B247D50.")
  package var sites: String?
  @Flag(
    inversion: .prefixedNo,
    help: "Whether what a year does not spend may be spent later."
  )
  package var carryOver = true
  @Flag(help: "Hold each category to the 60/30/10 rule by itself, not the network as one.")
  package var ruleByCategory = false
  @Option(help: "Stop after so many seconds with the best plan and what is proven of it.")
  package var timeLimit = 60

  package init() {}

  package struct Priority: ExpressibleByArgument {
    package let aims: [RenewalProblem.Aim]
    package init?(argument: String) {
      let aims = argument.split(separator: ",", omittingEmptySubsequences: false)
        .map { RenewalProblem.Aim(rawValue: String($0)) }
      guard !aims.contains(nil) else { return nil }
      self.aims = aims.compactMap { $0 }
    }
  }

  package func validate() throws {
    if (budget == nil) == (budgets == nil) { throw ValidationError("give --budget or --budgets") }
    try checkLimits()
    if let years, let count = budgets?.moneys.count, count != years {
      throw ValidationError("--budgets has \(count) amounts; expected \(years), one for each of --years")
    }
  }

  package func question(on day: Day) throws -> RenewalQuestion {
    RenewalQuestion(
      firstYear: from ?? Int64(day.year) + 1,
      budgets: budgets?.moneys ?? RenewalQuestion.parts(of: budget?.money ?? .zero, years: years ?? 8),
      carriesOver: carryOver,
      mostDown: mostDown,
      priority: priority?.aims ?? RenewalQuestion.usualPriority,
      judgesEachCategory: ruleByCategory,
      categories: category,
      gaps: try gaps.map { try StatedGap.drafts(from: try ByteInput(path: $0)) } ?? []
    )
  }

  /// What is asked, with the machines that a plan of sites adds.
  package func completed(_ question: RenewalQuestion, in connection: any Connection) throws -> RenewalQuestion
  {
    guard let sites else { return question }
    var question = question
    for gap in try SitePlan.find(sites, in: connection).statedGaps { question.add(gap) }
    return question
  }

  package var limit: Duration { .seconds(timeLimit) }
}
