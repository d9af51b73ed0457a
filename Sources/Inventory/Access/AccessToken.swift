package import Storage

/// A secret by which a program proves whose it is. Only its digest is stored: it is shown once.
package struct AccessToken: Equatable, Sendable, Codable {
  package typealias Label = Inventory.Code<AccessToken>

  package var user: User.Name
  /// What it is for, unique for the user.
  package var label: Label
  package var createdAt: Instant
  package var expiresAt: Instant
  package var revokedAt: Instant?
  /// To the hour; nil where it was never used.
  package var usedAt: Instant?

  package static let prefix = "prc_"

  /// A new secret: 256 random bits in hexadecimal after the prefix that secret scanners look for.
  /// - Parameter generator: one that nobody can foresee; a secret is as good as it.
  /// - Returns: the secret.
  package static func secret(using generator: inout some RandomNumberGenerator) -> String {
    prefix + (0..<4).map { _ in (generator.next() as UInt64).hexadecimal }.joined()
  }

  /// What is stored of a secret. It is random, so that a plain digest cannot be guessed back.
  package static func digest(of secret: String) -> String { SHA256.hex(secret.utf8) }

  func isValid(at moment: Instant) -> Bool { revokedAt == nil && moment < expiresAt }
}

extension AccessToken {
  /// Makes a token for a user, of a secret that nobody can read again.
  package static func create(
    for name: User.Name,
    label: Label,
    lasting days: Int64,
    secret: String,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> AccessToken {
    guard (1...3_660).contains(days) else { throw AccessError.lifetime(days) }
    let user = try User.find(name, in: connection)
    guard user.isActive else { throw AccessError.disabled(name.rawValue) }
    guard try find(label, of: name, in: connection) == nil else {
      throw AccessError.labelTaken(name.rawValue, label.rawValue)
    }
    let token = AccessToken(
      user: name,
      label: label,
      createdAt: stamp.at,
      expiresAt: Instant(rawValue: stamp.at.rawValue + days * 86_400_000)
    )
    try token.store(digest: digest(of: secret), user: user.id, in: connection)
    try Audit.record("token.create", subject: "user \(name)", after: token, by: stamp, in: connection)
    return token
  }

  /// Ends a token at once.
  package static func revoke(
    _ label: Label,
    of name: User.Name,
    by stamp: Stamp,
    in connection: any Connection
  ) throws -> AccessToken {
    guard var token = try find(label, of: name, in: connection) else {
      throw AccessError.noSuchToken(name.rawValue, label.rawValue)
    }
    guard token.revokedAt == nil else { return token }
    let before = token
    token.revokedAt = stamp.at
    try AccessMark.move(in: connection)
    try connection.execute(
      """
      UPDATE access_token SET revoked_at = \(stamp.at) WHERE label = \(label)
      AND member_id = (SELECT id FROM member WHERE name = \(name))
      """
    )
    try Audit.record(
      "token.revoke",
      subject: "user \(name)",
      before: before,
      after: token,
      by: stamp,
      in: connection
    )
    return token
  }
}
