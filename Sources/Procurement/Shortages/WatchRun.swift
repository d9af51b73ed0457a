package import Inventory
package import Storage

extension ShortageAlert {
  /// Judges every line of a finished run: opens what is likely to run out, opens again what got worse or came back, ends
  /// what has been in order for long enough, and passes on what nobody answered. Done twice with the same run it changes nothing the second time.
  /// - Parameters:
  ///   - run: a finished one.
  ///   - day: the day that is judged, on which alerts open, change and end; nil for the day of the stamp.
  ///   - stamp: who judges.
  ///   - connection: the transaction.
  /// - Returns: what changed.
  /// - Throws: `PlanError.notFinished`, and `PlanError.laterRun` for a run that knows more than that day did.
  package static func watch(
    _ run: PlanRun,
    on day: Day? = nil,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> WatchResult {
    guard run.state == .finished else {
      throw PlanError.notFinished(run.id.rawValue, state: run.state.rawValue)
    }
    let day = day ?? stamp.at.day
    guard run.asOf <= day else { throw PlanError.laterRun(run.id.rawValue, asOf: run.asOf, day: day) }
    let judge = try RunJudge(run: run, in: connection)
    var result = WatchResult(escalated: 0)
    for line in try PlanLine.list(of: run.id, in: connection) {
      guard let (position, policy) = judge.position(of: line) else { continue }
      let decision = Judge(quietDays: policy.quietDays, day: day, stamp: stamp) { standing in
        policy.severity(of: position.evidence, standing: standing)
      }
      try position.judge(decision, noting: &result, in: connection)
    }
    result.escalated = try escalate(on: day, by: stamp, in: connection)
    return result
  }

  /// Passes on each open alert that nobody answered for as many days as the policy allows, and again after as many more.
  /// - Returns: how many.
  package static func escalate(
    on day: Day,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Int64 {
    let policies = try PlanningPolicy.all(in: connection)
    let items = try Dictionary(
      uniqueKeysWithValues: Item.all(in: connection).map { ($0.sku, $0.criticality) }
    )
    var count: Int64 = 0
    for alert in try list(in: connection) where alert.state == .open && alert.quietSince == nil {
      guard let days = items[alert.item].flatMap({ policies[$0]?.escalateDays }) else { continue }
      let since = max(alert.changedOn, alert.escalatedOn ?? alert.changedOn)
      guard day - since >= days else { continue }
      try alert.passOn(on: day, by: stamp, in: connection)
      count += 1
    }
    return count
  }

  private func passOn(on day: Day, by stamp: Stamp, in connection: any Connection) throws {
    let days = day - changedOn
    var after = self
    after.escalations += 1
    after.escalatedOn = day
    let note = "passed on, time \(after.escalations): nobody answered for \(days) days"
    try after.store(note: note, by: stamp, in: connection)
    try after.record("alert.escalate", before: self, by: stamp, in: connection)
  }
}

/// What the lines of a run are judged with.
private struct RunJudge {
  let run: PlanRun
  let centres: [Centre.Code: Centre.ID]
  let items: [Item.SKU: Item]
  let policies: [Item.Criticality: PlanningPolicy]
  let limits: [Item.Criticality: AlertPolicy]

  init(run: PlanRun, in connection: any Connection) throws {
    self.run = run
    centres = Dictionary(uniqueKeysWithValues: try Centre.all(in: connection).map { ($0.code, $0.id) })
    items = Dictionary(uniqueKeysWithValues: try Item.all(in: connection).map { ($0.sku, $0) })
    policies = try PlanningPolicy.all(in: connection)
    limits = try AlertPolicy.all(in: connection)
  }

  func position(of line: PlanLine) -> (ShortagePosition, PlanningPolicy)? {
    guard let item = items[line.item], let policy = policies[item.criticality] else { return nil }
    let stale = limits[item.criticality]?.staleDays ?? 0
    let evidence = ShortageEvidence(line, run: run.id.rawValue, asOf: run.asOf, staleDays: stale)
    let position = ShortagePosition(
      centre: line.centre.flatMap { centres[$0] },
      item: item.id,
      criticality: item.criticality,
      evidence: evidence
    )
    return (position, policy)
  }
}

extension ShortageEvidence {
  /// What a run says of a place, as an alert keeps it.
  init(_ line: PlanLine, run: Int64, asOf: Day, staleDays: Int64) {
    self.init(
      usable: line.usable,
      coming: line.coming,
      used: line.expectedIn28Days,
      observedDays: line.forecast == nil ? 0 : 28,
      reorderPoint: line.policy?.reorderPoint ?? .zero,
      reportedOn: line.reportedOn,
      isStale: line.reportedOn.map { asOf - $0 > staleDays } ?? true,
      outlook: ShortageOutlook(run: run, risk: line.risk, actions: line.actions, signals: line.signals)
    )
  }
}

extension PlanLine {
  /// Units expected to be used in the next 28 days, rounded up; nil where nobody knows.
  var expectedIn28Days: Quantity? {
    guard let weeks = forecast?.weeks.prefix(4), !weeks.isEmpty else { return nil }
    let mean = weeks.reduce(Int64(0)) { $0 + $1.mean }
    return Quantity(Rounding.up.divide(mean * 4, by: Int64(weeks.count) * 1000))
  }
}
