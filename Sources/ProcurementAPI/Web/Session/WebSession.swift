import Crypto
import Foundation
import Inventory
import Storage

/// Who has signed in with a browser, as the cookie says it: the user, what they signed in with, and until when.
///
/// The cookie is the text of these signed with HMAC-SHA256 (RFC 2104) by a key that only the database holds. It is
/// no proof of rights by itself: the user and the token are looked up with every request, so that a session ends
/// with them, and when somebody signs out.
struct WebSession: Equatable, Sendable {
  var user: User.Name
  /// The label of the token that was shown; nil for one who signed in elsewhere, or alone at this machine.
  var token: AccessToken.Label?
  var until: Instant
  /// Random, new with each session: what the tokens of forms are made of.
  var nonce: String

  /// A working day.
  static let lasting: Int64 = 12 * 3_600_000
  static let cookie = "procure_session"

  init(user: User.Name, token: AccessToken.Label?, until: Instant, nonce: String = WebSession.random()) {
    (self.user, self.token, self.until, self.nonce) = (user, token, until, nonce)
  }

  /// The cookie's value: what is said, and its signature.
  func signed(with key: String) -> String {
    let said = Data("\(user)\n\(token?.rawValue ?? "")\n\(until.rawValue)\n\(nonce)".utf8).base64URL
    return "\(said).\(Self.signature(of: "session", said, key))"
  }

  /// Nil for a cookie that this key did not sign, or whose time is over.
  init?(_ value: String, key: String, at moment: Instant) {
    let parts = value.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    guard Self.isSignature(String(parts[1]), of: "session", String(parts[0]), key),
      let data = Data(base64URL: String(parts[0])), let text = String(data: data, encoding: .utf8)
    else { return nil }
    let fields = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 4, let user = User.Name(rawValue: fields[0]), let until = Int64(fields[2]),
      moment.rawValue < until
    else { return nil }
    self.user = user
    token = AccessToken.Label(rawValue: fields[1])
    self.until = Instant(rawValue: until)
    nonce = fields[3]
  }

  /// Names the session in the database, where it was ended before its time.
  var digest: String { Storage.SHA256.hex(nonce.utf8) }

  /// What a form of this session holds, so that no other site can send one.
  func formToken(key: String) -> String { Self.signature(of: "form", nonce, key) }

  func accepts(formToken: String?, key: String) -> Bool {
    formToken.map { Self.isSignature($0, of: "form", nonce, key) } ?? false
  }

  /// 128 random bits in hexadecimal.
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in (generator.next() as UInt64).hexadecimal }.joined()
  }

  static func signature(of purpose: String, _ text: String, _ key: String) -> String {
    let code = HMAC<Crypto.SHA256>.authenticationCode(
      for: Data("\(purpose)\n\(text)".utf8),
      using: SymmetricKey(data: Data(key.utf8))
    )
    return code.map(\.hexadecimal).joined()
  }

  /// Compares in a time that says nothing.
  static func isSignature(_ given: String, of purpose: String, _ text: String, _ key: String) -> Bool {
    let right = Array(signature(of: purpose, text, key).utf8)
    let other = Array(given.utf8)
    guard right.count == other.count else { return false }
    return zip(right, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
