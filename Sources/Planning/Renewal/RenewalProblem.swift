/// Which machines to renew in which of the coming years, under yearly budgets. Money is integer cents.
package struct RenewalProblem: Sendable {
  package struct Machine: Sendable, Hashable {
    package var centre: String
    package var category: String
    /// Months at the start of the first year; nil when the commissioning date is not known.
    package var age: Int?
    package var expectedLife: Int
    /// Cents due in the year of renewal and in those after it.
    package var payments: [Int64]
    /// What renewing it in each year of the plan is worth, in points that the planner declares.
    package var benefits: [Int64]
    package var priority: Int64
    /// Years of the plan in which it may be renewed, counted from 0.
    package var allowedYears: ClosedRange<Int>

    /// `expectedLife` in months, like the age.
    package init(
      centre: String,
      category: String,
      age: Int?,
      expectedLife: Int,
      payments: [Int64],
      benefits: [Int64],
      priority: Int64 = 1,
      allowedYears: ClosedRange<Int>
    ) {
      self.centre = centre
      self.category = category
      self.age = age
      self.expectedLife = expectedLife
      self.payments = payments
      self.benefits = benefits
      self.priority = priority
      self.allowedYears = allowedYears
    }
  }

  /// From so many renewals of a category in one year on, each costs this much less, paid in that year.
  package struct Tier: Sendable, Hashable {
    package var category: String
    package var from: Int
    package var discount: Int64

    package init(category: String, from: Int, discount: Int64) {
      self.category = category
      self.from = from
      self.discount = discount
    }
  }

  /// What a plan may be judged by.
  package enum Aim: String, Sendable, Hashable, CaseIterable, Codable {
    /// Σ priority × benefit: more is better.
    case benefit
    /// Machine-years, weighted by priority, spent past the expected life at the end of a year.
    case overLife
    /// Machines by which the COCIR 60/30/10 rule is missed, summed over its bands and the years.
    case ageRule
    /// Cents paid.
    case cost
  }

  /// Aims added up with weights, or served one after the other.
  package enum Objective: Sendable {
    case weighted([Aim: Int64])
    case lexicographic([Aim])
  }

  package var years: Int
  package var machines: [Machine]
  /// Cents a year.
  package var budgets: [Int64]
  package var carriesOver = false
  /// The most machines that a centre may have under renewal in one year; nil when any number may be.
  package var mostDown: Int?
  package var tiers: [Tier] = []

  package init(years: Int, machines: [Machine], budgets: [Int64]) {
    self.years = years
    self.machines = machines
    self.budgets = budgets
  }

  /// Months at the end of `year` when last renewed in the middle of `renewed`: half a year and whole ones.
  func age(of machine: Machine, atEndOf year: Int, renewed: Int?) -> Int? {
    if let renewed { return 12 * (year - renewed) + 6 }
    return machine.age.map { $0 + 12 * (year + 1) }
  }
}
