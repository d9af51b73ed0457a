package import Storage

/// What was answered to a request with a key, so that the same request sent again is answered and not done again.
package struct KeptAnswer: Equatable, Sendable {
  /// SHA-256 of the request.
  package var digest: String
  /// Nil while the request is being answered, and for ever where the answer was lost after the work was done.
  package var status: Int64?
  package var contentType: String?
  package var body: String?

  /// How long answers are kept.
  package static let lifetime: Int64 = 7 * 86_400_000

  /// Takes the key in the transaction that does the work: of two at once one meets the other's key.
  package static func claim(
    _ key: String,
    of user: User.Name,
    digest: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws {
    let rows = try connection.query(
      """
      INSERT INTO kept_answer (member, key, digest, at) VALUES (\(user), \(key), \(digest), \(stamp.at))
      ON CONFLICT (member, key) DO NOTHING RETURNING digest
      """
    )
    if rows.isEmpty { throw AccessError.keyInUse(key) }
  }

  /// Keeps the answer to a request whose key was claimed.
  package static func keep(
    _ answer: KeptAnswer,
    under key: String,
    of user: User.Name,
    in connection: any Connection
  ) throws {
    try connection.execute(
      """
      UPDATE kept_answer SET status = \(answer.status), content_type = \(answer.contentType), body = \(answer.body)
      WHERE member = \(user) AND key = \(key) AND digest = \(answer.digest)
      """
    )
  }

  package static func find(
    _ key: String,
    of user: User.Name,
    in connection: any Connection
  ) throws -> KeptAnswer? {
    let rows = try connection.query(
      "SELECT digest, status, content_type, body FROM kept_answer WHERE member = \(user) AND key = \(key)"
    )
    return try rows.first.map { row in
      let (digest, status, type, body) = try row.decode(
        as: String.self,
        Int64?.self,
        String?.self,
        String?.self
      )
      return KeptAnswer(digest: digest, status: status, contentType: type, body: body)
    }
  }

  /// Forgets answers that are older than their lifetime.
  package static func forgetOld(at moment: Instant, in connection: any Connection) throws {
    try connection.execute("DELETE FROM kept_answer WHERE at < \(moment.rawValue - lifetime)")
  }

  package init(digest: String, status: Int64? = nil, contentType: String? = nil, body: String? = nil) {
    self.digest = digest
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}
