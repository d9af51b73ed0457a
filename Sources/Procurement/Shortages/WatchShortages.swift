package import Inventory
package import Storage

/// One centre and item, or the network and an item, with the figures that say whether it is short.
package struct ShortagePosition: Equatable, Sendable {
  /// Nil for the network as a whole.
  package var centre: Centre.ID?
  package var item: Item.ID
  package var criticality: Item.Criticality
  package var evidence: ShortageEvidence

  package init(
    centre: Centre.ID?,
    item: Item.ID,
    criticality: Item.Criticality,
    evidence: ShortageEvidence
  ) {
    self.centre = centre
    self.item = item
    self.criticality = criticality
    self.evidence = evidence
  }
}

/// What a watch changed.
package struct WatchResult: Equatable, Sendable, Codable {
  package var opened: Int64 = 0
  package var reopened: Int64 = 0
  package var worsened: Int64 = 0
  package var eased: Int64 = 0
  package var resolved: Int64 = 0
  /// Passed on because nobody answered; nil where the watch does not look for it.
  package var escalated: Int64?
}

extension ShortageAlert {
  /// Judges every position by the policy of its item's criticality: opens what is short, opens again what got worse or
  /// came back, resolves what is in order. Done twice with the same figures it changes nothing the second time.
  /// - Parameters:
  ///   - positions: what is judged.
  ///   - day: the day that is judged, on which alerts open, change and end; nil for the day of the stamp.
  ///   - stamp: who judges.
  ///   - connection: the transaction.
  /// - Returns: what changed.
  /// - Throws: the database's errors.
  package static func watch(
    _ positions: [ShortagePosition],
    on day: Day? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> WatchResult {
    let policies = try AlertPolicy.all(in: connection)
    var result = WatchResult()
    for position in positions {
      guard let policy = policies[position.criticality] else { continue }
      try position.judge(noting: &result, on: day ?? stamp.at.day, by: stamp, in: connection) { standing in
        policy.severity(of: position.evidence, standing: standing)
      }
    }
    return result
  }
}

extension ShortagePosition {
  /// Opens, changes or resolves the one alert of the position, by what `severity` makes of the severity that stands.
  func judge(
    noting result: inout WatchResult,
    on day: Day,
    by stamp: Stamp,
    in connection: any Connection,
    severity: (Severity?) -> Severity?
  ) throws {
    let known = try ShortageAlert.latest(centre: centre, item: item, on: day, in: connection)
    let standing = known?.state == .resolved ? nil : known?.severity
    let found = severity(standing)
    switch (known, found) {
    case (nil, nil): return
    case (nil, .some(let severity)):
      try ShortageAlert.open(
        centre: centre,
        item: item,
        severity: severity,
        evidence: evidence,
        on: day,
        by: stamp,
        in: connection
      )
      result.opened += 1
    case (.some(let alert), let severity):
      try alert.updated(to: severity, evidence, on: day, noting: &result, by: stamp, in: connection)
    }
  }
}

extension ShortageAlert {
  fileprivate func updated(
    to found: Severity?,
    _ evidence: ShortageEvidence,
    on day: Day,
    noting result: inout WatchResult,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    var alert = self
    alert.evidence = evidence
    switch (state, found) {
    case (.resolved, nil): return
    case (.resolved, .some(let severity)):
      try alert.take(.reopen, on: day)
      alert.severity = severity
      result.reopened += 1
    case (_, nil):
      try alert.take(.resolve, on: day)
      result.resolved += 1
    case (_, .some(let severity)) where severity > self.severity:
      try alert.take(.worsen, on: day)
      alert.severity = severity
      result.worsened += 1
    case (_, .some(let severity)) where severity < self.severity:
      alert.severity = severity
      alert.changedOn = day
      result.eased += 1
    default: return try alert.refresh(in: connection)
    }
    try alert.store(note: evidence.sentence, by: stamp, in: connection)
    try alert.record("alert.follow", before: self, by: stamp, in: connection)
  }

  /// Says that a person has seen the alert.
  package static func acknowledge(
    _ id: ID,
    note: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> ShortageAlert {
    try advance(id, .acknowledge, note: note, by: stamp, in: connection)
  }

  /// Says what was done against the shortage.
  package static func mitigate(
    _ id: ID,
    note: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> ShortageAlert {
    try advance(id, .mitigate, note: note, by: stamp, in: connection)
  }

  private static func advance(
    _ id: ID,
    _ step: Step,
    note: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> ShortageAlert {
    let before = try find(id, in: connection)
    var after = before
    try after.take(step, on: stamp.at.day)
    try after.store(note: note, by: stamp, in: connection)
    try after.record("alert.\(step.rawValue)", before: before, by: stamp, in: connection)
    return after
  }
}
