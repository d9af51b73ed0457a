package import Planning

/// What a planner asks of a renewal plan.
package struct RenewalQuestion: Equatable, Sendable, Codable {
  package var firstYear: Int64
  /// One a year, in cents.
  package var budgets: [Money]
  /// What a year does not spend may be spent later.
  package var carriesOver: Bool
  /// The most machines that a centre may have under work in one year.
  package var mostDown: Int64?
  /// Served one after the other.
  package var priority: [RenewalProblem.Aim]
  package var judgesEachCategory: Bool
  /// Only these; all when empty.
  package var categories: [EquipmentCategory.Code]
  package var gaps: [StatedGap]

  package static let usualPriority: [RenewalProblem.Aim] = [.overLife, .ageRule, .gaps, .downtime, .cost]

  package init(
    firstYear: Int64,
    budgets: [Money],
    carriesOver: Bool = true,
    mostDown: Int64? = nil,
    priority: [RenewalProblem.Aim] = usualPriority,
    judgesEachCategory: Bool = false,
    categories: [EquipmentCategory.Code] = [],
    gaps: [StatedGap] = []
  ) {
    self.firstYear = firstYear
    self.budgets = budgets
    self.carriesOver = carriesOver
    self.mostDown = mostDown
    self.priority = priority
    self.judgesEachCategory = judgesEachCategory
    self.categories = categories
    self.gaps = gaps
  }

  /// A budget for the whole plan in equal yearly parts; cents that do not divide go to the first years.
  package static func parts(of budget: Money, years: Int64) -> [Money] {
    let (part, rest) = budget.cents.quotientAndRemainder(dividingBy: years)
    return (0..<years).map { Money(cents: part + ($0 < rest ? 1 : 0)) }
  }

  package var years: Int { budgets.count }

  /// Adds to what was stated of the same centre and category.
  package mutating func add(_ gap: StatedGap) {
    let known = gaps.firstIndex { $0.category == gap.category && $0.centre == gap.centre }
    guard let known else { return gaps.append(gap) }
    gaps[known].missing += gap.missing
    gaps[known].source += "; \(gap.source)"
  }

  /// Everything wrong in it at once.
  package var findings: [Finding] {
    var findings: [Finding] = []
    if !(1...30).contains(years) {
      findings.append(.init(field: "years", found: "\(years)", expected: "1 to 30 years"))
    }
    if !(1990...2200).contains(firstYear) {
      findings.append(.init(field: "from", found: "\(firstYear)", expected: "a year from 1990 to 2200"))
    }
    if budgets.contains(where: { $0 < .zero }) {
      findings.append(.init(field: "budget", found: "less than 0", expected: "an amount from 0"))
    }
    if let mostDown, mostDown < 1 {
      findings.append(.init(field: "mostDown", found: "\(mostDown)", expected: "1 or more machines"))
    }
    if priority.isEmpty || Set(priority).count != priority.count || priority.contains(.benefit) {
      let names = Self.usualPriority.map(\.rawValue).joined(separator: ",")
      let found = priority.map(\.rawValue).joined(separator: ",")
      findings.append(.init(field: "priority", found: found, expected: "some of \(names), each once"))
    }
    return findings
  }
}

/// Machines that a centre lacks, or has to spare, as someone worked out.
package struct StatedGap: Equatable, Sendable, Codable {
  package var category: EquipmentCategory.Code
  package var centre: Centre.Code
  /// Negative where the centre could spare some.
  package var missing: Int64
  package var source: String

  package init(category: EquipmentCategory.Code, centre: Centre.Code, missing: Int64, source: String) {
    self.category = category
    self.centre = centre
    self.missing = missing
    self.source = source
  }
}

package enum RenewalError: DomainError, Equatable {
  case noSuchPlan(Int64)
  case invalid([Finding])
  case nothingToPlan
  case noPlanFound(String)
  case unreadable(Int64)
  case doesNotHold(Int64, [String])

  package var kind: ErrorKind {
    switch self {
    case .noSuchPlan: .notFound
    case .invalid: .invalid
    case .nothingToPlan, .noPlanFound, .unreadable, .doesNotHold: .conflict
    }
  }
  package var code: String {
    switch self {
    case .noSuchPlan: "renewal.not-found"
    case .invalid: "renewal.invalid"
    case .nothingToPlan: "renewal.nothing-to-plan"
    case .noPlanFound: "renewal.no-plan-found"
    case .unreadable: "renewal.plan-unreadable"
    case .doesNotHold: "renewal.does-not-hold"
    }
  }
  package var findings: [Finding] { if case .invalid(let findings) = self { findings } else { [] } }
  package var description: String {
    switch self {
    case .noSuchPlan(let number): "no renewal plan \(number)"
    case .invalid(let findings):
      "\(findings.count) thing\(findings.count == 1 ? "" : "s") wrong in what was asked"
    case .nothingToPlan:
      "no machine in service has both a known age and a norm “expected-life”, and no gap was stated"
    case .noPlanFound(let why): "no plan was found: \(why)"
    case .unreadable(let number): "plan \(number) was written by another version of the program"
    case .doesNotHold(let number, let faults):
      "plan \(number) does not hold: \(faults.joined(separator: "; "))"
    }
  }
}
