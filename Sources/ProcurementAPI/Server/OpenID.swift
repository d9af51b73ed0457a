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
  private struct Claims: JWTPayload {
    var iss: IssuerClaim
    var sub: SubjectClaim
    var aud: AudienceClaim
    var exp: ExpirationClaim
    var nbf: NotBeforeClaim?
    var nonce: String?

    func verify(using _: some JWTAlgorithm) throws {}
  }

  private struct Keys {
    var keys: JWTKeyCollection
    var identifiers: Set<String>
    var fetchedAt: Instant
  }

  private struct Header: Decodable { var alg: String; var kid: String? }
  private struct Unverified: Decodable { var iss: String }

  static let algorithms: Set = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA",
  ]
  private static let lifetime: Int64 = 3_600_000
  private static let pause: Int64 = 60_000

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
    guard parts.count == 3, let header: Header = Self.decoded(parts[0]),
      let body: Unverified = Self.decoded(parts[1])
    else { throw refusal("the token is neither one of ours nor a JWT") }
    guard Self.algorithms.contains(header.alg) else {
      throw refusal("its algorithm \(header.alg) is not taken")
    }
    guard let issuer = issuers.first(where: { $0.issuer == body.iss }) else {
      throw refusal("its issuer \(body.iss) is not one of those taken")
    }
    let keys = try await keys(of: issuer, for: header.kid, at: moment)
    let claims: Claims
    do { claims = try await keys.verify(token, as: Claims.self) } catch {
      throw refusal("its signature does not hold")
    }
    let seconds = Double(moment.rawValue) / 1_000
    guard claims.aud.value.contains(issuer.audience) else {
      throw refusal("it was not made for \(issuer.audience)")
    }
    guard claims.exp.value.timeIntervalSince1970 > seconds else { throw refusal("it has ended") }
    guard claims.nbf.map({ $0.value.timeIntervalSince1970 <= seconds + 60 }) ?? true else {
      throw refusal("it does not hold yet")
    }
    if let nonce, claims.nonce != nonce { throw refusal("it answers another sign-in") }
    return User.Identity(issuer: issuer.issuer, subject: claims.sub.value)
  }

  private func refusal(_ reason: String) -> Problem {
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
      let response = try await HTTPClient.shared.execute(
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

  private static func decoded<Part: Decodable>(_ text: Substring) -> Part? {
    Data(base64URL: String(text)).flatMap { try? JSONDecoder().decode(Part.self, from: $0) }
  }
}
