import HTTPTypes
import Inventory
import Procurement
import Storage

extension FormAction {
  /// The operation whose form can be looked at as a plan before it is kept.
  static let rollout = "rolloutPlan"

  /// A rollout is planned on from what its form showed, whose number of plannings the form says: what somebody has
  /// planned meanwhile is not written over, and a new one takes no other's code.
  var asShown: @Sendable (any Connection) throws -> Void {
    guard let shown = form["_revision"].flatMap(Int64.init),
      let code = form["code"].flatMap(RolloutPlan.Code.init(rawValue:))
    else { return { _ in } }
    return { connection in
      let now = try RolloutPlan.revision(of: code, in: connection)
      guard now ?? 0 != shown else { return }
      guard shown > 0 else {
        throw Problem(
          .preconditionRequired,
          "request.if-match-needed",
          "there is a rollout \(code) already: plan that one again, or choose another code"
        )
      }
      throw Problem(
        .preconditionFailed,
        "request.if-match",
        "somebody has planned the rollout \(code) meanwhile: open it and look again"
      )
    }
  }
}
