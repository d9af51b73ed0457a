package import Inventory
package import Storage

/// The alerts as they stood at the end of a day: those that were raised by then, in the state and of the severity that
/// their own log had said last.
///
/// What an alert rests on is kept of now alone; of a day there is what its log said of it.
package struct AlertsOfDay: Sendable {
  package var alerts: [ShortageAlert]
  /// What was said of each by then: the newest line of its log that does not only say that it was passed on.
  package var said: [ShortageAlert.ID: String]

  package init(alerts: [ShortageAlert] = [], said: [ShortageAlert.ID: String] = [:]) {
    (self.alerts, self.said) = (alerts, said)
  }

  package static func read(
    _ day: Day,
    resolvedToo: Bool = false,
    item: Item.SKU? = nil,
    in connection: any Connection
  ) throws -> AlertsOfDay {
    var found = AlertsOfDay()
    let lines = try log(before: Instant(day + 1), in: connection)
    found.alerts = try ShortageAlert.list(resolvedToo: true, item: item, in: connection).compactMap { alert in
      guard let events = lines[alert.id], let last = events.last else { return nil }
      guard resolvedToo || last.state != .resolved else { return nil }
      found.said[alert.id] = (events.last { !$0.isPassedOn } ?? last).note
      return alert.standing(last, escalations: Int64(events.count { $0.isPassedOn }))
    }
    found.alerts.sort { $1.severity < $0.severity }
    return found
  }

  /// The lines of every alert's log before a moment, in their order.
  private static func log(before end: Instant, in connection: any Connection) throws
    -> [ShortageAlert.ID: [Line]]
  {
    try connection.query(
      """
      SELECT alert_id, at, state, severity, note FROM shortage_alert_event
      WHERE at < \(end) ORDER BY alert_id, sequence
      """
    ).reduce(into: [:]) { lines, row in
      let (alert, at, state, severity, note) = try row.decode(
        as: ShortageAlert.ID.self,
        Instant.self,
        ShortageAlert.State.self,
        Severity.self,
        String.self
      )
      lines[alert, default: []].append(Line(at: at, state: state, severity: severity, note: note))
    }
  }

  fileprivate struct Line {
    var at: Instant
    var state: ShortageAlert.State
    var severity: Severity
    var note: String

    var isPassedOn: Bool { note.hasPrefix("passed on, time ") }
  }
}

extension ShortageAlert {
  /// The same as a line of its log left it.
  fileprivate func standing(_ line: AlertsOfDay.Line, escalations: Int64) -> ShortageAlert {
    ShortageAlert(
      id: id,
      centre: centre,
      item: item,
      severity: line.severity,
      state: line.state,
      openedOn: openedOn,
      changedOn: line.at.day,
      resolvedOn: line.state == .resolved ? line.at.day : nil,
      timesReopened: timesReopened,
      evidence: evidence,
      escalations: escalations,
      escalatedOn: nil
    )
  }
}
