package import Planning

/// What a plan says, in calendar years and codes; every figure counted again in integers from the decisions.
package struct RenewalReport: Equatable, Sendable, Codable {
  package enum Action: String, Codable, Sendable { case renew, upgrade, move, add }

  package struct Line: Equatable, Sendable, Codable {
    package var year: Int64
    package var action: Action
    package var machine: String
    package var category: EquipmentCategory.Code
    package var place: String
    /// Where it goes to.
    package var destination: String?
    /// Months at the start of the year; nil for one that is added.
    package var ageMonths: Int64?
    /// For one alone, and less by what buying together saves.
    package var price: Money
    package var saving: Money
    /// What each aim would be worse by without this line; nothing where it would not be.
    package var effects: [Effect]
    package var isConfirmed: Bool
    package var isMakerGone: Bool
  }

  package struct Effect: Equatable, Sendable, Codable {
    package var aim: RenewalProblem.Aim
    package var change: Int64
  }

  /// A machine past its life at the end of the plan, and why nothing is done.
  package struct Left: Equatable, Sendable, Codable {
    package var machine: String
    package var category: EquipmentCategory.Code
    package var place: String
    package var endsIn: Int64
    package var reason: String
  }

  package struct Year: Equatable, Sendable, Codable {
    package var year: Int64
    package var budget: Money
    package var spent: Money
    package var saved: Money
    /// What may be spent later.
    package var carried: Money
    package var upToFive: Int64
    package var fiveToTen: Int64
    package var overTen: Int64
    package var isRuleKept: Bool?
    package var pastLife: Int64
    package var missing: Int64
  }

  /// Machines of a category bought in the same year.
  package struct Group: Equatable, Sendable, Codable {
    package var year: Int64
    package var category: EquipmentCategory.Code
    package var machines: [String]
    package var centres: [String]
    package var saving: Money
    /// How many more would reach the next tier, and what all of them together would save there.
    package var missingToNext: Int64?
    package var savingAtNext: Money?
  }

  /// How good the plan is proven to be for an aim, those before it being served.
  package struct Proof: Equatable, Sendable, Codable {
    package var aim: RenewalProblem.Aim
    package var status: LinearSolution.Status
    package var reached: Int64
    /// No plan reaches less; nil where the solver gave no bound.
    package var bound: Int64?

    /// (reached − bound) ÷ reached in millionths, rounded up; nil without a bound.
    package var gapPerMillion: Int64? {
      guard let bound else { return nil }
      if reached <= bound { return 0 }
      let (difference, size) = (Int128(reached - bound), Int128(max(1, reached)))
      return Int64((difference * 1_000_000 + size - 1) / size)
    }
  }

  package var lines: [Line]
  package var left: [Left]
  package var years: [Year]
  package var groups: [Group]
  package var proofs: [Proof]
  package var decisions: [RenewalProblem.Decision?]
  package var cost: Money
  package var isProven: Bool
}

extension RenewalReport {
  init(_ input: RenewalInput, _ problem: RenewalProblem, _ plan: RenewalPlan, _ answer: RenewalAnswer) {
    let story = RenewalStory(input: input, problem: problem, plan: plan)
    lines = story.lines
    left = story.left
    years = story.years
    groups = story.groups
    decisions = plan.decisions
    cost = Money(cents: plan.spending.reduce(0, +))
    isProven = answer.isProven
    proofs = answer.stages.compactMap { stage in
      guard let aim = stage.aims.first else { return nil }
      // Every sum is a whole number, so a bound may be rounded up to one.
      let bound = stage.bound.flatMap { bound in Int64(exactly: (bound - 1e-3).rounded(.up)) }
      return Proof(aim: aim, status: stage.status, reached: plan.scores[aim] ?? 0, bound: bound)
    }
  }
}
