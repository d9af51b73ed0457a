/// Why a question about sites has no plan: the first reason that was found, with what is missing.
package enum SitingObstacle: Sendable, Equatable {
  case fewerThanExisting(asked: Int, existing: Int)
  case moreThanCandidates(asked: Int, candidates: Int)
  /// Demand points that reach no candidate, or none within the limit.
  case unreached(points: [Int], limit: Int64?)
  /// Sites that reach everybody, within the limit where there is one, are at least `needed`.
  case tooFewSites(asked: Int, needed: Int, limit: Int64?)
  /// What is necessary costs at least `needed`.
  case budgetTooSmall(budget: Int64, needed: Int128)
  /// All machines that may be there serve less than the loads.
  case capacityShort(load: Int128, capacity: Int128)
  /// Demand points that may not be split and that no site they reach can serve whole.
  case loadTooLarge(points: [Int])
  /// Each condition can be met, not all together.
  case together

  /// Stable: programs go by it.
  package var code: String {
    switch self {
    case .fewerThanExisting: "siting.fewer-than-existing"
    case .moreThanCandidates: "siting.more-than-candidates"
    case .unreached: "siting.unreached"
    case .tooFewSites: "siting.too-few-sites"
    case .budgetTooSmall: "siting.budget-too-small"
    case .capacityShort: "siting.capacity-short"
    case .loadTooLarge: "siting.load-too-large"
    case .together: "siting.not-together"
    }
  }

  /// How a sentence names points, times and amounts.
  package struct Words {
    package var point: (Int) -> String = { "number \($0 + 1)" }
    package var time: (Int64) -> String = { "\($0)" }
    package var amount: (Int128) -> String = { "\($0)" }

    package init() {}
  }

  package func sentence(_ words: Words = Words()) -> String {
    switch self {
    case .fewerThanExisting(let asked, let existing):
      "\(asked) sites are asked for and \(existing) exist already"
    case .moreThanCandidates(let asked, let candidates):
      "\(asked) sites are asked for and there are \(candidates) in all"
    case .unreached(let points, let limit):
      "\(Self.named(points, words)) no site"
        + (limit.map { " within the limit of \(words.time($0))" } ?? " by any journey that is known")
    case .tooFewSites(let asked, let needed, let limit):
      "\(asked) sites do not reach everybody"
        + (limit.map { " within the limit of \(words.time($0))" } ?? "") + ": at least \(needed) are needed"
    case .budgetTooSmall(let budget, let needed):
      "the budget of \(words.amount(Int128(budget))) is short by at least "
        + "\(words.amount(needed - Int128(budget))): what is necessary costs \(words.amount(needed))"
    case .capacityShort(let load, let capacity):
      "the machines that may be there serve \(capacity), short by \(load - capacity) of the \(load) to be served"
    case .loadTooLarge(let points):
      "\(Self.named(points, words)) no site that can serve it whole, and nobody may be split"
    case .together:
      "each condition can be met by itself, but no set of sites meets them all together"
    }
  }

  /// `2 demand points reach: a, b` with the first twenty by name.
  private static func named(_ points: [Int], _ words: Words) -> String {
    let names = points.prefix(20).map(words.point).joined(separator: ", ")
    let rest = points.count > 20 ? " and \(points.count - 20) more" : ""
    return points.count == 1
      ? "1 demand point (\(names)) reaches" : "\(points.count) demand points (\(names)\(rest)) reach"
  }
}

extension SitingProblem {
  /// What makes the question unanswerable before any search; nil when nothing does.
  func contradiction(_ model: SitingModel) -> SitingObstacle? {
    if let sites, sites < existing.count {
      return .fewerThanExisting(asked: sites, existing: existing.count)
    }
    if let sites, sites > times.siteCount {
      return .moreThanCandidates(asked: sites, candidates: times.siteCount)
    }
    let limit: Int64? = if case .setCovering(let limit) = model { limit } else { nil }
    if model.isMaximalCovering { return nil }
    let lost = (0..<times.pointCount).filter { point in
      guard let nearest = times.legs(from: point).first else { return true }
      return nearest.time > limit ?? .max
    }
    return lost.isEmpty ? nil : .unreached(points: lost, limit: limit)
  }

  /// Why no allowed set of sites reaches everybody, which was proven: too few sites, too little money, or both at once.
  ///
  /// Cost: two covering problems.
  func obstacle(within limit: Int64? = nil, _ effort: SitingEffort) -> SitingObstacle {
    var free = self
    (free.sites, free.budget) = (nil, nil)
    if let budget, !prices.isEmpty,
      let needed = free.solveSetCovering(limit ?? .max, effort).bound, needed > Int128(budget)
    {
      return .budgetTooSmall(budget: budget, needed: needed)
    }
    free.prices = []
    if let sites, let needed = free.solveSetCovering(limit ?? .max, effort).bound, needed > Int128(sites) {
      return .tooFewSites(asked: sites, needed: Int(needed), limit: limit)
    }
    return .together
  }
}
