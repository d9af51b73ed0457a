import Planning

/// Where the next machines should stand, with the proof, and how firm that is.
package struct SiteAnswer: Equatable, Sendable, Codable {
  package struct Chosen: Equatable, Sendable, Codable {
    package var code: String
    package var name: String
    package var isNew: Bool
    package var cost: Money?
    /// People for whom it is the nearest open site, and those of them within the limit.
    package var people: Int64
    package var peopleWithin: Int64
  }

  /// A state of the network: who is near, how far the others are.
  package struct Reach: Equatable, Sendable, Codable {
    package var peopleWithin: Int64
    /// Nil where no site is open.
    package var meanSeconds: Int64?
    package var longestSeconds: Int64?
    package var worstRegion: String?
    package var worstRegionMeanSeconds: Int64?
  }

  /// One new site left out, and the best single other one in its place.
  package struct Exchange: Equatable, Sendable, Codable {
    package var out: String
    package var into: String?
    /// Change of the objective: people, person-seconds or seconds.
    package var change: Int64
    /// Change of the people within the limit.
    package var changeWithin: Int64?
  }

  /// People whom no choice of sites can serve.
  package struct Apart: Equatable, Sendable, Codable {
    package var department: String
    package var name: String
    package var people: Int64
  }

  /// The same question with one parameter moved.
  package struct Neighbour: Equatable, Sendable, Codable {
    package var question: String
    package var newSites: [String]
    package var objective: Int64?
    /// People within the limit.
    package var peopleWithin: Int64?
    package var isProven: Bool
    package var changesTheSites: Bool
  }

  package var status: String
  /// People, person-seconds, or seconds, as the objective says.
  package var objective: Int64
  package var bound: Int64?
  package var sites: [Chosen]
  package var people: Int64
  package var peopleApart: Int64
  /// The departments where those live: no site can be reached from there, as far as anybody knows.
  package var apart: [Apart]?
  package var before: Reach
  package var after: Reach
  package var nextBest: [Exchange]
  package var neighbours: [Neighbour]
  /// Journeys used, by source.
  package var sources: [String: Int64]

  package var newSites: [Chosen] { sites.filter(\.isNew) }
  package var peopleGained: Int64 { after.peopleWithin - before.peopleWithin }
  package var isProven: Bool { status == SitingPlan.Status.optimal.rawValue }
}

extension SiteInputs {
  /// The state of the network with these sites open.
  func reach(_ open: [Int]) -> SiteAnswer.Reach {
    let nearest = nearest(open)
    let limit = 60 * question.limitMinutes
    let within = zip(points, nearest).reduce(0) { sum, pair in
      (pair.1?.time ?? .max) <= limit ? sum + pair.0.people : sum
    }
    let known = zip(points, nearest).compactMap { point, leg in leg.map { (point, $0.time) } }
    let people = known.reduce(Int128(0)) { $0 + Int128($1.0.people) }
    let travel = known.reduce(Int128(0)) { $0 + Int128($1.0.people) * Int128($1.1) }
    let worst = regionMeans(known).max { ($0.mean, $1.name) < ($1.mean, $0.name) }
    return SiteAnswer.Reach(
      peopleWithin: within,
      meanSeconds: people > 0 ? Self.rounded(Fraction(travel, people)) : nil,
      longestSeconds: known.map(\.1).max(),
      worstRegion: worst?.name,
      worstRegionMeanSeconds: worst.map { Self.rounded($0.mean) }
    )
  }

  func nearest(_ open: [Int]) -> [TravelTable.Leg?] {
    var isOpen = [Bool](repeating: false, count: sites.count)
    for site in open { isOpen[site] = true }
    return points.indices.map { table.nearest(from: $0, open: isOpen) }
  }

  /// Σ people × seconds ÷ Σ people of each region, over those whose journey is known.
  private func regionMeans(_ known: [(DemandPoint, Int64)]) -> [(name: String, mean: Fraction)] {
    let regions = Dictionary(grouping: known) { $0.0.region }
    return regions.compactMap { name, places in
      let people = places.reduce(Int128(0)) { $0 + Int128($1.0.people) }
      guard people > 0 else { return nil }
      let travel = places.reduce(Int128(0)) { $0 + Int128($1.0.people) * Int128($1.1) }
      return (name, Fraction(travel, people))
    }
  }

  /// Whole seconds, halves up.
  private static func rounded(_ value: Fraction) -> Int64 {
    Int64((value + Fraction(1, over: 2)).roundedDown)
  }
}
