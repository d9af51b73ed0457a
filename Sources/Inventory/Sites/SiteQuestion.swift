package import Planning

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
  /// Nothing can satisfy the question, and why.
  case impossible(SitingObstacle, Words)

  /// The names of what an obstacle counts.
  package struct Words: Equatable, Sendable {
    package var points: [String]
    /// Sites that have a machine: what is asked for counts them.
    package var standing: Int
  }

  package var kind: ErrorKind {
    switch self {
    case .unbounded, .noCost, .noCandidates, .unknownDepartments, .nobodyCounted: .invalid
    case .solverNeeded, .noPlan, .impossible: .conflict
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
    case .impossible(let obstacle, _): Self.code(of: obstacle)
    }
  }
  package var description: String {
    switch self {
    case .unbounded: "nothing bounds the number of sites; expected a number to add, a budget, or both"
    case .noCost(let category):
      "a budget needs what a machine costs: give each candidate a cost, or “\(category)” a purchase price "
        + "(procure renewal import-prices)"
    case .noCandidates: "there is no site that could take a machine"
    case .unknownDepartments(let codes):
      "weights for departments that are not known: \(codes.joined(separator: ", "))"
    case .nobodyCounted: "no department with a known population takes part"
    case .solverNeeded(let reason): "this objective needs the integer solver: \(reason)"
    case .noSuchPlan(let code): "no siting plan “\(code)”"
    case .noPlan(let reason): "no plan: \(reason)"
    case .impossible(let obstacle, let words): "no plan: \(words.sentence(of: obstacle))"
    }
  }

  private static func code(of obstacle: SitingObstacle) -> String {
    switch obstacle {
    case .fewerThanExisting, .moreThanCandidates: "sites.too-few-candidates"
    case .unreached: "sites.unreached"
    case .tooFewSites: "sites.too-few-machines"
    case .budgetTooSmall: "sites.budget-too-small"
    case .capacityShort, .loadTooLarge, .together: "sites.no-plan"
    }
  }
}

extension SiteError.Words {
  func sentence(of obstacle: SitingObstacle) -> String {
    switch obstacle {
    case .moreThanCandidates(let asked, let candidates):
      return "\(asked - standing) more machines are asked for, each at another site, and "
        + "\(candidates - standing) sites could take one"
    case .tooFewSites(let asked, let needed, _):
      return
        "\(asked - standing) more machines do not reach everybody: at least \(needed - standing) are needed"
    default:
      var words = SitingObstacle.Words()
      words.point = { [points] in points.indices.contains($0) ? points[$0] : "\($0 + 1)" }
      words.time = { "\($0 / 60) minutes" }
      words.amount = { "\(Money(cents: Int64(clamping: $0))) €" }
      return obstacle.sentence(words)
    }
  }
}
