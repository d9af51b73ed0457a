package import Storage

extension Webhook {
  private static let columns: SQL = "id, name, url, types, made_at, paused_at"
  /// What those who deliver are woken by.
  package static let channel = "webhooks"

  private init(row: Row) throws(DatabaseError) {
    let list: String
    (id, name, url, list, madeAt, pausedAt) = try row.decode(
      as: ID.self,
      Name.self,
      String.self,
      String.self,
      Instant.self,
      Instant?.self
    )
    types = list.split(separator: ",").map(String.init)
  }

  /// Adds a webhook, which is told of what happens from now on.
  /// - Parameters:
  ///   - draft: its name, address, types and secret.
  ///   - allowsPlain: whether an address over plain HTTP is taken: whether a server would send there.
  ///   - stamp: who adds it, and when.
  ///   - connection: one that writes.
  /// - Returns: the webhook as stored.
  /// - Throws: `WebhookError` for a draft that does not hold, and for a name that is taken.
  package static func add(
    _ draft: WebhookDraft,
    allowsPlain: Bool,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Webhook {
    try draft.check(allowsPlain: allowsPlain)
    let position = try AuditPosition.end(in: connection).text
    let rows = try connection.query(
      """
      INSERT INTO webhook (name, url, secret, types, position, made_at)
      VALUES (\(draft.name), \(draft.url), \(draft.secret), \(Set(draft.types).sorted().joined(separator: ",")),
        \(position), \(stamp.at))
      ON CONFLICT (name) DO NOTHING RETURNING \(columns)
      """
    )
    guard let webhook = try rows.first.map(Webhook.init(row:)) else {
      throw WebhookError.nameTaken(draft.name.rawValue)
    }
    try record("webhook.add", before: nil, after: webhook, by: stamp, in: connection)
    return webhook
  }

  /// All webhooks, by name.
  package static func all(in connection: any Connection) throws -> [Webhook] {
    try connection.query("SELECT \(columns) FROM webhook ORDER BY name").map(Webhook.init(row:))
  }

  package static func find(_ name: Name, in connection: any Connection) throws -> Webhook {
    let rows = try connection.query("SELECT \(columns) FROM webhook WHERE name = \(name)")
    guard let row = rows.first else { throw WebhookError.noSuchWebhook(name.rawValue) }
    return try Webhook(row: row)
  }

  /// Stops telling an address, or goes on; what happened between is not told.
  package static func pause(
    _ name: Name,
    _ isPaused: Bool,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> Webhook {
    let before = try find(name, in: connection)
    guard (before.pausedAt != nil) != isPaused else { return before }
    let position = try AuditPosition.end(in: connection).text
    let moment = isPaused ? stamp.at : nil
    try connection.execute(
      "UPDATE webhook SET paused_at = \(moment), position = \(position) WHERE id = \(before.id)"
    )
    let after = try find(name, in: connection)
    let action = isPaused ? "webhook.pause" : "webhook.resume"
    try record(action, before: before, after: after, by: stamp, in: connection)
    return after
  }

  /// Removes a webhook with what is left to be told it.
  package static func remove(_ name: Name, by stamp: Stamp, in connection: any Connection) throws {
    let webhook = try find(name, in: connection)
    try connection.execute("DELETE FROM webhook_delivery WHERE webhook_id = \(webhook.id)")
    try connection.execute("DELETE FROM webhook WHERE id = \(webhook.id)")
    try record("webhook.remove", before: webhook, after: nil, by: stamp, in: connection)
  }

  private static func record(
    _ action: String,
    before: Webhook?,
    after: Webhook?,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let name = (after ?? before)?.name.rawValue ?? ""
    try Audit.record(
      action,
      subject: "webhook \(name)",
      before: before,
      after: after,
      by: stamp,
      in: connection
    )
  }

  /// Lays out what the log says since the last time, for every webhook that is told of it.
  /// - Parameters:
  ///   - moment: now.
  ///   - body: what is sent for an entry, as JSON.
  ///   - connection: one that writes: of two servers at once, one meets the other's position.
  /// - Returns: how many entries were read: to be called again until there are none.
  /// - Throws: what the database meets.
  package static func layOut(
    at moment: Instant,
    body: (AuditEntry) throws -> String,
    in connection: any Connection
  ) throws -> Int {
    var count = 0
    let rows = try connection.query(
      "SELECT \(columns), position FROM webhook WHERE paused_at IS NULL ORDER BY id"
    )
    for row in rows {
      let webhook = try Webhook(row: row)
      guard let last = row.values.last, var position = AuditPosition(try String(sqlValue: last)) else {
        continue
      }
      let entries = try AuditEntry.following(position, of: nil, in: connection)
      guard !entries.isEmpty else { continue }
      for entry in entries {
        position.pass(entry)
        count += 1
        guard webhook.types.contains(entry.noun) else { continue }
        try tell(webhook.id, entry.action, entry.subject, try body(entry), at: moment, in: connection)
      }
      try connection.execute("UPDATE webhook SET position = \(position.text) WHERE id = \(webhook.id)")
    }
    return count
  }

  /// Sends something that is no event, to see whether the address takes it.
  package static func ping(_ name: Name, body: String, at moment: Instant, in connection: any Connection)
    throws
  {
    let webhook = try find(name, in: connection)
    try tell(webhook.id, "webhook.ping", "webhook \(name)", body, at: moment, in: connection)
    try connection.notify(channel, name.rawValue)
  }

  private static func tell(
    _ id: ID,
    _ event: String,
    _ subject: String,
    _ body: String,
    at moment: Instant,
    in connection: any Connection
  ) throws {
    try connection.execute(
      """
      INSERT INTO webhook_delivery (webhook_id, event, subject, body, state, made_at, due_at)
      VALUES (\(id), \(event), \(subject), \(body), 'waiting', \(moment), \(moment))
      """
    )
  }
}

extension AuditEntry {
  /// What the entry is about, as events call it: `order`, `alert`, and `report` for a stock report.
  package var noun: String { Self.noun(of: action, subject) }

  package static func noun(of action: String, _ subject: String) -> String {
    let noun = String(action.prefix { $0 != "." })
    return noun == "stock" && subject.hasPrefix("report ") ? "report" : noun
  }
}
