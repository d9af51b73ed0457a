/// At which grain gaps are told.
package enum GapLevel: String, CaseIterable, Codable, Sendable { case centre, department, region, network }

/// A part of the country with its people and its sites.
package struct GapArea: Equatable, Sendable {
  package var code: String
  package var name: String
  /// Indices into the demand points; nil where the area has no people of its own (a technical platform).
  package var points: [Int]?
  /// Codes of the centres that lie in it.
  package var centres: Set<String>

  /// The areas of a level, each point and each centre in exactly one. A centre's people are those to whom it
  /// is the nearest hospital site; those who reach none are an area of their own.
  package static func areas(_ level: GapLevel, of view: CategoryView) -> [GapArea] {
    let geography = view.geography
    switch level {
    case .network:
      let all = Array(geography.points.indices)
      return [
        GapArea(
          code: "network",
          name: "the network",
          points: all,
          centres: Set(geography.centres.map(\.code.rawValue))
        )
      ]
    case .region:
      return grouped(geography, point: { $0.region }, centre: { $0.region }, name: { $0 })
    case .department:
      let names = Dictionary(geography.points.map { ($0.code, $0.name) }) { first, _ in first }
      return grouped(geography, point: { $0.code }, centre: { $0.department }, name: { names[$0] ?? $0 })
    case .centre: return catchments(view)
    }
  }

  private static func grouped(
    _ geography: Geography,
    point: (DemandPoint) -> String,
    centre: (Centre) -> String,
    name: (String) -> String
  ) -> [GapArea] {
    let points = Dictionary(grouping: geography.points.indices) { point(geography.points[$0]) }
    let centres = Dictionary(grouping: geography.centres, by: centre)
    return Set(points.keys).union(centres.keys).sorted().map { key in
      GapArea(
        code: key,
        name: name(key),
        points: points[key],
        centres: Set((centres[key] ?? []).map(\.code.rawValue))
      )
    }
  }

  private static func catchments(_ view: CategoryView) -> [GapArea] {
    let hospitals = Set(view.geography.sites.map(\.code))
    let nearest = view.geography.points.indices.map { view.nearest(from: $0, among: hospitals)?.site }
    let points = Dictionary(grouping: nearest.indices) { nearest[$0] ?? "" }
    let areas = view.geography.centres.map { centre in
      let code = centre.code.rawValue
      return GapArea(
        code: code,
        name: centre.name,
        points: hospitals.contains(code) ? points[code] ?? [] : nil,
        centres: [code]
      )
    }
    guard let lost = points[""] else { return areas }
    return areas + [GapArea(code: "-", name: "no site reached", points: lost, centres: [])]
  }
}
