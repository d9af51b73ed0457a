package import Planning
package import Storage

/// Everything that a question is answered from, read once.
package struct SiteInputs: Equatable, Sendable {
  package static let rule = "siting/2"

  package let question: SiteQuestion
  package let categoryName: String
  /// The people who take part in the search.
  package let points: [DemandPoint]
  /// Those left out of it: no journey to any site is known, or only a crossing connects them.
  package let apart: [DemandPoint]
  package let sites: [SitePlace]
  /// Indices of the sites that have a machine.
  package let existing: [Int]
  /// Sites whose machine is confirmed, those whose machine is to confirm, and those of which nobody said anything, by
  /// code: what a picture tells apart; none of them takes part in the search.
  package let confirmed: Set<String>
  package let toConfirm: Set<String>
  package let silent: Set<String>
  /// Organisations whose machine was placed at their first hospital site, for want of a named one.
  package let assumed: [String]
  /// What a machine costs at each site; empty where nothing was asked of cost.
  package let prices: [Money]
  /// What a machine costs where no candidate says otherwise; nil where nobody said, or nothing was asked of cost.
  package let price: Money?
  /// What that is made of, with its sources.
  package let priceSource: String
  /// The network's sites, and the places that may take a machine.
  package let network: [SitePlace]
  package let candidates: [SitePlace]
  package let journeys: Journeys
  package let table: TravelTable

  package static func read(_ question: SiteQuestion, in connection: any Connection) throws -> SiteInputs {
    guard question.add != nil || question.budget != nil else { throw SiteError.unbounded }
    var geography = try Geography.read(in: connection)
    if question.metropolitan { geography.points.removeAll { !$0.isMetropolitan } }
    try weigh(&geography, question.weights)
    guard geography.people > 0 else { throw SiteError.nobodyCounted }
    let category = try EquipmentCategory.find(question.category, in: connection)
    let view = try CategoryView.read(category, geography, on: question.day, in: connection)
    let standing = view.fleet.filter { machine in
      question.confirmedOnly ? machine.standing == .confirmed : machine.standing.isReported
    }
    let equipped = Set(standing.compactMap { $0.site?.code.rawValue })
    let network = geography.centres.map(SitePlace.init)
    let candidates = question.candidates?.map(\.place) ?? geography.sites
    let sites = places(network, candidates, equipped)
    let cost = try question.budget.flatMap { _ in
      try SiteCost.read(for: question.category, view.book, on: question.day, in: connection)
    }
    let price = cost?.total
    guard !sites.isEmpty else { throw SiteError.noCandidates }
    let split = reachable(geography.points, sites, view.journeys, question)
    return SiteInputs(
      question: question,
      categoryName: category.name,
      points: split.reached,
      apart: split.apart,
      sites: sites,
      existing: sites.indices.filter { equipped.contains(sites[$0].code) },
      confirmed: view.sites { $0 == .confirmed },
      toConfirm: view.sites { $0 == .toConfirm },
      silent: view.possibleSites.subtracting(view.sites(where: \.isReported)),
      assumed: Set(
        standing.filter(\.isSiteAssumed).map { machine in
          "\(machine.equipment.organisation) at \(machine.site?.code.rawValue ?? "no site")"
        }
      ).sorted(),
      prices: try prices(question, sites, price),
      price: price,
      priceSource: cost?.citation ?? "",
      network: network,
      candidates: candidates,
      journeys: view.journeys,
      table: view.journeys.table(from: split.reached, to: sites)
    )
  }

  private static func weigh(_ geography: inout Geography, _ weights: [String: Int64]?) throws(SiteError) {
    guard let weights else { return }
    let strangers = Set(weights.keys).subtracting(geography.points.map(\.code)).sorted()
    guard strangers.isEmpty else { throw .unknownDepartments(strangers) }
    for index in geography.points.indices {
      geography.points[index].people = weights[geography.points[index].code] ?? 0
    }
  }

  /// The sites that have a machine, then the candidates.
  private static func places(
    _ network: [SitePlace],
    _ candidates: [SitePlace],
    _ equipped: Set<String>
  ) -> [SitePlace] {
    network.filter { equipped.contains($0.code) } + candidates.filter { !equipped.contains($0.code) }
  }

  private static func reachable(
    _ points: [DemandPoint],
    _ sites: [SitePlace],
    _ journeys: Journeys,
    _ question: SiteQuestion
  ) -> (reached: [DemandPoint], apart: [DemandPoint]) {
    let countsCrossings = question.crossings || question.objective == .coverage
    let isReached = points.map { point in
      sites.contains { site in
        guard case .known(_, let source) = journeys.time(from: point, to: site) else { return false }
        return countsCrossings || source != .sea
      }
    }
    return (
      zip(points, isReached).filter(\.1).map(\.0), zip(points, isReached).filter { !$0.1 }.map(\.0)
    )
  }

  private static func prices(
    _ question: SiteQuestion,
    _ sites: [SitePlace],
    _ norm: Money?
  ) throws(SiteError) -> [Money] {
    guard question.budget != nil else { return [] }
    let own = Dictionary((question.candidates ?? []).map { ($0.place.code, $0.cost) }) { first, _ in first }
    let prices = sites.map { site in (own[site.code] ?? nil) ?? norm }
    guard !prices.contains(nil) else { throw .noCost(category: question.category.rawValue) }
    return prices.compactMap(\.self)
  }

  /// The same question with other sites taken to have a machine.
  func equipped(at codes: Set<String>) throws(SiteError) -> SiteInputs {
    let sites = Self.places(network, candidates, codes)
    return SiteInputs(
      question: question,
      categoryName: categoryName,
      points: points,
      apart: apart,
      sites: sites,
      existing: sites.indices.filter { codes.contains(sites[$0].code) },
      confirmed: confirmed,
      toConfirm: toConfirm,
      silent: silent,
      assumed: assumed,
      prices: try Self.prices(question, sites, price),
      price: price,
      priceSource: priceSource,
      network: network,
      candidates: candidates,
      journeys: journeys,
      table: journeys.table(from: points, to: sites)
    )
  }

  /// The problem as mathematics: seconds, people, cents.
  package var problem: SitingProblem {
    var problem = SitingProblem(times: table, weights: points.map(\.people))
    problem.existing = Set(existing)
    problem.sites = question.add.map { existing.count + Int($0) }
    problem.prices = prices.map(\.cents)
    problem.budget = question.budget?.cents
    return problem
  }

  package var model: SitingModel? {
    switch question.objective {
    case .coverage: .maximalCovering(limit: 60 * question.limitMinutes)
    case .median: .pMedian
    case .centre: .pCentre
    case .worstRegion: nil
    }
  }

  /// SHA-256 of every number that the answer depends on, in a fixed order.
  package var digest: String {
    var lines = [Self.rule, "existing \(existing)", "prices \(prices.map(\.cents))"]
    for (index, point) in points.enumerated() {
      let legs = table.legs(from: index).map { "\(sites[$0.site].code)=\($0.time)" }.joined(separator: " ")
      lines.append("\(point.code) \(point.region) \(point.people) \(legs)")
    }
    lines += apart.map { "apart \($0.code) \($0.people)" }
    // What is not known decides how firm the answer is.
    lines += [("confirmed", confirmed), ("to confirm", toConfirm), ("silent", silent)].map { name, codes in
      "\(name) \(codes.sorted().joined(separator: " "))"
    }
    return SHA256.hex(lines.joined(separator: "\n").utf8)
  }
}
