import Inventory
package import Planning

extension ExactAward {
  /// As `decide`; where the needs cannot all be covered, the cheapest award of those that can.
  ///
  /// What is left out is what the greedy rule cannot cover: its plan keeps every limit, so the rest can be awarded, and is
  /// awarded at a proven cost. That no other plan covers more is not proven. A budget or a maximum share may still make
  /// the rest impossible.
  /// - Throws: `AwardError` where there is no such award, `SolverError` where the solver fails.
  package static func decideAsFarAsPossible(
    _ campaign: Campaign.Code,
    _ input: AwardInput,
    _ request: AwardRequest,
    with solver: any Solver,
    _ cancellation: Cancellation = Cancellation()
  ) throws -> ExactAward {
    do {
      return try decide(campaign, input, request, with: solver, cancellation)
    } catch let error as AwardError {
      let left = GreedyAward.plan(for: input).uncovered
      guard case .impossible = error, !left.isEmpty else { throw error }
      let rest = input.without(left)
      guard rest.needs.contains(where: { $0.quantity > .zero }) else { throw error }
      var award = try decide(campaign, rest, request, with: solver, cancellation)
      award.plan.uncovered = left
      award.report.uncovered = left
      return award
    }
  }
}

extension AwardInput {
  /// The needs less what is left out of them.
  fileprivate func without(_ left: [AwardPlan.Uncovered]) -> AwardInput {
    var rest = self
    for part in left {
      var out = part.quantity
      for index in rest.needs.indices
      where rest.needs[index].centre == part.centre && rest.needs[index].item == part.item {
        let taken = min(out, rest.needs[index].quantity)
        rest.needs[index].quantity = rest.needs[index].quantity - taken
        out = out - taken
      }
    }
    return rest
  }
}
