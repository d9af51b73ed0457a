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
  package var reason: String?

  /// |objective − bound| / |objective|; zero when both are zero.
  package var gap: Double? {
    guard let objective, let bound else { return nil }
    if objective == bound { return 0 }
    return abs(Double(objective - bound)) / max(1, abs(Double(objective)))
  }

  static func infeasible(_ reason: String) -> SitingPlan { SitingPlan(status: .infeasible, reason: reason) }
}

extension SitingProblem {
  /// Solves one of the four models exactly, or as far as the effort allows.
  package func solve(_ model: SitingModel, _ effort: SitingEffort = SitingEffort()) -> SitingPlan {
    if let reason = contradiction(model) { return .infeasible(reason) }
    return switch model {
    case .pMedian: solveMedian(effort)
    case .pCentre: solveCentre(effort)
    case .maximalCovering(let limit): solveMaximalCovering(limit, effort)
    case .setCovering(let limit): solveSetCovering(limit, effort)
    }
  }

  /// What makes the question unanswerable before any search; nil when nothing does.
  private func contradiction(_ model: SitingModel) -> String? {
    if let sites, sites < existing.count {
      return "\(sites) sites are asked for and \(existing.count) exist already"
    }
    if let sites, sites > times.siteCount {
      return "\(sites) sites are asked for and there are \(times.siteCount) candidates"
    }
    let limit: Int64? = if case .setCovering(let limit) = model { limit } else { nil }
    if case .maximalCovering = model { return nil }
    let lost = (0..<times.pointCount).filter { point in
      guard let nearest = times.legs(from: point).first else { return true }
      return nearest.time > limit ?? .max
    }
    guard let first = lost.first else { return nil }
    let what = limit == nil ? "reach no candidate site" : "reach no candidate site within the limit"
    return "\(lost.count) demand points \(what), the first of them number \(first + 1)"
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
