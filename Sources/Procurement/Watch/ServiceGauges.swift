package import Inventory
package import Storage

/// Counts that tell whoever watches the service how its work stands.
package struct ServiceGauge: Equatable, Sendable {
  package var name: String
  package var meaning: String
  package var value: Int64

  package init(name: String, meaning: String, value: Int64) {
    (self.name, self.meaning, self.value) = (name, meaning, value)
  }

  /// The rows of the ledger, the alerts that are open, the work that waits, the reports that did not come.
  package static func all(on today: Day, in connection: any Connection) throws -> [ServiceGauge] {
    let gauges = try counts.map { name, meaning, count in
      ServiceGauge(name: name, meaning: meaning, value: try connection.query(count)[0].decode(as: Int64.self))
    }
    return gauges + [try oldestReport(on: today, in: connection)]
  }

  /// How far back reports are looked for.
  private static let past: Int64 = 90

  private static func oldestReport(on today: Day, in connection: any Connection) throws -> ServiceGauge {
    let reports = try ExpectedReport.all(from: today - past, to: today, today: today, in: connection)
    let oldest = reports.filter { $0.state == .missing || $0.state == .awaited }.map(\.due).min()
    return ServiceGauge(
      name: "expected_report_oldest_days",
      meaning:
        "Days since the oldest report was due that has not come, of the last \(past); 0 where all are here.",
      value: oldest.map { max(0, today.rawValue - $0.rawValue) } ?? 0
    )
  }

  private static let counts: [(name: String, meaning: String, count: SQL)] = [
    ("ledger_rows", "Rows of the stock ledger.", "SELECT count(*) FROM stock_movement"),
    ("alerts_open", "Alerts not resolved.", "SELECT count(*) FROM shortage_alert WHERE state <> 'resolved'"),
    ("jobs_waiting", "Jobs that no server has taken up.", "SELECT count(*) FROM job WHERE state = 'waiting'"),
    ("jobs_running", "Jobs under way.", "SELECT count(*) FROM job WHERE state = 'running'"),
    (
      "plan_tasks_waiting", "Tasks not done of plans that are being made.",
      """
      SELECT count(*) FROM plan_task t JOIN plan_run r ON r.id = t.run_id
      WHERE t.state <> 'done' AND r.state = 'running'
      """
    ),
  ]
}
