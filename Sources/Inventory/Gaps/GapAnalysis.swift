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
    var register = try EquipmentRegister(of: category, geography, on: day, in: connection)
    var analysis = GapAnalysis(day: day, level: level, rows: [], trace: [])
    for category in categories {
      analysis.add(try register.view(of: category), explained: explained)
    }
    return analysis
  }

  /// All categories in the network and one by region, from one reading of the register.
  package static func overview(
    of categories: [EquipmentCategory],
    regionsOf chosen: EquipmentCategory?,
    on day: Day,
    in connection: any Connection
  ) throws -> (network: GapAnalysis, regions: GapAnalysis) {
    var register = try EquipmentRegister(try Geography.read(in: connection), on: day, in: connection)
    var network = GapAnalysis(day: day, level: .network, rows: [], trace: [])
    var regions = GapAnalysis(day: day, level: .region, rows: [], trace: [])
    for category in categories {
      let view = try register.view(of: category)
      network.add(view, explained: false)
      if category.code == chosen?.code { regions.add(view, explained: false) }
    }
    return (network, regions)
  }

  private mutating func add(_ view: CategoryView, explained: Bool) {
    let areas = GapArea.areas(level, of: view)
    let rows = areas.map { GapRow($0, view) }
    self.rows += rows
    if explained { trace += view.trace(of: zip(areas, rows)) }
  }
}
