/// How firm a plan is: what the next-best sites would cost, and which changed parameter changes the answer.
package struct SitingSensitivity: Sendable {
  /// One new site of the plan left out and the best single one put in its place; nil when none may be.
  package struct Exchange: Sendable, Equatable {
    package let out: Int
    package let into: Int?
    package let objective: Int128
  }

  /// The same question with one parameter moved.
  package struct Neighbour: Sendable {
    package enum Change: Sendable, Equatable { case sites(Int), limit(Int64), budget(Int64) }
    package let change: Change
    package let plan: SitingPlan

    /// `scale` is the number of time units in a minute.
    package func question(scale: Int64) -> String { Self.question(of: change, scale: scale) }

    package static func question(of change: Change, scale: Int64) -> String {
      switch change {
      case .sites(let count): "with \(count) sites"
      case .limit(let limit): "with a limit of \(Double(limit) / Double(scale)) minutes"
      case .budget(let budget): "with a budget of \(budget)"
      }
    }
  }

  package var exchanges: [Exchange] = []
  package var neighbours: [Neighbour] = []
}

extension SitingProblem {
  /// The time of a pair; nil when it cannot be travelled.
  package func time(from point: Int, to site: Int) -> Int64? { time(point, site) }

  /// Cost: the exchanges look at every demand point once per pair of sites; each neighbour is a solve.
  package func sensitivity(
    of plan: SitingPlan,
    _ model: SitingModel,
    _ effort: SitingEffort
  ) -> SitingSensitivity {
    var report = SitingSensitivity()
    for out in plan.sites where !existing.contains(out) && !effort.expired() {
      if let exchange = bestExchange(of: out, in: plan, model) { report.exchanges.append(exchange) }
    }
    for change in changes(model) where !effort.expired() {
      var moved = self
      var question = model
      switch change {
      case .sites(let count): moved.sites = count
      case .limit(let limit): question = model.limited(to: limit)
      case .budget(let budget): moved.budget = budget
      }
      report.neighbours.append(.init(change: change, plan: moved.solve(question, effort)))
    }
    return report
  }

  private func changes(_ model: SitingModel) -> [SitingSensitivity.Neighbour.Change] {
    var changes = model.limit == nil || model.isMaximalCovering ? changesOfNumber : []
    changes += changesOfBudget
    // A tenth less and a tenth more: the limit is a convention, and the answer may hang on it.
    if let limit = model.limit { changes += [limit - limit / 10, limit + limit / 10].map { .limit($0) } }
    return changes
  }

  /// One site less and one more.
  var changesOfNumber: [SitingSensitivity.Neighbour.Change] {
    guard let sites else { return [] }
    return [sites - 1, sites + 1].filter { $0 >= max(1, existing.count) && $0 <= times.siteCount }
      .map { .sites($0) }
  }

  /// A tenth less and a tenth more money.
  var changesOfBudget: [SitingSensitivity.Neighbour.Change] {
    guard let budget, !prices.isEmpty, budget >= 10 else { return [] }
    return [budget - budget / 10, budget + budget / 10].map { .budget($0) }
  }

  private func bestExchange(
    of out: Int,
    in plan: SitingPlan,
    _ model: SitingModel
  ) -> SitingSensitivity.Exchange? {
    let kept = plan.sites.filter { $0 != out }
    let values = exchangeValues(kept: kept, model)
    let spent = prices.isEmpty ? 0 : kept.reduce(0) { existing.contains($1) ? $0 : $0 + prices[$1] }
    let others = (0..<times.siteCount).filter { j in
      j != out && !kept.contains(j) && (prices.isEmpty || spent + prices[j] <= budget ?? .max)
    }
    let sign: Int128 = model.isMaximalCovering ? -1 : 1
    let best = others.compactMap { j in values[j].map { (site: j, value: $0) } }
      .min { (sign * $0.value, $0.site) < (sign * $1.value, $1.site) }
    return best.map { .init(out: out, into: $0.site, objective: $0.value) }
  }

  /// The objective with each site added to `kept`; nil where somebody would be left out.
  private func exchangeValues(kept: [Int], _ model: SitingModel) -> [Int128?] {
    let open = mask(kept)
    var total: Int128 = 0
    var change = [Int128](repeating: 0, count: times.siteCount)
    var missing = [Int](repeating: 0, count: times.siteCount)
    var lost = 0
    var worst = [Int64](repeating: 0, count: times.siteCount)
    for point in 0..<times.pointCount {
      let limit = model.limit ?? .max
      let nearest = times.nearest(from: point, open: open).flatMap { $0.time <= limit ? $0 : nil }
      let weight = Int128(weights[point])
      if nearest == nil { lost += 1 }
      if let nearest { total += model.isMaximalCovering ? weight : weight * Int128(nearest.time) }
      var reached = [Int: Int64]()
      for leg in times.legs(from: point).prefix(while: {
        $0.time < min(nearest?.time ?? .max, limit &+ (limit < .max ? 1 : 0))
      }) {
        reached[leg.site] = leg.time
        if nearest == nil { missing[leg.site] += 1 }
        switch model {
        case .maximalCovering: if nearest == nil { change[leg.site] += weight }
        default: change[leg.site] += weight * (Int128(leg.time) - Int128(nearest?.time ?? 0))
        }
      }
      if model == .pCentre {
        for j in worst.indices { worst[j] = max(worst[j], reached[j] ?? nearest?.time ?? 0) }
      }
    }
    return (0..<times.siteCount).map { j in
      if model.isMaximalCovering { return total + change[j] }
      guard missing[j] == lost else { return nil }
      switch model {
      case .pCentre: return Int128(worst[j])
      case .setCovering: return Int128(kept.count + 1)
      default: return total + change[j]
      }
    }
  }
}

extension SitingModel {
  var limit: Int64? {
    switch self {
    case .pMedian, .pCentre: nil
    case .maximalCovering(let limit), .setCovering(let limit): limit
    }
  }

  var isMaximalCovering: Bool { if case .maximalCovering = self { true } else { false } }

  func limited(to limit: Int64) -> SitingModel {
    isMaximalCovering ? .maximalCovering(limit: limit) : .setCovering(limit: limit)
  }
}
