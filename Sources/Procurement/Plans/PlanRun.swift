package import Inventory
import Planning

/// One plan for the whole network, stored with everything it came from.
///
/// The ledger is read as of a day and as known at the moment of the run; all else is frozen into the run's tasks when it is
/// made. So any number of processes may share the work, and the plan depends on none of them.
package struct PlanRun: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<PlanRun>

  package let id: ID
  package var knownAt: Instant
  package var parameters: PlanParameters
  /// The versions of the rules that made it.
  package var rules: String
  /// SHA-256 over parameters, rules, panel and every task's inputs.
  package var inputsDigest: String
  package var tasks: Int64
  /// Of them those that are done.
  package var done: Int64
  package var state: State
  package var actor: String
  package var startedAt: Instant
  package var endedAt: Instant?
  /// SHA-256 over every line, in order; nil until the run is finished.
  package var planDigest: String?
  /// Why it failed or was cancelled.
  package var reason: String?

  package enum State: String, CaseIterable, Codable, Sendable { case running, finished, failed, cancelled }

  /// Changed whenever a rule changes what the same inputs give.
  package static let rules = "forecast 2, reconciliation 2, policy 1, outlook 1, actions 2, kits 2"

  package var asOf: Day { parameters.asOf }
  /// Milliseconds from its making to its end; nil while it runs.
  package var duration: Int64? { endedAt.map { $0.rawValue - startedAt.rawValue } }
}

/// One part of a run: some items, or one kit.
struct PlanTask: Equatable, Sendable {
  let number: Int64
  let inputs: Inputs
  let ledgerDigest: String

  enum Inputs: Equatable, Sendable, Codable {
    case items([PlanItem])
    case kit(Kit, components: [PlanItem])

    /// The items of which the ledger is read.
    var items: [Item.SKU] {
      switch self {
      case .items(let items): items.map(\.item)
      case .kit(_, let components): components.map(\.item)
      }
    }
  }
}

/// How far a run has come.
package struct PlanProgress: Equatable, Sendable, Codable {
  package var done: Int64
  package var tasks: Int64
}
