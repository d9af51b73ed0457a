import Inventory
import Planning
import Storage
import Tabular

extension Seeds {
  /// Adds what equipment planning needs: need norms, makers, crossings, reported activity.
  func loadPlanning(into database: any Database, by stamp: Stamp) async throws {
    let norms = try EquipmentCategory.Norm.drafts(
      from: input("planning_norms.csv"),
      validFrom: stamp.at.day
    )
    let makers = try Maker.drafts(from: input("makers.csv"))
    let crossings = try Journey.drafts(
      from: input("crossings.csv"),
      as: .sea,
      detail: "seeds/crossings.csv",
      at: stamp.at
    )
    let activity = try Activity.drafts(from: input("equipment_activity.csv"))
    try await database.write { connection in
      try EquipmentCategory.Norm.take(norms, by: stamp, in: connection)
      try Maker.take(makers, by: stamp, in: connection)
      try Journey.take(crossings, by: stamp, in: connection)
      try Activity.take(activity, by: stamp, in: connection)
    }
  }
}
