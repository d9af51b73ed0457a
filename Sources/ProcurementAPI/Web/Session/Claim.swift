import Inventory
import Storage

/// Who a visitor claims to be, by the session that the cookie holds.
struct Claim: Sendable {
  let session: WebSession?
  /// Whether it may be the only user of this machine, whom nobody asks for anything.
  let mayBeAlone: Bool
  let now: Instant

  /// Whether there is anything to look up.
  var isAnything: Bool { session != nil || mayBeAlone }

  /// The user, where the session and what it rests on still hold.
  func user(in connection: any Connection) throws -> Visitor.SignedIn? {
    if mayBeAlone, let single = Authentication.single, try !User.isAnybodyThere(in: connection) {
      let until = Instant(rawValue: now.rawValue + WebSession.lasting)
      let known = session.flatMap { $0.user == single.name ? $0 : nil }
      let session = known ?? WebSession(user: single.name, token: nil, until: until)
      return Visitor.SignedIn(session: session, principal: single, title: nil, isNew: known == nil)
    }
    guard let session, try !EndedSession.isEnded(session.digest, in: connection),
      let user = try User.find(ifThere: session.user, in: connection), user.isActive
    else { return nil }
    if let token = session.token,
      try !AccessToken.holds(token, of: session.user, at: now, in: connection)
    {
      return nil
    }
    return Visitor.SignedIn(session: session, principal: user.principal, title: user.title)
  }
}
