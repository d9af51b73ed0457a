import HTTPTypes
import Inventory
import Storage

/// Who asks: an API token, an OpenID Connect token, or the only user of this machine.
struct Authentication: Sendable {
  let database: any Database
  let options: ServerOptions
  private let openID: OpenID
  private let kept = KeptPrincipals()

  init(database: any Database, options: ServerOptions) {
    self.database = database
    self.options = options
    openID = OpenID(issuers: options.issuers)
  }

  /// The user of a machine where nobody is registered: everything is allowed, to whoever sits there.
  static let single = Code<User>(rawValue: "single-user").map {
    Principal(name: $0, roles: [.buyer, .planner, .administrator])
  }

  /// Who asks, as far as it is known from a request before; nil for what must be looked up.
  func known(_ header: String, at moment: Instant) -> Admission? {
    Self.token(in: header).flatMap { kept.find(AccessToken.digest(of: $0), at: moment) }
  }

  /// The API token that a header shows; nil for every other.
  private static func token(in header: String?) -> String? {
    guard let header, header.hasPrefix("Bearer " + AccessToken.prefix) else { return nil }
    return String(header.dropFirst(7))
  }

  /// - Parameters:
  ///   - header: what the request shows.
  ///   - host: the name by which the caller found this server.
  ///   - moment: now.
  /// - Returns: the user with what they may do.
  /// - Throws: `Problem` 401 where nobody proved anything, or what was shown does not hold; 403 where a browser was led
  ///   here under another name.
  func principal(of header: String?, host: String?, at moment: Instant) async throws -> Principal {
    guard let header else {
      if let single = Self.single, options.isLoopback, try await isNobodyThere() {
        guard Self.isLocal(host) else {
          throw Problem(.forbidden, "access.host", "without users this server answers to localhost alone")
        }
        return single
      }
      throw Self.refusal("access.token-needed", "this takes a token: Authorization: Bearer …")
    }
    let words = header.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bearer" else {
      throw Self.refusal("access.scheme", "the Authorization header is Bearer and a token")
    }
    let secret = String(words[1])
    if secret.hasPrefix(AccessToken.prefix) { return try await owner(of: secret, at: moment) }
    let identity = try await openID.identity(in: secret, at: moment)
    guard let user = try await database.read({ try User.find(identity, in: $0) }), user.isActive else {
      throw Self.refusal("access.user", "\(identity.subject) of \(identity.issuer) is no user here")
    }
    return user.principal
  }

  private func owner(of secret: String, at moment: Instant) async throws -> Principal {
    let (holder, mark) = try await database.read { connection in
      (try AccessToken.holder(of: secret, at: moment, in: connection), try AccessMark.current(in: connection))
    }
    guard case (var token, let user)? = holder else {
      kept.forget(AccessToken.digest(of: secret))
      throw Self.refusal("access.token", "the token is not known, has ended or was revoked")
    }
    if token.isUnseen(at: moment) {
      // A database that takes nothing at the moment may still be read.
      try? await database.write { try AccessToken.touch(secret, at: moment, in: $0) }
      token.usedAt = moment
    }
    kept.keep(user.principal, token, mark, under: AccessToken.digest(of: secret), at: moment)
    return user.principal
  }

  /// Whether the caller believes to talk to this machine: a name of elsewhere that was bent to it (DNS rebinding) must
  /// not find a server open that asks nobody who they are.
  static func isLocal(_ host: String?) -> Bool {
    guard let host = host?.lowercased() else { return false }
    return ["localhost", "127.0.0.1", "[::1]"].contains { name in
      guard host.hasPrefix(name) else { return false }
      let port = host.dropFirst(name.count)
      return port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()) != nil)
    }
  }

  func isNobodyThere() async throws -> Bool { try await !database.read { try User.isAnybodyThere(in: $0) } }

  static func refusal(_ code: String, _ detail: String) -> Problem {
    Problem(.unauthorized, code, detail, headers: [.wwwAuthenticate: "Bearer realm=\"procure\""])
  }
}
