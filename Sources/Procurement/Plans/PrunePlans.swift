package import Inventory
package import Storage

extension PlanRun {
  /// Deletes the runs that read the ledger as of days before `day`, with their lines. The latest finished run stays in any
  /// case, and so does one that runs. The log keeps that they were made, with their digests.
  /// - Parameters:
  ///   - day: the first day of which runs are kept.
  ///   - stamp: who deletes them, and when.
  ///   - connection: one that writes.
  /// - Returns: the numbers of the runs that are gone, ascending.
  /// - Throws: what the database meets.
  package static func prune(before day: Day, by stamp: Stamp, in connection: any Connection) throws -> [Int64]
  {
    let latest = try latest(in: connection)?.id
    let old = try connection.query(
      "SELECT id FROM plan_run WHERE as_of < \(day) AND state <> 'running' ORDER BY id"
    ).map { try $0.decode(as: ID.self) }.filter { $0 != latest }
    for id in old {
      try connection.execute("DELETE FROM plan_line WHERE run_id = \(id)")
      try connection.execute("DELETE FROM plan_kit WHERE run_id = \(id)")
      try connection.execute("DELETE FROM plan_task WHERE run_id = \(id)")
      try connection.execute("DELETE FROM plan_run WHERE id = \(id)")
      try Audit.record(
        "plan.prune",
        subject: "plan \(id.rawValue)",
        after: ["before": day.description],
        by: stamp,
        in: connection
      )
    }
    return old.map(\.rawValue)
  }
}
