/// What to do with which machine in which of the coming years, under yearly budgets. Money is integer cents.
///
/// A machine is acted on at most once within a plan: renewed, upgraded or moved. One that may be added is a
/// machine that is not there yet.
package struct RenewalProblem: Sendable, Equatable {
  package struct Machine: Sendable, Hashable {
    package var centre: String
    package var category: String
    /// Months at the start of the first year; nil when the commissioning date is not known.
    package var age: Int?
    /// False for one that a plan may add.
    package var isThere = true
    /// In months, like the age; nil where nothing says how long it may last.
    package var expectedLife: Int?
    /// Days down of a thousand known ones; 0 where nothing is known of it.
    package var downPerMille: Int64 = 0
    package var priority: Int64 = 1
    package var actions: [Action]

    package init(
      centre: String,
      category: String,
      age: Int?,
      isThere: Bool = true,
      expectedLife: Int?,
      downPerMille: Int64 = 0,
      priority: Int64 = 1,
      actions: [Action]
    ) {
      self.centre = centre
      self.category = category
      self.age = age
      self.isThere = isThere
      self.expectedLife = expectedLife
      self.downPerMille = downPerMille
      self.priority = priority
      self.actions = actions
    }
  }

  /// One thing that can be done with a machine.
  package struct Action: Sendable, Hashable {
    package var kind: Kind
    /// Cents due in the year of the action and in those after it.
    package var payments: [Int64]
    /// What doing it in each year of the plan is worth, in points that the planner declares; often nothing.
    package var benefits: [Int64]
    /// Years of the plan in which it may be done, counted from 0.
    package var allowedYears: ClosedRange<Int>

    package init(_ kind: Kind, payments: [Int64], benefits: [Int64] = [], allowedYears: ClosedRange<Int>) {
      self.kind = kind
      self.payments = payments
      self.benefits = benefits
      self.allowedYears = allowedYears
    }

    func benefit(in year: Int) -> Int64 { benefits.indices.contains(year) ? benefits[year] : 0 }
  }

  package enum Kind: Sendable, Hashable {
    /// A new machine in its place.
    case renew
    /// The same machine lasts so many months longer; it grows no younger.
    case upgrade(months: Int)
    /// The same machine at another centre from that year on.
    case move(to: String)
    /// A machine where there was none.
    case add

    /// Whether a machine is bought, so that it counts for a tier.
    package var isPurchase: Bool {
      switch self {
      case .renew, .add: true
      case .upgrade, .move: false
      }
    }
  }

  /// From so many machines of a category bought in one year on, each costs this much less, paid in that year.
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

  /// Machines that a centre lacks at the start; negative where it could spare some.
  package struct Gap: Sendable, Hashable {
    package var centre: String
    package var category: String
    package var missing: Int64
    package var priority: Int64 = 1

    package init(centre: String, category: String, missing: Int64, priority: Int64 = 1) {
      self.centre = centre
      self.category = category
      self.missing = missing
      self.priority = priority
    }
  }

  /// What a plan may be judged by; less is better, but for the benefit.
  package enum Aim: String, Sendable, Hashable, CaseIterable, Codable {
    /// Σ priority × benefit: more is better.
    case benefit
    /// Machine-years, weighted by priority, spent past the expected life at the end of a year.
    case overLife = "expected-life"
    /// Machines by which the COCIR rule is missed, summed over its bands and the years.
    case ageRule = "age-rule"
    /// Machines missing at a centre, weighted by priority, summed over the years.
    case gaps
    /// Days down of a thousand, as measured on each machine, for as long as it is kept.
    case downtime = "availability"
    /// Cents paid.
    case cost
  }

  /// Aims added up with weights, or served one after the other.
  package enum Objective: Sendable {
    case weighted([Aim: Int64])
    case lexicographic([Aim])
  }

  /// Shares of the known machines in each band, in percent.
  package struct AgeRule: Sendable, Hashable, Codable {
    package var young: Int64
    package var middle: Int64
    package var old: Int64
    /// Judges each category by itself and not the network as one.
    package var isByCategory: Bool

    package init(young: Int64 = 60, middle: Int64 = 30, old: Int64 = 10, isByCategory: Bool = false) {
      self.young = young
      self.middle = middle
      self.old = old
      self.isByCategory = isByCategory
    }
  }

  /// What is done with a machine, and when.
  package struct Decision: Sendable, Hashable, Codable {
    /// Index into the machine's actions.
    package var action: Int
    /// Counted from 0.
    package var year: Int

    package init(action: Int, year: Int) {
      self.action = action
      self.year = year
    }
  }

  package var years: Int
  package var machines: [Machine]
  /// Cents a year.
  package var budgets: [Int64]
  package var carriesOver = false
  /// The most machines that a centre may have under work in one year; nil when any number may be.
  package var mostDown: Int?
  package var tiers: [Tier] = []
  package var gaps: [Gap] = []
  package var ageRule = AgeRule()

  package init(years: Int, machines: [Machine], budgets: [Int64]) {
    self.years = years
    self.machines = machines
    self.budgets = budgets
  }
}
