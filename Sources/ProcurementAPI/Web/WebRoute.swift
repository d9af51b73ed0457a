import Inventory
import Storage

/// A page that can be asked for: its path, who may see it, and how it is made from one snapshot of the database.
struct WebRoute: Sendable {
  let segments: [String]
  let roles: Set<Role>
  let make: @Sendable (Visit, any Connection) throws -> WebPage

  init(
    _ path: String,
    for roles: Set<Role> = Set(Role.allCases),
    _ make: @escaping @Sendable (Visit, any Connection) throws -> WebPage
  ) {
    segments = path.split(separator: "/").map(String.init)
    self.roles = roles
    self.make = make
  }

  /// The values of the segments in braces; nil for another path.
  func match(_ path: [String]) -> [String: String]? {
    guard path.count == segments.count else { return nil }
    var values: [String: String] = [:]
    for (segment, given) in zip(segments, path) {
      if segment.hasPrefix("{") {
        values[String(segment.dropFirst().dropLast())] = given
      } else if segment != given {
        return nil
      }
    }
    return values
  }

  /// Those who see the whole network.
  static let network: Set<Role> = [.buyer, .planner, .auditor, .administrator]
  static let auditing: Set<Role> = [.auditor, .administrator]

  static let all: [WebRoute] =
    OverviewPages.routes + StockPages.routes + ReportPages.routes + CampaignPages.routes + OrderPages.routes
    + ShortagePages.routes + SharingPages.routes + RolloutPages.routes + PlanPages.routes
    + EquipmentPages.routes + GapPages.routes
    + GapExplanations.routes
    + RenewalPages.routes + InnovationPages.routes + SurveyPages.routes + AccessProgrammePages.routes
    + AdministrationPages.routes + JobPages.routes

  static func find(_ path: [String]) -> (route: WebRoute, values: [String: String])? {
    for route in all {
      if let values = route.match(path) { return (route, values) }
    }
    return nil
  }
}
