/// Gives the whole award to the solver as one model.
package struct JointAward {
  package let solver: any Solver
  package let options: AwardOptions

  package init(_ solver: any Solver, _ options: AwardOptions = AwardOptions()) {
    self.solver = solver
    self.options = options
  }

  /// The award of `index`, from `start` when there is one; `bound` is one already proven.
  package func solve(
    _ index: AwardIndex,
    start: AwardPlan? = nil,
    bound: Int? = nil,
    _ cancellation: Cancellation = Cancellation()
  ) throws(SolverError) -> AwardOutcome {
    if index.isHopeless { return AwardOutcome(status: .infeasible) }
    let model = AwardModel(index)
    var limits = SolverOptions(relativeGap: options.gap, timeLimit: options.timeLimit)
    limits.absoluteGap = 1e-4
    limits.feasibilityTolerance = 1e-9
    limits.start = start.map { model.values(of: $0) }
    let found = try solver.solve(model.model, limits, cancellation)
    if found.status == .infeasible { return AwardOutcome(status: .infeasible) }
    let proven = max(bound ?? .min, Self.cents(found.bound) ?? .min)
    return index.outcome(
      found.values.isEmpty ? start : better(model.plan(found.values), start, index),
      bound: proven == .min ? nil : proven,
      gap: options.gap
    )
  }

  private func better(_ plan: AwardPlan, _ other: AwardPlan?, _ index: AwardIndex) -> AwardPlan {
    guard index.violations(of: plan).isEmpty else { return other ?? plan }
    guard let other, index.costs(of: other).total < index.costs(of: plan).total else { return plan }
    return other
  }

  /// Costs are whole cents, so a bound may be rounded up; a thousandth of a cent, or a billionth of it for
  /// large orders, is left to floating point.
  static func cents(_ bound: Double?) -> Int? {
    guard let bound, bound.isFinite, abs(bound) < 1e15 else { return nil }
    let cents = bound * AwardModel.centsPerUnit
    return Int((cents - max(0.02, abs(cents) * 1e-9)).rounded(.up))
  }
}

extension AwardIndex {
  /// Some need has nobody to deliver it: no model is needed to say so.
  package var isHopeless: Bool {
    blocks.contains { block in
      block.points.contains { point in
        point.dues.contains { due in
          due.quantity > 0 && !block.sources.contains { sources[$0].arrivalDay <= due.day }
        }
      }
    }
  }

  /// A plan judged: every limit checked in integers, its cost recomputed, the status only what the bound
  /// proves.
  func outcome(_ plan: AwardPlan?, bound: Int?, gap: Double) -> AwardOutcome {
    guard let plan, violations(of: plan).isEmpty else { return AwardOutcome(status: .unknown, bound: bound) }
    let costs = costs(of: plan)
    var outcome = AwardOutcome(status: .feasible, plan: plan, costs: costs)
    outcome.bound = bound.map { min($0, costs.total) }
    if let reached = outcome.gap {
      outcome.status = reached == 0 ? .optimal : reached <= gap ? .withinGap : .feasible
    }
    return outcome
  }
}
