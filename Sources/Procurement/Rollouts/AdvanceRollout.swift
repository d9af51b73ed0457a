package import Inventory
package import Storage

extension RolloutPlan {
  /// Says that the plan is the one to follow.
  package static func approve(_ code: Code, by stamp: Stamp, in connection: any Connection) throws
    -> RolloutPlan
  {
    let before = try find(code, in: connection)
    if before.state == .approved || before.state == .running { return before }
    return try advance(before, by: .approve, stamp: stamp, in: connection)
  }

  /// Gives up what did not go out.
  package static func cancel(
    _ code: Code,
    because reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> RolloutPlan {
    guard !reason.allSatisfy(\.isWhitespace) else { throw RolloutError.reasonMissing }
    var before = try find(code, in: connection)
    if before.state == .cancelled { return before }
    before.cancelledBecause = reason
    return try advance(before, by: .cancel, stamp: stamp, in: connection)
  }

  static func advance(
    _ before: RolloutPlan,
    by step: Step,
    stamp: Stamp,
    in connection: any Connection
  ) throws -> RolloutPlan {
    var after = before
    after.state = try before.state.after(step, of: before.code)
    try after.storeState(in: connection)
    after = try find(before.code, in: connection)
    try Audit.record(
      "rollout.\(step.name)",
      subject: "rollout \(before.code)",
      before: before.state,
      after: after,
      by: stamp,
      in: connection
    )
    return after
  }
}
