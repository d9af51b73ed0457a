package import Planning
package import Storage

/// Where people live: one point for a department, at its population-weighted centre.
package struct DemandPoint: Equatable, Sendable, Codable {
  package var code: String
  package var name: String
  package var region: String
  package var people: Int64
  package var position: Position?

  package init(_ department: Department, people: Int64) {
    code = department.code
    name = department.name
    region = department.region
    self.people = people
    position = department.position
  }

  /// Of the 96 departments of metropolitan France.
  package var isMetropolitan: Bool { !Landmass.isOverseas(code) }
}

/// A place that has, or could have, a machine: a centre of the network, or any other candidate.
package struct SitePlace: Equatable, Sendable, Codable {
  package var code: String
  package var name: String
  package var region: String
  package var department: String
  package var position: Position?
  /// Nil for a candidate from outside the network.
  package var organisation: Organisation.Code?

  package init(_ centre: Centre) {
    code = centre.code.rawValue
    name = centre.name
    region = centre.region
    department = centre.department
    position = centre.position
    organisation = centre.organisation
  }

  package init(code: String, name: String, region: String, department: String, position: Position?) {
    self.code = code
    self.name = name
    self.region = region
    self.department = department
    self.position = position
    organisation = nil
  }
}

/// Roads connect what lies on one landmass: the continent, Corsica, each overseas territory.
package enum Landmass {
  package static func of(department: String) -> String {
    if department == "2A" || department == "2B" || department == "20" { return "corse" }
    return isOverseas(department) ? String(department.prefix(3)) : "continent"
  }

  package static func isOverseas(_ department: String) -> Bool {
    department.hasPrefix("97") || department.hasPrefix("98")
  }
}

/// Who lives where, and the sites of the network.
package struct Geography: Equatable, Sendable {
  package var points: [DemandPoint]
  /// Departments whose population nobody gave: in no sum.
  package var uncounted: [String]
  /// The hospital sites, by code: what can hold a machine that treats patients.
  package var sites: [SitePlace]
  package var centres: [Centre]

  package static func read(in connection: any Connection) throws -> Geography {
    let departments = try Department.all(in: connection)
    let centres = try Centre.all(in: connection)
    return Geography(
      points: departments.compactMap { department in
        department.population.map { DemandPoint(department, people: $0) }
      },
      uncounted: departments.filter { $0.population == nil }.map(\.code),
      sites: centres.filter { $0.kind == .hospitalSite }.map(SitePlace.init),
      centres: centres
    )
  }

  package var people: Int64 { points.reduce(0) { $0 + $1.people } }

  /// The site of an organisation's machine whose source does not name one: the first hospital site by code.
  package func principalSite(of organisation: Organisation.Code) -> Centre? {
    let own = centres.filter { $0.organisation == organisation }
    return own.first { $0.kind == .hospitalSite } ?? own.first
  }
}

extension TravelTimes.Place {
  /// A place without a position lies nowhere: only a table can say how long a journey to it takes.
  init(_ code: String, _ position: Position?, department: String) {
    let point = GeoPoint(
      latitude: Double(position?.latitude ?? 0) / 1e6,
      longitude: Double(position?.longitude ?? 0) / 1e6
    )
    let landmass = position == nil ? "nowhere: \(code)" : Landmass.of(department: department)
    self.init(code, point, landmass: landmass)
  }
}

extension DemandPoint {
  package var place: TravelTimes.Place { .init(code, position, department: code) }
}

extension SitePlace {
  package var place: TravelTimes.Place { .init(code, position, department: department) }
}
