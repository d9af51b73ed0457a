import Planning
package import Storage

/// The gaps of one or all categories on a day, at one grain.
package struct GapAnalysis: Equatable, Sendable, Codable {
  package var day: Day
  package var level: GapLevel
  package var rows: [GapRow]
  /// What each figure was computed from; empty unless it was asked for.
  package var trace: [GapTrace]

  /// Cost: one reading of the register, and a look at every journey for each category.
  package static func read(
    category: EquipmentCategory.Code? = nil,
    by level: GapLevel = .network,
    on day: Day,
    explained: Bool = false,
    in connection: any Connection
  ) throws -> GapAnalysis {
    let geography = try Geography.read(in: connection)
    let categories =
      if let category {
        [try EquipmentCategory.find(category, in: connection)]
      } else {
        try EquipmentCategory.all(in: connection)
      }
    var analysis = GapAnalysis(day: day, level: level, rows: [], trace: [])
    var register = try EquipmentRegister(of: category, geography, on: day, in: connection)
    for category in categories {
      let view = try register.view(of: category)
      let areas = GapArea.areas(level, of: view)
      let rows = areas.map { GapRow($0, view) }
      analysis.rows += rows
      if explained { analysis.trace += view.trace(of: zip(areas, rows)) }
    }
    return analysis
  }
}
