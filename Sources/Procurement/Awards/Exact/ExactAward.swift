import Inventory
package import Planning

/// An award proven as good as it can be: the plan, how it was found, and what it says of itself.
package struct ExactAward: Equatable, Sendable {
  /// Raised whenever the same input could be awarded in another way.
  package static let version = "exact-1"

  package var plan: AwardPlan
  package var method: Award.Method
  package var report: Award.Report

  /// Draws up the award of a campaign's input. Blocks, so it is called on a thread of its own; between the reading and
  /// the storing transaction.
  /// - Throws: `AwardError` where there is no such award, `SolverError` where the solver fails.
  package static func decide(
    _ campaign: Campaign.Code,
    _ input: AwardInput,
    _ request: AwardRequest,
    with solver: any Solver,
    _ cancellation: Cancellation = Cancellation()
  ) throws -> ExactAward {
    let begun = ContinuousClock.now
    let question = AwardQuestion(input, request)
    let options = AwardOptions(
      gap: Double(request.gapPermillion) / 1e6,
      timeLimit: .seconds(request.timeLimit)
    )
    let found = try AwardPlanner(solver, options)
      .award(question.problem, .exact, alone: question.alone, cancellation)
    guard let costs = found.costs else {
      if found.status != .infeasible { throw AwardError.undecided(campaign, seconds: request.timeLimit) }
      throw AwardError.impossible(
        campaign,
        found.conflict.map { question.words(for: $0) },
        earliest: found.earliest.map { Day(rawValue: Int64($0.day)) }
      )
    }
    let answer = AwardAnswer(question, found)
    let said = Money(cents: Int64(costs.total))
    let cost = answer.plan.goods + answer.plan.totalFreight
    guard question.isOneReading ? cost == said : cost <= said else {
      throw AwardError.misjudged(campaign, priced: cost, said: said)
    }
    let bound = try answer.bound(solver, options, cancellation)
    let gap = bound.map { Self.gapPermillion(cost: cost, bound: $0) }
    var method = Award.Method(name: "exact", solver: solver.name, bound: bound, gapPermillion: gap)
    method.status = Self.status(gap: gap, asked: request)
    method.version = version
    method.milliseconds = Int64((ContinuousClock.now - begun) / .milliseconds(1))
    method.request = request
    return ExactAward(plan: answer.plan, method: method, report: answer.report)
  }

  /// (cost − bound) ÷ cost in millionths, rounded up: never smaller than it is.
  static func gapPermillion(cost: Money, bound: Money) -> Int64 {
    guard cost > bound, cost > .zero else { return 0 }
    let exact = Int128(cost.cents - bound.cents) * 1_000_000
    return Int64((exact + Int128(cost.cents) - 1) / Int128(cost.cents))
  }

  private static func status(gap: Int64?, asked: AwardRequest) -> Award.Method.Status {
    switch gap {
    case .some(0): .optimal
    case .some(let gap) where gap <= asked.gapPermillion: .withinGap
    default: .feasible
    }
  }
}
