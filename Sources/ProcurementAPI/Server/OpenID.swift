import AsyncHTTPClient
import Foundation
import Inventory
import JWTKit
import NIOCore
import NIOHTTP1

/// OpenID Connect access tokens: signed by a known issuer, for this service, not yet ended.
///
/// The issuer's keys are fetched when first needed, kept for an hour, and fetched again, at most once a minute, for a
/// key that is not among them. Only asymmetric signatures are taken (RFC 8725 §3.1).
actor OpenID {
  /// What was signed, whatever it says: that is read once it is known who said it.
  private struct Signed: JWTPayload {
    func verify(using _: some JWTAlgorithm) throws {}
  }

  private struct Keys {
    var keys: JWTKeyCollection
    var identifiers: Set<String>
    var fetchedAt: Instant
  }

  static let algorithms: Set = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA",
  ]
  private static let lifetime: Int64 = 3_600_000
  private static let pause: Int64 = 60_000
  /// Seconds by which the issuer's clock may differ from ours, at either end of a token's life.
  private static let leeway = 60.0

  private let issuers: [OpenIDIssuer]
  private var kept: [String: Keys] = [:]

  init(issuers: [OpenIDIssuer]) { self.issuers = issuers }

  /// Whose a token is.
  /// - Parameters:
  ///   - token: three parts in base64url, joined by dots.
  ///   - nonce: what an ID token must repeat; nil for an access token.
  ///   - moment: now.
  /// - Returns: the issuer and the subject.
  /// - Throws: `Problem` 401 with what does not hold; 503 where the issuer's keys cannot be had.
  func identity(in token: String, nonce: String? = nil, at moment: Instant) async throws -> User.Identity {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = TokenPart(parts[0]), let claims = TokenPart(parts[1]) else {
      throw Self.refusal("the token is neither one of ours nor a JWT")
    }
    let algorithm = try header.text("alg")
    guard Self.algorithms.contains(algorithm) else {
      throw Self.refusal("its algorithm \(algorithm) is not taken")
    }
    // What must be understood and is not makes the token void (RFC 7515 §4.1.11); nothing beyond it is understood here.
    guard !header.has("crit") else { throw Self.refusal("its header demands what is not known here (crit)") }
    let name = try claims.text("iss")
    guard let issuer = issuers.first(where: { $0.issuer == name }) else {
      throw Self.refusal("its issuer \(name) is not one of those taken")
    }
    let keys = try await keys(of: issuer, for: header.has("kid") ? header.text("kid") : nil, at: moment)
    do { _ = try await keys.verify(token, as: Signed.self) } catch {
      throw Self.refusal("its signature does not hold")
    }
    let seconds = Double(moment.rawValue) / 1_000
    guard try claims.texts("aud").contains(issuer.audience) else {
      throw Self.refusal("it was not made for \(issuer.audience)")
    }
    guard try claims.number("exp") > seconds - Self.leeway else { throw Self.refusal("it has ended") }
    if claims.has("nbf"), try claims.number("nbf") > seconds + Self.leeway {
      throw Self.refusal("it does not hold yet")
    }
    if let nonce, try claims.text("nonce") != nonce { throw Self.refusal("it answers another sign-in") }
    return User.Identity(issuer: issuer.issuer, subject: try claims.text("sub"))
  }

  static func refusal(_ reason: String) -> Problem {
    Authentication.refusal("access.token", "the token is refused: \(reason)")
  }

  private func keys(
    of issuer: OpenIDIssuer,
    for identifier: String?,
    at moment: Instant
  ) async throws -> JWTKeyCollection {
    if let known = kept[issuer.issuer] {
      let age = moment.rawValue - known.fetchedAt.rawValue
      let isThere = identifier.map(known.identifiers.contains) ?? true
      if age < (isThere ? Self.lifetime : Self.pause) { return known.keys }
    }
    let json = try await Self.fetch(issuer.keys)
    guard let set = try? JSONDecoder().decode(JWKS.self, from: json) else {
      throw Problem.later("access.keys", "the issuer's keys cannot be read")
    }
    let collection = JWTKeyCollection()
    try await collection.add(jwks: set)
    let identifiers = Set(set.keys.compactMap { $0.keyIdentifier?.string })
    kept[issuer.issuer] = Keys(keys: collection, identifiers: identifiers, fetchedAt: moment)
    return collection
  }

  private static func fetch(_ address: String) async throws -> Data {
    do {
      let response = try await OutgoingCalls.client.execute(
        HTTPClientRequest(url: address),
        timeout: .seconds(5)
      )
      guard response.status.code == 200 else {
        throw Problem.later("access.keys", "the issuer did not give its keys")
      }
      return Data(try await response.body.collect(upTo: 1 << 20).readableBytesView)
    } catch let problem as Problem { throw problem } catch {
      throw Problem.later("access.keys", "the issuer's keys cannot be reached")
    }
  }
}
