/// An answer to a siting question, with its proof.
package struct SitingPlan: Sendable, Equatable {
  package enum Status: String, Sendable, Codable {
    /// No plan is better; see `gap` for the tolerance that was asked.
    case optimal
    /// The plan is valid and `bound` says how much better another could be.
    case feasible
    case infeasible
    /// Time ran out before any plan was found.
    case unknown
  }

  package var status: Status
  /// In weight × time, time, weight or sites (or price), by the model; recomputed in integers.
  package var objective: Int128?
  /// No plan does better than this.
  package var bound: Int128?
  /// Open sites, those that existed included, ascending.
  package var sites: [Int] = []
  /// The nearest open site of every demand point; nil where none can be reached, or none within the limit.
  package var assignment: [Int?] = []
  /// Subproblems that were bounded.
  package var nodes = 0
  /// Why there is no plan.
  package var obstacle: SitingObstacle?

  /// |objective − bound| / |objective|; zero when both are zero.
  package var gap: Double? {
    guard let objective, let bound else { return nil }
    if objective == bound { return 0 }
    return abs(Double(objective - bound)) / max(1, abs(Double(objective)))
  }

  static func infeasible(_ obstacle: SitingObstacle) -> SitingPlan {
    SitingPlan(status: .infeasible, obstacle: obstacle)
  }
}

extension SitingProblem {
  /// Solves one of the four models exactly, or as far as the effort allows.
  package func solve(_ model: SitingModel, _ effort: SitingEffort = SitingEffort()) -> SitingPlan {
    if let obstacle = contradiction(model) { return .infeasible(obstacle) }
    return switch model {
    case .pMedian: solveMedian(effort)
    case .pCentre: solveCentre(effort)
    case .maximalCovering(let limit): solveMaximalCovering(limit, effort)
    case .setCovering(let limit): solveSetCovering(limit, effort)
    }
  }

  /// The plan that a search found, its value still to be proven.
  func plan(
    _ search: LocationSearch,
    value: ([Int], [Int?]) -> Int128,
    limit: Int64? = nil
  ) -> SitingPlan {
    var plan = plan(openSites(search.open), nodes: search.nodes, limit: limit)
    plan.objective = value(plan.sites, plan.assignment)
    return plan
  }

  /// Everybody goes to the nearest of the sites, within the limit where there is one.
  func plan(_ sites: [Int], nodes: Int, limit: Int64? = nil) -> SitingPlan {
    let open = mask(sites)
    let assignment: [Int?] = (0..<times.pointCount).map { point in
      guard let leg = times.nearest(from: point, open: open), leg.time <= limit ?? .max else { return nil }
      return leg.site
    }
    return SitingPlan(status: .feasible, sites: sites, assignment: assignment, nodes: nodes)
  }

  func time(_ point: Int, _ site: Int) -> Int64? {
    times.legs(from: point).first { $0.site == site }?.time
  }
}
