import Crypto
import Foundation
import Inventory

/// A sign-in that was begun with the identity provider: kept in a signed cookie until the browser comes back.
struct SignInAttempt: Equatable, Sendable {
  /// What the provider must repeat in the address, and in the token.
  var state = WebSession.random()
  var nonce = WebSession.random()
  /// What only who began it knows (RFC 7636 §4.1).
  var verifier = WebSession.random() + WebSession.random()
  /// The page to come back to.
  var back: String
  var until: Instant

  static let cookie = "procure_signin"
  static let lasting: Int64 = 600_000

  init(back: String, at moment: Instant) {
    (self.back, until) = (back, Instant(rawValue: moment.rawValue + Self.lasting))
  }

  /// SHA-256 of the verifier in base64url (RFC 7636 §4.2).
  var challenge: String { Data(SHA256.hash(data: Data(verifier.utf8))).base64URL }

  func signed(with key: String) -> String {
    let said = Data([state, nonce, verifier, "\(until.rawValue)", back].joined(separator: "\n").utf8)
      .base64URL
    return "\(said).\(WebSession.signature(of: "sign-in", said, key))"
  }

  /// Nil for a cookie that this key did not sign, or whose time is over.
  init?(_ value: String, key: String, at moment: Instant) {
    let parts = value.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, WebSession.isSignature(parts[1], of: "sign-in", parts[0], key),
      let data = Data(base64URL: parts[0]), let text = String(data: data, encoding: .utf8)
    else { return nil }
    let fields = text.split(separator: "\n", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 5, let until = Int64(fields[3]), moment.rawValue < until else { return nil }
    (state, nonce, verifier, back) = (fields[0], fields[1], fields[2], fields[4])
    self.until = Instant(rawValue: until)
  }
}

extension Data {
  /// Base64 for addresses, without padding (RFC 4648 §5).
  var base64URL: String {
    base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  init?(base64URL text: String) {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
  }
}
