import Crypto
import Foundation
import Inventory
import JWTKit
import Synchronization

/// A stand-in for an identity provider on this machine: describes itself, gives its keys, and takes a code once, from
/// whoever knows what its challenge was made of.
final class IssuerServer: Sendable {
  let address: String
  private let listener: LocalListener
  private let key = ES256PrivateKey()
  private let codes = Mutex<[String: Granted]>([:])
  /// What the next ID token says otherwise than it should.
  let falsehood = Mutex<[String: String]>([:])

  private struct Granted {
    var challenge: String
    var nonce: String
    var subject: String
  }

  private struct Claims: JWTPayload {
    var iss: String
    var sub: String
    var aud: String
    var exp: ExpirationClaim
    var nonce: String

    func verify(using _: some JWTAlgorithm) throws {}
  }

  /// Nil where no port can be had.
  init?() {
    guard let listener = LocalListener() else { return nil }
    (self.listener, address) = (listener, listener.address)
  }

  /// Begins to answer, on a thread of its own, until `stop`.
  func start() { listener.start { self.answer($0) } }

  func stop() { listener.stop() }

  /// What a browser would be given that shows the provider who it is.
  func grant(_ query: [String: String], to subject: String) -> String {
    let granted = Granted(
      challenge: query["code_challenge"] ?? "",
      nonce: query["nonce"] ?? "",
      subject: subject
    )
    return codes.withLock { codes in
      let code = "code-\(codes.count)-\(subject)"
      codes[code] = granted
      return code
    }
  }

  // MARK: - Answers

  private func answer(_ request: LocalListener.Request) -> LocalListener.Reply {
    let answer: String? =
      switch request.path {
      case "/.well-known/openid-configuration":
        """
        {"issuer":"\(address)","authorization_endpoint":"\(address)/authorize","token_endpoint":"\(address)/token",\
        "jwks_uri":"\(address)/keys"}
        """
      case "/keys": keys
      case "/token": token(for: request.body)
      default: nil
      }
    return answer.map { LocalListener.Reply(status: 200, body: $0) }
      ?? LocalListener.Reply(status: 400, body: #"{"error":"invalid_grant"}"#)
  }

  private var keys: String {
    guard let parameters = key.publicKey.parameters else { return "" }
    let (x, y) = (Self.url(parameters.x), Self.url(parameters.y))
    return #"{"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","kid":"one","x":"\#(x)","y":"\#(y)"}]}"#
  }

  private static func url(_ base64: String) -> String {
    base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  private func token(for body: String) -> String? {
    let fields = Dictionary(
      body.split(separator: "&").map { pair in
        let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
        return (halves[0], halves.count == 2 ? halves[1].removingPercentEncoding ?? "" : "")
      }
    ) { first, _ in first }
    guard let granted = codes.withLock({ $0.removeValue(forKey: fields["code"] ?? "") }),
      fields["client_id"] == "procure-web", fields["client_secret"] == "secret",
      let verifier = fields["code_verifier"],
      Self.url(Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()) == granted.challenge
    else { return nil }
    let said = falsehood.withLock(\.self)
    let claims = Claims(
      iss: said["iss"] ?? address,
      sub: granted.subject,
      aud: said["aud"] ?? "procure-web",
      exp: ExpirationClaim(
        value: Date(
          timeIntervalSince1970: Double(LiveServer.now.rawValue / 1_000 + (said["exp"] == nil ? 300 : -300))
        )
      ),
      nonce: said["nonce"] ?? granted.nonce
    )
    return signed(claims).map { #"{"id_token":"\#($0)","token_type":"Bearer"}"# }
  }

  /// The library signs asynchronously; here a thread waits for it.
  private func signed(_ claims: Claims) -> String? {
    let (done, box, key) = (DispatchSemaphore(value: 0), Box(), key)
    Task {
      let collection = JWTKeyCollection()
      await collection.add(ecdsa: key, kid: "one")
      let text = try? await collection.sign(claims, kid: "one")
      box.text.withLock { $0 = text }
      done.signal()
    }
    done.wait()
    return box.text.withLock(\.self)
  }

  private final class Box: Sendable {
    let text = Mutex<String?>(nil)
  }
}
