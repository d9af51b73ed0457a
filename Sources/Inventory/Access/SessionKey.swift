package import Storage

/// The secret that the cookies of the pages are signed with: one for all servers on a database, made by the first
/// that needs it. Who can read the database can sign; nobody else.
package enum SessionKey {
  /// The key, made of `candidate` where there is none yet.
  /// - Parameters:
  ///   - candidate: a secret that nobody can foresee.
  ///   - moment: when.
  ///   - connection: one that writes.
  /// - Returns: the key that all servers use.
  /// - Throws: what the database meets.
  package static func establish(
    _ candidate: String,
    at moment: Instant,
    in connection: any Connection
  ) throws -> String {
    try connection.execute(
      "INSERT INTO session_key (id, secret, made_at) VALUES (1, \(candidate), \(moment)) ON CONFLICT DO NOTHING"
    )
    return try find(in: connection) ?? candidate
  }

  /// The key; nil where nobody has signed in yet.
  package static func find(in connection: any Connection) throws -> String? {
    try connection.query("SELECT secret FROM session_key WHERE id = 1").first.map { row in
      try row.decode(as: String.self)
    }
  }
}

extension AccessToken {
  /// Whether a user's token of this label still holds.
  package static func holds(
    _ label: Label,
    of name: User.Name,
    at moment: Instant,
    in connection: any Connection
  ) throws -> Bool {
    try find(label, of: name, in: connection)?.isValid(at: moment) ?? false
  }

  /// The token that a secret stands for, with its user; nil where it does not hold.
  package static func holder(
    of secret: String,
    at moment: Instant,
    in connection: any Connection
  ) throws -> (token: AccessToken, user: User)? {
    guard let (token, user) = try find(digest: digest(of: secret), in: connection),
      token.isValid(at: moment), user.isActive
    else { return nil }
    return (token, user)
  }
}
