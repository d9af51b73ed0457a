package import Storage

/// Sessions of the pages that somebody ended before their time: the cookie of one is worth nothing any more, wherever a
/// copy of it is kept. A session that nobody ended needs no row.
package enum EndedSession {
  /// Ends a session, and forgets those whose time is over anyway.
  /// - Parameters:
  ///   - digest: names the session without telling what its cookie holds.
  ///   - until: when it would have ended by itself.
  ///   - moment: now.
  ///   - connection: one that writes.
  /// - Throws: what the database meets.
  package static func end(
    _ digest: String,
    until: Instant,
    at moment: Instant,
    in connection: any Connection
  ) throws {
    try connection.execute("DELETE FROM ended_session WHERE until < \(moment)")
    try connection.execute(
      "INSERT INTO ended_session (digest, until) VALUES (\(digest), \(until)) ON CONFLICT DO NOTHING"
    )
  }

  package static func isEnded(_ digest: String, in connection: any Connection) throws -> Bool {
    try !connection.query("SELECT 1 FROM ended_session WHERE digest = \(digest)").isEmpty
  }
}
