/// Where the next machines of a category should stand: what is asked, complete enough to be asked again.
package struct SiteQuestion: Equatable, Sendable, Codable {
  package enum Objective: String, CaseIterable, Codable, Sendable {
    /// Most people within the limit.
    case coverage
    /// Least travel in all.
    case median
    /// The shortest longest journey.
    case centre
    /// The shortest mean journey of the worst region.
    case worstRegion = "worst-region"
  }

  /// A place that could take a machine.
  package struct Candidate: Equatable, Sendable, Codable {
    package var place: SitePlace
    /// What one machine costs there; nil takes the category's norm.
    package var cost: Money?

    package init(place: SitePlace, cost: Money? = nil) {
      self.place = place
      self.cost = cost
    }
  }

  package var category: EquipmentCategory.Code
  package var objective: Objective
  package var limitMinutes: Int64
  /// How many sites to add; nil leaves it to the budget.
  package var add: Int64?
  /// What the added machines may cost together.
  package var budget: Money?
  /// Takes only confirmed machines as standing; otherwise also those to confirm.
  package var confirmedOnly = false
  /// Leaves the overseas departments out.
  package var metropolitan = false
  /// People whom only a crossing connects take part in journeys, not only in counts.
  package var crossings = false
  /// Nil takes the hospital sites of the network.
  package var candidates: [Candidate]?
  /// What each department weighs instead of its people: its need.
  package var weights: [String: Int64]?
  /// The day of the register and of the norms.
  package var day: Day

  package init(category: EquipmentCategory.Code, objective: Objective, limitMinutes: Int64, on day: Day) {
    self.category = category
    self.objective = objective
    self.limitMinutes = limitMinutes
    self.day = day
  }
}

package enum SiteError: DomainError, Equatable {
  case unbounded
  case noCost(category: String)
  case noCandidates
  case unknownDepartments([String])
  case nobodyCounted
  case solverNeeded(String)
  case noSuchPlan(String)
  case noPlan(String)

  package var kind: ErrorKind {
    switch self {
    case .unbounded, .noCost, .noCandidates, .unknownDepartments, .nobodyCounted: .invalid
    case .solverNeeded, .noPlan: .conflict
    case .noSuchPlan: .notFound
    }
  }
  package var code: String {
    switch self {
    case .unbounded: "sites.unbounded"
    case .noCost: "sites.no-cost"
    case .noCandidates: "sites.no-candidates"
    case .unknownDepartments: "sites.unknown-departments"
    case .nobodyCounted: "sites.nobody-counted"
    case .solverNeeded: "sites.solver-needed"
    case .noSuchPlan: "sites.plan-not-found"
    case .noPlan: "sites.no-plan"
    }
  }
  package var description: String {
    switch self {
    case .unbounded: "nothing bounds the number of sites; expected a number to add, a budget, or both"
    case .noCost(let category):
      "a budget needs what a machine costs: give each candidate a cost, or “\(category)” the norm "
        + "“installed-cost”"
    case .noCandidates: "there is no site that could take a machine"
    case .unknownDepartments(let codes):
      "weights for departments that are not known: \(codes.joined(separator: ", "))"
    case .nobodyCounted: "no department with a known population takes part"
    case .solverNeeded(let reason): "this objective needs the integer solver: \(reason)"
    case .noSuchPlan(let code): "no siting plan “\(code)”"
    case .noPlan(let reason): "no plan: \(reason)"
    }
  }
}
