package import Storage

extension WebhookDelivery {
  private static let columns: SQL = """
    d.id, w.name, d.event, d.subject, d.state, d.attempts, d.made_at, d.due_at, d.done_at, d.status, d.problem
    """
  private static let source: SQL = "webhook_delivery d JOIN webhook w ON w.id = d.webhook_id"

  private init(row: Row) throws(DatabaseError) {
    (id, webhook, event, subject, state, attempts, madeAt, dueAt, doneAt, status, problem) = try row.decode(
      as: ID.self,
      Webhook.Name.self,
      String.self,
      String.self,
      State.self,
      Int64.self,
      Instant.self,
      Instant?.self,
      Instant?.self,
      Int64?.self,
      String?.self
    )
  }

  /// What a webhook was told and is to be told, the youngest first.
  package static func list(
    of name: Webhook.Name,
    state: State? = nil,
    limit: Int64 = 200,
    in connection: any Connection
  ) throws -> [WebhookDelivery] {
    let webhook = try Webhook.find(name, in: connection)
    let filter: SQL = if let state { "AND d.state = \(state)" } else { "" }
    return try connection.query(
      """
      SELECT \(columns) FROM \(source) WHERE d.webhook_id = \(webhook.id) \(filter)
      ORDER BY d.id DESC LIMIT \(limit)
      """
    ).map(WebhookDelivery.init(row:))
  }

  static func find(_ id: ID, in connection: any Connection) throws -> WebhookDelivery {
    let rows = try connection.query("SELECT \(columns) FROM \(source) WHERE d.id = \(id)")
    guard let row = rows.first else { throw WebhookError.noSuchDelivery(id.rawValue) }
    return try WebhookDelivery(row: row)
  }

  /// Sends it again at once, whether it was taken or given up.
  package static func repeatNow(_ id: ID, at moment: Instant, in connection: any Connection) throws
    -> WebhookDelivery
  {
    _ = try find(id, in: connection)
    try connection.execute(
      """
      UPDATE webhook_delivery SET state = 'waiting', attempts = 0, due_at = \(moment), done_at = NULL, held_until = NULL
      WHERE id = \(id)
      """
    )
    try connection.notify(Webhook.channel, "\(id.rawValue)")
    return try find(id, in: connection)
  }

  /// Forgets what ended longer ago than anybody asks for it.
  package static func forgetOld(at moment: Instant, in connection: any Connection) throws {
    try connection.execute("DELETE FROM webhook_delivery WHERE done_at < \(moment.rawValue - lifetime)")
  }
}

/// A delivery in the hands of a server: its next attempt is put off until the server must have sent it.
package struct WebhookAttempt: Sendable {
  package let delivery: WebhookDelivery
  package let url: String
  package let secret: String
  package let body: String

  /// The webhooks that something is due for, in the order of their numbers.
  package static func due(now: Instant, in connection: any Connection) throws -> [Webhook.ID] {
    try connection.query(
      """
      SELECT DISTINCT d.webhook_id FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
      WHERE d.state = 'waiting' AND d.due_at <= \(now) AND w.paused_at IS NULL
      ORDER BY d.webhook_id
      """
    ).map { row in try row.decode(as: Webhook.ID.self) }
  }

  /// Takes the delivery of one webhook that is longest due; nil where none is, and while another server sends to it.
  /// - Parameters:
  ///   - webhook: whose.
  ///   - now: the time.
  ///   - lease: milliseconds after which it is sent again where nothing is heard of the server.
  ///   - connection: one that writes. On SQLite writers take turns; of two who claim at once PostgreSQL lets one commit,
  ///     and the other finds the lane taken. No locked row is skipped: what comes after it would be told before it.
  /// - Returns: what to send, and where.
  /// - Throws: what the database meets.
  package static func next(
    of webhook: Webhook.ID,
    now: Instant,
    lease: Int64,
    in connection: any Connection
  ) throws -> WebhookAttempt? {
    let end = now.rawValue + lease
    let rows = try connection.query(
      """
      UPDATE webhook_delivery SET attempts = attempts + 1, due_at = \(end), held_until = \(end)
      WHERE id = (
        SELECT d.id FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
        WHERE d.webhook_id = \(webhook) AND d.state = 'waiting' AND d.due_at <= \(now) AND w.paused_at IS NULL
          AND NOT EXISTS (
            SELECT 1 FROM webhook_delivery h
            WHERE h.webhook_id = \(webhook) AND h.state = 'waiting' AND h.held_until > \(now))
        ORDER BY d.due_at, d.id LIMIT 1)
      RETURNING id, body
      """
    )
    guard let row = rows.first else { return nil }
    let (id, body) = try row.decode(as: WebhookDelivery.ID.self, String.self)
    let delivery = try WebhookDelivery.find(id, in: connection)
    let target = try connection.query("SELECT url, secret FROM webhook WHERE id = \(webhook)")
    guard let target = target.first else { return nil }
    let (url, secret) = try target.decode(as: String.self, String.self)
    return WebhookAttempt(delivery: delivery, url: url, secret: secret, body: body)
  }

  /// Gives it back unsent, for another server or a later start of this one: it counts as no attempt.
  package func release(at moment: Instant, in connection: any Connection) throws {
    try connection.execute(
      """
      UPDATE webhook_delivery SET attempts = attempts - 1, due_at = \(moment), held_until = NULL
      WHERE id = \(delivery.id) AND state = 'waiting' AND attempts = \(delivery.attempts)
      """
    )
    try connection.notify(Webhook.channel, "\(delivery.id.rawValue)")
  }

  /// Keeps what came of it: taken, to be tried again later, or given up after the last attempt.
  package func end(status: Int64?, problem: String?, at moment: Instant, in connection: any Connection) throws
  {
    let isTaken = problem == nil
    let pause = WebhookDelivery.pauses.dropFirst(Int(delivery.attempts) - 1).first
    let state: WebhookDelivery.State = isTaken ? .delivered : pause == nil ? .failed : .waiting
    let due = state == .waiting ? pause.map { Instant(rawValue: moment.rawValue + $0) } : nil
    try connection.execute(
      """
      UPDATE webhook_delivery SET state = \(state), status = \(status), problem = \(problem), due_at = \(due),
        held_until = NULL, done_at = \(state == .waiting ? nil : moment)
      WHERE id = \(delivery.id)
      """
    )
  }
}
