import Inventory
import Planning
import Procurement
import Storage

/// Draws up an exact award between two transactions: one reads its input, one stores it if the input still stands.
struct ExactAwarding {
  let code: Campaign.Code
  let request: AwardRequest
  /// Whether needs may be left out where they cannot all be covered.
  let isPartial: Bool

  func award(in options: DatabaseOptions) async throws -> Procurement.Award {
    let (code, request, isPartial, stamp) = (code, request, isPartial, options.stamp)
    let database = try await options.open()
    let input = try await database.read { try Campaign.awardInput(code, on: stamp.at.day, in: $0) }
    do {
      let solver = try HiGHS()
      let exact = try await onOwnThread { cancellation in
        isPartial
          ? try ExactAward.decideAsFarAsPossible(code, input, request, with: solver, cancellation)
          : try ExactAward.decide(code, input, request, with: solver, cancellation)
      }
      return try await database.write { connection in
        try Campaign.award(code, exact, for: input, by: stamp, in: connection)
      }
    } catch let error as SolverError {
      throw AwardError.noSolver(code, error.description)
    }
  }
}
