import AsyncHTTPClient
import Foundation
import Inventory
import NIOCore
import NIOHTTP1

/// The server's side of the authorization code flow (OpenID Connect Core 1.0 §3.1, RFC 7636): where to send a browser,
/// and whose the code is that it comes back with.
actor OpenIDExchange {
  /// What a provider publishes of itself (OpenID Connect Discovery 1.0 §3).
  private struct Discovery: Decodable {
    var issuer: String
    var authorization_endpoint: String
    var token_endpoint: String
    var jwks_uri: String
  }

  private struct Tokens: Decodable { var id_token: String }

  private let provider: OpenIDProvider
  private var kept: (discovery: Discovery, at: Instant)?
  private var openID: OpenID?

  private static let lifetime: Int64 = 3_600_000

  init(_ provider: OpenIDProvider) { self.provider = provider }

  /// - Throws: `Problem` 503 where the provider cannot be reached.
  func address(for attempt: SignInAttempt, at moment: Instant) async throws -> String {
    let endpoint = try await discovery(at: moment).authorization_endpoint
    let query = Self.form([
      ("response_type", "code"), ("client_id", provider.client), ("redirect_uri", provider.callback),
      ("scope", "openid"), ("state", attempt.state), ("nonce", attempt.nonce),
      ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
    ])
    return endpoint + (endpoint.contains("?") ? "&" : "?") + query
  }

  /// Whose a code is.
  /// - Throws: `Problem` 401 for a code or a token that does not hold, 503 where the provider cannot be reached.
  func identity(behind code: String, of attempt: SignInAttempt, at moment: Instant) async throws
    -> User.Identity
  {
    let discovery = try await discovery(at: moment)
    var fields = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", provider.callback),
      ("client_id", provider.client), ("code_verifier", attempt.verifier),
    ]
    if let secret = provider.secret { fields.append(("client_secret", secret)) }
    var request = HTTPClientRequest(url: discovery.token_endpoint)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    request.headers.add(name: "Accept", value: "application/json")
    request.body = .bytes(ByteBuffer(string: Self.form(fields)))
    guard let tokens: Tokens = try await Self.fetch(request) else {
      throw Authentication.refusal("access.code", "the identity provider did not take the code")
    }
    let openID =
      openID
      ?? OpenID(issuers: [
        OpenIDIssuer(issuer: provider.issuer, audience: provider.client, keys: discovery.jwks_uri)
      ])
    self.openID = openID
    return try await openID.identity(in: tokens.id_token, nonce: attempt.nonce, at: moment)
  }

  private func discovery(at moment: Instant) async throws -> Discovery {
    if let kept, moment.rawValue - kept.at.rawValue < Self.lifetime { return kept.discovery }
    let base = provider.issuer.hasSuffix("/") ? String(provider.issuer.dropLast()) : provider.issuer
    let found: Discovery? = try await Self.fetch(
      HTTPClientRequest(url: base + "/.well-known/openid-configuration")
    )
    guard let found, found.issuer == provider.issuer else {
      throw Problem.later(
        "access.provider",
        "the identity provider does not describe itself as \(provider.issuer)"
      )
    }
    kept = (found, moment)
    return found
  }

  /// Nil for an answer that is no success.
  private static func fetch<Answer: Decodable>(_ request: HTTPClientRequest) async throws -> Answer? {
    do {
      let response = try await OutgoingCalls.client.execute(request, timeout: .seconds(10))
      guard response.status == .ok else { return nil }
      let body = Data(try await response.body.collect(upTo: 1 << 20).readableBytesView)
      return try JSONDecoder().decode(Answer.self, from: body)
    } catch {
      throw Problem.later("access.provider", "the identity provider cannot be reached")
    }
  }

  private static func form(_ fields: [(String, String)]) -> String {
    fields.map { "\(WebPath.encoded($0.0))=\(WebPath.encoded($0.1))" }.joined(separator: "&")
  }
}
