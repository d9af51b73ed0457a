import Foundation
package import Inventory
package import Storage

extension PlanRun.State: Storable {}

extension PlanRun {
  private static let columns: SQL = """
    id, known_at, parameters, rules, inputs_digest, tasks,
    (SELECT COUNT(*) FROM plan_task t WHERE t.run_id = plan_run.id AND t.state = 'done'), state, actor, started_at, ended_at, plan_digest, reason
    """

  private init(row: Row) throws {
    let parameters: String
    (
      id, knownAt, parameters, rules, inputsDigest, tasks, done, state, actor, startedAt, endedAt, planDigest,
      reason
    ) = try row.decode(
      as: ID.self,
      Instant.self,
      String.self,
      String.self,
      String.self,
      Int64.self,
      Int64.self,
      State.self,
      String.self,
      Instant.self,
      Instant?.self,
      String?.self,
      String?.self
    )
    self.parameters = try PlanJSON.value(parameters)
  }

  package static func find(_ id: ID, in connection: any Connection) throws -> PlanRun {
    let rows = try connection.query("SELECT \(columns) FROM plan_run WHERE id = \(id)")
    guard let row = rows.first else { throw PlanError.noSuchRun(id.rawValue) }
    return try PlanRun(row: row)
  }

  /// The latest runs first.
  package static func list(limit: Int64 = 50, in connection: any Connection) throws -> [PlanRun] {
    try connection.query("SELECT \(columns) FROM plan_run ORDER BY id DESC LIMIT \(limit)")
      .map(PlanRun.init(row:))
  }

  /// The latest finished run of what was known on a day or before; nil where there is none.
  package static func standing(on day: Day, in connection: any Connection) throws -> PlanRun? {
    try connection.query(
      """
      SELECT \(columns) FROM plan_run WHERE state = 'finished' AND as_of <= \(day)
      ORDER BY as_of DESC, id DESC LIMIT 1
      """
    ).first.map(PlanRun.init(row:))
  }

  /// The finished run of the latest day, or of a day that is given, of several the last made; nil where there is none.
  package static func latest(asOf day: Day? = nil, in connection: any Connection) throws -> PlanRun? {
    let ofDay: SQL = if let day { "as_of = \(day)" } else { "true" }
    return try connection.query(
      "SELECT \(columns) FROM plan_run WHERE state = 'finished' AND \(ofDay) ORDER BY as_of DESC, id DESC LIMIT 1"
    ).first.map(PlanRun.init(row:))
  }

  /// The run that was made of these parameters at this moment, where it was: work that was cut short goes on with it.
  package static func find(
    _ parameters: PlanParameters,
    begunBy stamp: Stamp,
    in connection: any Connection
  ) throws -> PlanRun? {
    try connection.query(
      """
      SELECT \(columns) FROM plan_run
      WHERE actor = \(stamp.actor) AND started_at = \(stamp.at)
        AND parameters = \(try PlanJSON.text(parameters.validated())) AND state = 'running'
      """
    ).first.map(PlanRun.init(row:))
  }

  package func progress(in connection: any Connection) throws -> PlanProgress {
    let rows = try connection.query(
      "SELECT COUNT(*) FROM plan_task WHERE run_id = \(id) AND state = 'done'"
    )
    return PlanProgress(done: try rows.first?.decode(as: Int64.self) ?? 0, tasks: tasks)
  }

  func panel(in connection: any Connection) throws -> PlanPanel {
    let rows = try connection.query("SELECT panel FROM plan_run WHERE id = \(id)")
    guard let text = try rows.first?.decode(as: String.self) else { throw PlanError.noSuchRun(id.rawValue) }
    return try PlanJSON.value(text)
  }

  /// Gives a running plan up; workers stop after the task they are at.
  package static func cancel(
    _ id: ID,
    reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> PlanRun {
    try end(id, as: .cancelled, reason: reason, by: stamp, in: connection)
  }

  static func end(
    _ id: ID,
    as state: State,
    reason: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> PlanRun {
    let rows = try connection.query(
      """
      UPDATE plan_run SET state = \(state), reason = \(reason), ended_at = \(stamp.at)
      WHERE id = \(id) AND state = 'running' RETURNING id
      """
    )
    let run = try find(id, in: connection)
    guard !rows.isEmpty else { throw PlanError.notRunning(id.rawValue, state: run.state.rawValue) }
    try Audit.record(
      "plan.\(state == .failed ? "fail" : "cancel")",
      subject: "plan \(id.rawValue)",
      before: State.running,
      after: [state.rawValue, reason],
      by: stamp,
      in: connection
    )
    return run
  }
}

/// Values as the plan keeps them: JSON with keys in order, so that equal values are equal bytes.
enum PlanJSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(_ text: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }
}
