package import Inventory
package import Storage

extension Innovation {
  /// Proposes a solution; the same one proposed twice is one.
  package static func propose(
    _ terms: Terms,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Innovation {
    guard try insert(terms, state: .proposed, in: connection) else {
      let known = try find(terms.code, in: connection)
      guard known.terms == terms else {
        throw InnovationError.codeTaken(noun: "innovation", code: terms.code.rawValue)
      }
      return known
    }
    let innovation = try find(terms.code, in: connection)
    try Audit.record(
      "innovation.propose",
      subject: "innovation \(terms.code)",
      after: innovation,
      by: stamp,
      in: connection
    )
    return innovation
  }

  /// Takes a step along the diagram and logs it.
  /// - Throws: `InnovationError.notAllowed`, or `.centresUnderWay` where the last step comes too early.
  package static func take(
    _ step: Step,
    _ code: Code,
    reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Innovation {
    let before = try find(code, in: connection)
    guard let next = before.state.after(step), try before.mayTake(step, in: connection),
      try before.store(next, in: connection)
    else {
      throw InnovationError.notAllowed(
        step: step.rawValue,
        noun: "innovation",
        code: code.rawValue,
        state: before.state.rawValue
      )
    }
    try Audit.record(
      "innovation.\(step.rawValue)",
      subject: "innovation \(code)",
      before: StateNote(state: before.state.rawValue, reason: ""),
      after: StateNote(state: next.rawValue, reason: reason),
      by: stamp,
      in: connection
    )
    return try find(code, in: connection)
  }

  /// It is rolled out when some centre is live and none is on its way.
  private func mayTake(_ step: Step, in connection: any Connection) throws -> Bool {
    guard step == .rollOut else { return true }
    let centres = try rollout(in: connection)
    let underWay = centres.filter { [.asked, .ready, .training].contains($0.state) }.map(\.centre.rawValue)
    guard underWay.isEmpty, centres.contains(where: { $0.state == .live }) else {
      throw InnovationError.centresUnderWay(terms.code, underWay)
    }
    return true
  }

  /// Moves a centre along its roll-out; the same state said again is left as it is. Since when it is in its state
  /// may be unknown, of what a list tells.
  package static func move(
    _ centre: Centre.Code,
    to state: CentreRollout.State,
    of code: Code,
    since: Day?,
    note: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Innovation {
    let innovation = try find(code, in: connection)
    _ = try Centre.find(centre, in: connection)
    let before = try innovation.rollout(in: connection).first { $0.centre == centre }
    if before?.state == state { return innovation }
    guard innovation.state != .closed, before?.state.allows(state) ?? state.isBeginning else {
      throw InnovationError.notAllowed(
        step: "become \(state.rawValue)",
        noun: "roll-out of \(code) at",
        code: centre.rawValue,
        state: innovation.state == .closed ? "closed" : before?.state.rawValue ?? "not begun"
      )
    }
    if state.needsRelease, !innovation.state.isReleased {
      throw InnovationError.notReleased(code, innovation.state)
    }
    if let since, since > stamp.at.day {
      let expected = "a day not after \(stamp.at.day)"
      throw InnovationError.invalid([.init(field: "since", found: "\(since)", expected: expected)])
    }
    let after = CentreRollout(centre: centre, state: state, since: since, note: note)
    try innovation.store(after, in: connection)
    try Audit.record(
      "innovation.centre",
      subject: "innovation \(code) \(centre)",
      chain: .centre(centre.rawValue),
      before: before,
      after: after,
      by: stamp,
      in: connection
    )
    return innovation
  }
}

/// A state as the log keeps it, with why.
struct StateNote: Codable {
  var state: String
  var reason: String
}
