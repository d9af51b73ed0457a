package import Inventory
package import Storage

extension PlanRun {
  /// Makes a run at a day, works on it alone and judges the alerts by it: one planner's morning, as a replay lives it. The
  /// time is the stamp's throughout, so that equal replays are equal.
  @discardableResult
  package static func planAndWatch(
    _ parameters: PlanParameters,
    by stamp: Stamp,
    in database: any Database
  ) async throws -> (run: PlanRun, watch: WatchResult) {
    let made = try await make(parameters, by: stamp, in: database)
    let worker = PlanWorker(database: database, name: stamp.actor, clock: { stamp.at })
    let run = try await worker.work(on: made.id)
    let watch = try await database.write { try ShortageAlert.watch(run, by: stamp, in: $0) }
    return (run, watch)
  }
}
