/// A journey's duration with where it comes from; an unknown one, or one to which a server found no way, has no number,
/// and never counts as zero or as infinite.
package enum TravelTime: Hashable, Sendable {
  package enum Source: String, Sendable, Codable {
    /// Great circle × circuity ÷ speed.
    case formula
    /// A table that somebody supplied.
    case imported
    /// A routing server.
    case routed
    /// The explicit table of crossings.
    case sea
  }

  case known(seconds: Int64, Source)
  /// The source was asked and says that there is none.
  case noWay(Source)
  case unknown

  package var seconds: Int64? {
    guard case .known(let seconds, _) = self else { return nil }
    return seconds
  }
}

/// Times between named places, the best source first: a sea crossing over an imported time, that over a
/// routed one, and the formula only within one landmass and where no router said that there is no way.
package struct TravelTimes: Sendable {
  package struct Pair: Hashable, Sendable {
    package let origin: String
    package let destination: String

    package init(_ origin: String, _ destination: String) {
      self.origin = origin
      self.destination = destination
    }
  }

  /// Where a place lies: its coordinates, and the landmass within which roads connect.
  package struct Place: Hashable, Sendable {
    package let name: String
    package let point: GeoPoint
    package let landmass: String

    package init(_ name: String, _ point: GeoPoint, landmass: String) {
      self.name = name
      self.point = point
      self.landmass = landmass
    }
  }

  package var sea: [Pair: Int64] = [:]
  package var imported: [Pair: Int64] = [:]
  package var routed: [Pair: Int64] = [:]
  /// Pairs between which a routing server found no way.
  package var unroutable: Set<Pair> = []
  package var formula: RoadFormula

  package init(formula: RoadFormula = RoadFormula()) { self.formula = formula }

  package func time(from origin: Place, to destination: Place) -> TravelTime {
    let pair = Pair(origin.name, destination.name)
    if let seconds = sea[pair] { return .known(seconds: seconds, .sea) }
    if let seconds = imported[pair] { return .known(seconds: seconds, .imported) }
    if let seconds = routed[pair] { return .known(seconds: seconds, .routed) }
    if unroutable.contains(pair) { return .noWay(.routed) }
    guard origin.landmass == destination.landmass else { return .unknown }
    return .known(seconds: formula.seconds(from: origin.point, to: destination.point), .formula)
  }

  /// The known times as a table for the location models.
  package func table(from origins: [Place], to destinations: [Place]) -> TravelTable {
    let legs = origins.map { origin in
      destinations.enumerated().compactMap { index, destination in
        time(from: origin, to: destination).seconds.map { TravelTable.Leg(site: index, time: $0) }
      }
    }
    return TravelTable(siteCount: destinations.count, legs: legs)
  }
}
