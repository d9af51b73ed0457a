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

/// How one position is judged: when, by whom, and by which policy.
struct Judge {
  /// Days in order before an alert ends.
  let quietDays: Int64
  let day: Day
  let stamp: Stamp
  /// What the policy makes of the figures and of the severity that stands.
  let severity: (Severity?) -> Severity?
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
  /// came back, ends what has been in order for long enough. Done twice with the same figures it changes nothing the second time.
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
      let judge = Judge(quietDays: policy.quietDays, day: day ?? stamp.at.day, stamp: stamp) { standing in
        policy.severity(of: position.evidence, standing: standing)
      }
      try position.judge(judge, noting: &result, in: connection)
    }
    return result
  }
}

extension ShortagePosition {
  /// Opens, changes or ends the one alert of the position.
  func judge(_ judge: Judge, noting result: inout WatchResult, in connection: any Connection) throws {
    let known = try ShortageAlert.latest(centre: centre, item: item, on: judge.day, in: connection)
    let found = judge.severity(known?.state == .resolved ? nil : known?.severity)
    switch (known, found) {
    case (nil, nil): return
    case (nil, .some(let severity)):
      try ShortageAlert.open(
        centre: centre,
        item: item,
        severity: severity,
        evidence: evidence,
        on: judge.day,
        by: judge.stamp,
        in: connection
      )
      result.opened += 1
    case (.some(let alert), nil): try alert.calmed(evidence, judge, noting: &result, in: connection)
    case (.some(let alert), .some(let severity)):
      try alert.updated(to: severity, evidence, judge, noting: &result, in: connection)
    }
  }
}

extension ShortageAlert {
  /// Follows figures that are in order: the alert is a watch from the first such day, and ends once they have been so for the
  /// days of the policy. A position that wavers about the limit keeps one alert.
  fileprivate func calmed(
    _ evidence: ShortageEvidence,
    _ judge: Judge,
    noting result: inout WatchResult,
    in connection: any Connection
  ) throws {
    guard state != .resolved else { return }
    var alert = self
    alert.evidence = evidence
    let since = quietSince ?? judge.day
    if judge.day - since >= judge.quietDays {
      try alert.take(.resolve, on: judge.day)
      result.resolved += 1
      return try alert.follow(evidence.sentence, from: self, judge, in: connection)
    }
    guard quietSince == nil else { return try alert.refresh(in: connection) }
    alert.quietSince = since
    alert.severity = .watch
    alert.changedOn = judge.day
    result.eased += 1
    let note = "in order, and it ends once that has held for \(judge.quietDays) days; \(evidence.sentence)"
    try alert.follow(note, from: self, judge, in: connection)
  }

  fileprivate func updated(
    to found: Severity,
    _ evidence: ShortageEvidence,
    _ judge: Judge,
    noting result: inout WatchResult,
    in connection: any Connection
  ) throws {
    var alert = self
    alert.evidence = evidence
    alert.severity = found
    alert.quietSince = nil
    if state == .resolved {
      try alert.take(.reopen, on: judge.day)
      result.reopened += 1
    } else if found > severity {
      try alert.take(.worsen, on: judge.day)
      result.worsened += 1
    } else if found < severity {
      alert.changedOn = judge.day
      result.eased += 1
    } else if quietSince == nil {
      return try alert.refresh(in: connection)
    } else {
      alert.changedOn = judge.day
      result.worsened += 1
    }
    try alert.follow(evidence.sentence, from: self, judge, in: connection)
  }

  private func follow(
    _ note: String,
    from before: ShortageAlert,
    _ judge: Judge,
    in connection: any Connection
  ) throws {
    try store(note: note, by: judge.stamp, in: connection)
    try record("alert.follow", before: before, by: judge.stamp, in: connection)
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
