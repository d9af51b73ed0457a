package import Storage

/// Counts that tell whoever watches the service how its work stands.
package struct ServiceGauge: Equatable, Sendable {
  package var name: String
  package var meaning: String
  package var value: Int64

  /// The rows of the ledger, the alerts that are open, the work of plans that waits.
  package static func all(in connection: any Connection) throws -> [ServiceGauge] {
    try counts.map { name, meaning, count in
      ServiceGauge(name: name, meaning: meaning, value: try connection.query(count)[0].decode(as: Int64.self))
    }
  }

  private static let counts: [(name: String, meaning: String, count: SQL)] = [
    ("ledger_rows", "Rows of the stock ledger.", "SELECT count(*) FROM stock_movement"),
    ("alerts_open", "Alerts not resolved.", "SELECT count(*) FROM shortage_alert WHERE state <> 'resolved'"),
    ("jobs_waiting", "Jobs that no server has taken up.", "SELECT count(*) FROM job WHERE state = 'waiting'"),
    ("jobs_running", "Jobs under way.", "SELECT count(*) FROM job WHERE state = 'running'"),
    (
      "plan_tasks_waiting", "Tasks of plans not done.", "SELECT count(*) FROM plan_task WHERE state <> 'done'"
    ),
  ]
}
