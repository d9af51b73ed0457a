import Foundation
package import Inventory
package import Storage

extension Severity: Storable {}
extension ShortageAlert.State: Storable {}

extension ShortageAlert {
  private static let columns: SQL = """
    a.id, c.code, i.sku, a.severity, a.state, a.opened_on, a.changed_on, a.resolved_on, a.times_reopened,
    a.evidence, a.escalations, a.escalated_on, a.quiet_since
    """
  private static let source: SQL = """
    shortage_alert a JOIN item i ON i.id = a.item_id LEFT JOIN centre c ON c.id = a.centre_id
    """

  private init(row: Row) throws {
    let fields = try row.decode(
      as: ID.self,
      Centre.Code?.self,
      Item.SKU.self,
      Severity.self,
      State.self,
      Day.self,
      Day.self,
      Day?.self,
      Int64.self,
      String.self,
      Int64.self,
      Day?.self,
      Day?.self
    )
    self.init(
      id: fields.0,
      centre: fields.1,
      item: fields.2,
      severity: fields.3,
      state: fields.4,
      openedOn: fields.5,
      changedOn: fields.6,
      resolvedOn: fields.7,
      timesReopened: fields.8,
      evidence: try JSONDecoder().decode(ShortageEvidence.self, from: Data(fields.9.utf8)),
      escalations: fields.10,
      escalatedOn: fields.11,
      quietSince: fields.12
    )
  }

  package static func find(_ id: ID, in connection: any Connection) throws -> ShortageAlert {
    let rows = try connection.query("SELECT \(columns) FROM \(source) WHERE a.id = \(id)")
    guard let row = rows.first else { throw ShortageError.noSuchAlert(id.rawValue) }
    return try ShortageAlert(row: row)
  }

  /// Alerts that are not resolved, the worst first; with the resolved ones where they are asked for.
  package static func list(
    resolvedToo: Bool = false,
    item: Item.SKU? = nil,
    in connection: any Connection
  ) throws -> [ShortageAlert] {
    let current: SQL = resolvedToo ? "1 = 1" : "a.state <> 'resolved'"
    let ofItem: SQL = if let item { "i.sku = \(item)" } else { "1 = 1" }
    return try connection.query(
      """
      SELECT \(columns) FROM \(source) WHERE \(current) AND \(ofItem)
      ORDER BY CASE a.severity WHEN 'stock_out' THEN 0 WHEN 'critical' THEN 1 WHEN 'alert' THEN 2 ELSE 3 END,
        i.sku, c.code NULLS FIRST, a.id
      """
    ).map(ShortageAlert.init(row:))
  }

  /// The alert of a centre and item that stands, or that was resolved so lately that it would come back.
  static func latest(
    centre: Centre.ID?,
    item: Item.ID,
    on day: Day,
    in connection: any Connection
  ) throws -> ShortageAlert? {
    let rows = try connection.query(
      """
      SELECT \(columns) FROM \(source)
      WHERE a.item_id = \(item) AND COALESCE(a.centre_id, 0) = \(centre?.rawValue ?? 0)
        AND (a.state <> 'resolved' OR a.resolved_on >= \(day - reopeningDays))
      ORDER BY a.id DESC LIMIT 1
      """
    )
    return try rows.first.map(ShortageAlert.init(row:))
  }

  static func open(
    centre: Centre.ID?,
    item: Item.ID,
    severity: Severity,
    evidence: ShortageEvidence,
    on day: Day,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let rows = try connection.query(
      """
      INSERT INTO shortage_alert (centre_id, item_id, severity, state, opened_on, changed_on, times_reopened,
        evidence)
      VALUES (\(centre), \(item), \(severity), 'open', \(day), \(day), 0, \(try evidence.json))
      ON CONFLICT DO NOTHING RETURNING id
      """
    )
    guard let id = try rows.first?.decode(as: ID.self) else { return }
    let alert = try find(id, in: connection)
    try alert.log(evidence.sentence, by: stamp, in: connection)
    try alert.record("alert.raise", before: nil, by: stamp, in: connection)
  }

  /// Tells the log of all changes what became of the alert, in the chain of its centre.
  func record(_ action: String, before: ShortageAlert?, by stamp: Stamp, in connection: any Connection) throws
  {
    try Audit.record(
      action,
      subject: "alert \(id.rawValue)",
      chain: centre.map { .centre($0.rawValue) } ?? .network,
      before: before,
      after: self,
      by: stamp,
      in: connection
    )
  }

  /// Stores the alert as it now is, with a line in its own log.
  func store(note: String, by stamp: Stamp, in connection: any Connection) throws {
    try connection.execute(
      """
      UPDATE shortage_alert SET severity = \(severity), state = \(state), changed_on = \(changedOn),
        resolved_on = \(resolvedOn), times_reopened = \(timesReopened), evidence = \(try evidence.json),
        escalations = \(escalations), escalated_on = \(escalatedOn),
        quiet_since = \(quietSince)
      WHERE id = \(id)
      """
    )
    try log(note, by: stamp, in: connection)
  }

  /// Keeps the newest figures of an alert whose state did not change; nothing is logged.
  func refresh(in connection: any Connection) throws {
    try connection.execute(
      "UPDATE shortage_alert SET evidence = \(try evidence.json) WHERE id = \(id)"
    )
  }

  private func log(_ note: String, by stamp: Stamp, in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO shortage_alert_event (alert_id, sequence, at, actor, state, severity, note)
      SELECT \(id), COALESCE(MAX(sequence), 0) + 1, \(stamp.at), \(stamp.actor), \(state), \(severity), \(note)
      FROM shortage_alert_event WHERE alert_id = \(id)
      """
    )
  }

  /// What happened to the alert, oldest first.
  package func events(in connection: any Connection) throws -> [Event] {
    try connection.query(
      """
      SELECT at, actor, state, severity, note FROM shortage_alert_event
      WHERE alert_id = \(id) ORDER BY sequence
      """
    ).map { row in
      let (at, actor, state, severity, note) = try row.decode(
        as: Instant.self,
        String.self,
        State.self,
        Severity.self,
        String.self
      )
      return Event(at: at, actor: actor, state: state, severity: severity, note: note)
    }
  }

  /// A line of an alert's own log.
  package struct Event: Equatable, Sendable, Codable {
    package var at: Instant
    package var actor: String
    package var state: State
    package var severity: Severity
    package var note: String
  }
}

extension ShortageEvidence {
  fileprivate var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}

extension AlertPolicy {
  /// The policy of each criticality.
  package static func all(in connection: any Connection) throws -> [Item.Criticality: AlertPolicy] {
    try connection.query(
      """
      SELECT criticality, watch_days, alert_days, critical_days, clear_days, quiet_days, stale_days, source
      FROM alert_policy ORDER BY criticality
      """
    ).reduce(into: [:]) { policies, row in
      let fields = try row.decode(
        as: Item.Criticality.self,
        Int64.self,
        Int64.self,
        Int64.self,
        Int64.self,
        Int64.self,
        Int64.self,
        String.self
      )
      policies[fields.0] = AlertPolicy(
        criticality: fields.0,
        watchDays: fields.1,
        alertDays: fields.2,
        criticalDays: fields.3,
        clearDays: fields.4,
        quietDays: fields.5,
        staleDays: fields.6,
        source: fields.7
      )
    }
  }
}
