package import Inventory

/// A shortage that is there or near, for one centre and item, or for the network as a whole.
package struct ShortageAlert: Equatable, Sendable, Codable {
  package typealias ID = Inventory.ID<ShortageAlert>

  package let id: ID
  /// Nil for the network.
  package var centre: Centre.Code?
  package var item: Item.SKU
  package var severity: Severity
  package private(set) var state: State
  package var openedOn: Day
  package var changedOn: Day
  package var resolvedOn: Day?
  package var timesReopened: Int64
  package var evidence: ShortageEvidence
  /// How often it was passed on because nobody answered, and when last.
  package var escalations: Int64 = 0
  package var escalatedOn: Day?
  /// The first day of those on which the figures have been in order at every look; nil while they are not.
  package var quietSince: Day?

  package enum State: String, CaseIterable, Codable, Sendable {
    case open, acknowledged, mitigated, resolved
  }

  /// What can happen to an alert.
  package enum Step: String, Sendable {
    /// A person has seen it.
    case acknowledge
    /// Something was done: a transfer, an order, an allocation.
    case mitigate
    /// The figures have been in order for long enough.
    case resolve
    /// It came back within `reopeningDays`.
    case reopen
    /// It got worse than what was seen or done.
    case worsen
  }

  /// An alert that comes back so soon is the same one.
  package static let reopeningDays: Int64 = 14
}

extension ShortageAlert.State {
  /// The diagram: open → acknowledged → mitigated → resolved; a worse figure opens it again.
  package func after(_ step: ShortageAlert.Step) throws(ShortageError) -> ShortageAlert.State {
    switch (self, step) {
    case (.open, .acknowledge), (.acknowledged, .acknowledge): .acknowledged
    case (.open, .mitigate), (.acknowledged, .mitigate), (.mitigated, .mitigate): .mitigated
    case (.open, .resolve), (.acknowledged, .resolve), (.mitigated, .resolve): .resolved
    case (.resolved, .reopen): .open
    case (.open, .worsen), (.acknowledged, .worsen), (.mitigated, .worsen): .open
    case (.mitigated, .acknowledge), (.resolved, .acknowledge), (.resolved, .mitigate),
      (.resolved, .resolve), (.resolved, .worsen), (.open, .reopen), (.acknowledged, .reopen),
      (.mitigated, .reopen):
      throw .stepNotAllowed(step.rawValue, from: rawValue)
    }
  }
}

extension ShortageAlert {
  mutating func take(_ step: Step, on day: Day) throws(ShortageError) {
    state = try state.after(step)
    changedOn = day
    resolvedOn = state == .resolved ? day : nil
    quietSince = nil
    if step == .reopen { timesReopened += 1 }
  }
}

package enum ShortageError: DomainError, Equatable {
  case noSuchAlert(Int64)
  case stepNotAllowed(String, from: String)

  package var kind: ErrorKind {
    switch self {
    case .noSuchAlert: .notFound
    case .stepNotAllowed: .conflict
    }
  }
  package var code: String {
    switch self {
    case .noSuchAlert: "alert.not-found"
    case .stepNotAllowed: "alert.step-not-allowed"
    }
  }
  package var description: String {
    switch self {
    case .noSuchAlert(let id): "no alert \(id)"
    case .stepNotAllowed(let step, let state): "an alert that is \(state) cannot take the step “\(step)”"
    }
  }
}
