package import Storage

extension AccessToken {
  private static let columns: SQL = "m.name, t.label, t.created_at, t.expires_at, t.revoked_at, t.used_at"
  private static let source: SQL = "access_token t JOIN member m ON m.id = t.member_id"

  private init(row: Row) throws(DatabaseError) {
    (user, label, createdAt, expiresAt, revokedAt, usedAt) = try row.decode(
      as: User.Name.self,
      Label.self,
      Instant.self,
      Instant.self,
      Instant?.self,
      Instant?.self
    )
  }

  static func find(_ label: Label, of name: User.Name, in connection: any Connection) throws -> AccessToken? {
    try connection.query(
      "SELECT \(columns) FROM \(source) WHERE m.name = \(name) AND t.label = \(label)"
    ).first.map(AccessToken.init(row:))
  }

  /// A token with its user, in one statement: every request asks for it.
  static func find(digest: String, in connection: any Connection) throws -> (token: AccessToken, owner: User)?
  {
    let rows = try connection.query(
      """
      SELECT m.name, t.label, t.created_at, t.expires_at, t.revoked_at, t.used_at, \(User.columns)
      FROM \(User.source) JOIN access_token t ON t.member_id = m.id WHERE t.digest = \(digest)
      """
    )
    guard let row = rows.first,
      let owner = try User.users(rows.lazy.map { Row(Array($0.values.dropFirst(6))) }).first
    else { return nil }
    return (try AccessToken(row: Row(Array(row.values.prefix(6)))), owner)
  }

  /// All tokens of a user, or of all, by user and label.
  package static func all(of name: User.Name? = nil, in connection: any Connection) throws -> [AccessToken] {
    let filter: SQL = if let name { "WHERE m.name = \(name)" } else { "" }
    return try connection.query("SELECT \(columns) FROM \(source) \(filter) ORDER BY m.name, t.label")
      .map(AccessToken.init(row:))
  }

  func store(digest: String, user: User.ID, in connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO access_token (member_id, label, digest, created_at, expires_at)
      VALUES (\(user), \(label), \(digest), \(createdAt), \(expiresAt))
      """
    )
  }

  /// Whether the use of a token in this hour was not noted yet.
  package func isUnseen(at moment: Instant) -> Bool {
    usedAt.map { $0.rawValue < moment.rawValue - moment.rawValue % 3_600_000 } ?? true
  }

  /// Notes that a token was used, once an hour at most: the hour in which it was, or the moment of its making in that one.
  package static func touch(_ secret: String, at moment: Instant, in connection: any Connection) throws {
    let hour = Instant(rawValue: moment.rawValue - moment.rawValue % 3_600_000)
    try connection.execute(
      """
      UPDATE access_token SET used_at = CASE WHEN created_at > \(hour) THEN created_at ELSE \(hour) END
      WHERE digest = \(digest(of: secret)) AND (used_at IS NULL OR used_at < \(hour))
      """
    )
  }
}
