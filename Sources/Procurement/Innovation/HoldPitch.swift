package import Inventory
package import Storage

extension Pitch {
  /// Proposes a pitch of an innovation, numbered after those before it.
  package static func propose(
    _ code: Innovation.Code,
    presenter: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Pitch {
    let innovation = try Innovation.find(code, in: connection)
    // Writing the innovation's row first makes two who propose at once wait for each other.
    guard innovation.state != .closed, try innovation.store(innovation.state, in: connection) else {
      throw InnovationError.notAllowed(
        step: "be pitched",
        noun: "innovation",
        code: code.rawValue,
        state: innovation.state.rawValue
      )
    }
    let number = (try all(of: code, in: connection).map(\.number).max() ?? 0) + 1
    let pitch = Pitch(
      innovation: code,
      number: number,
      state: .proposed,
      presenter: presenter,
      recording: "",
      nextStep: "",
      interest: []
    )
    try pitch.insert(in: connection)
    try Audit.record(
      "pitch.propose",
      subject: "pitch \(code) \(number)",
      after: pitch,
      by: stamp,
      in: connection
    )
    return pitch
  }

  /// Takes a step and logs it. An innovation that was only proposed is pitched once it was presented.
  package static func take(
    _ event: Event,
    _ number: Int64,
    of code: Innovation.Code,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Pitch {
    let before = try find(number, of: code, in: connection)
    if case .present = event, let day = before.heldOn, day > stamp.at.day {
      let expected = "a pitch whose day has come: this one is held on \(day)"
      throw InnovationError.invalid([.init(field: "present", found: "\(stamp.at.day)", expected: expected)])
    }
    guard let after = before.after(event), try after.store(from: before.state, in: connection) else {
      throw InnovationError.notAllowed(
        step: event.name,
        noun: "pitch",
        code: "\(code) \(number)",
        state: before.state.rawValue
      )
    }
    if after.state == .presented, try Innovation.find(code, in: connection).state == .proposed {
      _ = try Innovation.take(.pitch, code, reason: "pitch \(number)", by: stamp, in: connection)
    }
    try Audit.record(
      "pitch.\(event.name)",
      subject: "pitch \(code) \(number)",
      before: before,
      after: after,
      by: stamp,
      in: connection
    )
    return after
  }

  /// Notes what a centre thought of it. One that wants it has asked for it, unless it is further already.
  package static func note(
    _ level: Interest.Level,
    of centre: Centre.Code,
    _ number: Int64,
    of code: Innovation.Code,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Pitch {
    let before = try find(number, of: code, in: connection)
    guard [.presented, .followedUp, .adopted].contains(before.state) else {
      throw InnovationError.notAllowed(
        step: "be judged",
        noun: "pitch",
        code: "\(code) \(number)",
        state: before.state.rawValue
      )
    }
    try before.store(Interest(centre: centre, level: level), in: connection)
    let innovation = try Innovation.find(code, in: connection)
    let isNew = try !innovation.rollout(in: connection).contains { $0.centre == centre }
    if level == .wants, isNew {
      _ = try Innovation.move(
        centre,
        to: .asked,
        of: code,
        since: stamp.at.day,
        note: "after pitch \(number)",
        by: stamp,
        in: connection
      )
    }
    let after = try find(number, of: code, in: connection)
    try Audit.record(
      "pitch.interest",
      subject: "pitch \(code) \(number)",
      before: before.interest,
      after: after.interest,
      by: stamp,
      in: connection
    )
    return after
  }
}
