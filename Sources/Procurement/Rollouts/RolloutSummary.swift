package import Inventory
package import Storage

/// A rollout as a list shows it.
package struct RolloutSummary: Equatable, Sendable {
  package var code: RolloutPlan.Code
  package var title: String
  package var state: RolloutPlan.State
  package var centres: Int64
  /// When the last centre has its first tranche; nil where the arrivals do not reach all of them.
  package var lastFirstDay: Day?
}

extension RolloutSummary {
  /// The rollouts as they are planned now, the latest first: one statement, however many they are.
  package static func list(limit: Int64 = 100, in connection: any Connection) throws -> [RolloutSummary] {
    try connection.query(
      """
      SELECT r.code, r.title, r.state, v.last_first_day,
        (SELECT COUNT(*) FROM rollout_target t WHERE t.rollout_id = r.id AND t.revision = r.revision)
      FROM rollout r JOIN rollout_revision v ON v.rollout_id = r.id AND v.number = r.revision
      ORDER BY r.id DESC LIMIT \(limit)
      """
    ).map { row in
      let (code, title, state, last, centres) = try row.decode(
        as: RolloutPlan.Code.self,
        String.self,
        RolloutPlan.State.self,
        Day?.self,
        Int64.self
      )
      return RolloutSummary(code: code, title: title, state: state, centres: centres, lastFirstDay: last)
    }
  }
}
