package import Storage

extension Equipment {
  /// Moves a machine along its lifecycle and writes its log.
  package static func change(
    _ code: Code,
    to lifecycle: Lifecycle,
    since day: Day,
    reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Equipment {
    let machine = try find(code, in: connection)
    if machine.lifecycle == lifecycle { return machine }
    guard machine.lifecycle.allows(lifecycle) else {
      throw EquipmentError.forbidden(from: machine.lifecycle.rawValue, to: lifecycle.rawValue)
    }
    let state = lifecycle.rawValue
    try machine.log(.lifecycle, state, since: day, reason: reason, by: stamp, in: connection)
    try machine.store(lifecycle: lifecycle, function: machine.function, in: connection)
    return try logged(machine, by: stamp, in: connection)
  }

  /// Says whether a machine works, and writes its log.
  package static func report(
    _ code: Code,
    function: Function,
    since day: Day,
    reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Equipment {
    let machine = try find(code, in: connection)
    try machine.log(.function, function.rawValue, since: day, reason: reason, by: stamp, in: connection)
    try machine.store(lifecycle: machine.lifecycle, function: function, in: connection)
    return try logged(machine, by: stamp, in: connection)
  }

  private func log(
    _ axis: StatusEntry.Axis,
    _ state: String,
    since day: Day,
    reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    guard day <= stamp.lastDay else { throw EquipmentError.notYet(day) }
    if let last = try log(in: connection).last(where: { $0.axis == axis })?.since, day < last {
      throw EquipmentError.olderThanLastEntry(day, last: last)
    }
    let entry = StatusEntry(
      since: day,
      axis: axis,
      state: state,
      reason: reason,
      actor: stamp.actor,
      recordedAt: stamp.at
    )
    try append(entry, in: connection)
  }

  private static func logged(
    _ before: Equipment,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Equipment {
    let after = try find(before.code, in: connection)
    try Audit.record(
      "equipment.state",
      subject: "equipment \(before.code)",
      chain: before.centre.map { .centre($0.rawValue) } ?? .network,
      before: before,
      after: after,
      by: stamp,
      in: connection
    )
    return after
  }
}
