import Crypto
import CryptoExtras
import Foundation
import JWTKit

/// Keys as a provider has them, and tokens signed with them.
enum SignedToken {
  struct Claims: JWTPayload {
    var iss = "https://login.example.org"
    var sub = "marie"
    var aud: AudienceClaim = "procure"
    var exp: Date
    var nbf: Date?

    func verify(using _: some JWTAlgorithm) throws {}
  }

  struct RSAPair {
    let identifier: JWKIdentifier
    let key: JWTKit.Insecure.RSA.PrivateKey

    init(_ identifier: JWKIdentifier) throws {
      self.identifier = identifier
      key = try JWTKit.Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
    }

    var shown: JWK {
      get throws {
        let parts = try key.publicKey.getKeyPrimitives()
        return .rsa(
          .rs256,
          identifier: identifier,
          modulus: SignedToken.base64(parts.modulus),
          exponent: SignedToken.base64(parts.publicExponent)
        )
      }
    }

    func sign(_ claims: Claims) async throws -> String {
      let keys = await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256, kid: identifier)
      return try await keys.sign(claims, kid: identifier)
    }
  }

  struct CurvePair {
    let identifier: JWKIdentifier
    let key = ES256PrivateKey()

    var shown: JWK {
      let point = key.publicKey.parameters
      return .ecdsa(.es256, identifier: identifier, x: point?.x, y: point?.y, curve: .p256)
    }

    func sign(_ claims: Claims) async throws -> String {
      let keys = await JWTKeyCollection().add(ecdsa: key, kid: identifier)
      return try await keys.sign(claims, kid: identifier)
    }
  }

  /// A key that signs whatever is put together by hand.
  struct HandPair {
    let identifier: JWKIdentifier
    private let key = P256.Signing.PrivateKey()

    init(_ identifier: JWKIdentifier) { self.identifier = identifier }

    var shown: JWK {
      let point = key.publicKey.rawRepresentation
      return .ecdsa(
        .es256,
        identifier: identifier,
        x: SignedToken.base64(point.prefix(32)),
        y: SignedToken.base64(point.suffix(32)),
        curve: .p256
      )
    }

    func sign(header: String = #""alg":"ES256","kid":"h""#, claims: String) throws -> String {
      let text = [header, claims].map { SignedToken.base64(Data("{\($0)}".utf8)) }.joined(separator: ".")
      let signature = try key.signature(for: Data(text.utf8)).rawRepresentation
      return "\(text).\(SignedToken.base64(signature))"
    }
  }

  /// A token put together by hand, with a signature that need not be one.
  static func handmade(header: String, _ claims: Claims, signature: String) throws -> String {
    let body = try JSONEncoder.seconds.encode(claims)
    return "\(base64(Data(header.utf8))).\(base64(body)).\(signature)"
  }

  /// Signed with a shared secret that is the provider's public key: what a careless verifier takes for RS256.
  static func confused(_ pair: RSAPair, _ claims: Claims) throws -> String {
    let unsigned = try handmade(
      header: #"{"alg":"HS256","kid":"\#(pair.identifier.string)","typ":"JWT"}"#,
      claims,
      signature: ""
    )
    let secret = SymmetricKey(data: Data(pair.key.publicKey.pemRepresentation.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Data(unsigned.dropLast().utf8), using: secret)
    return unsigned + base64(Data(code))
  }

  static func base64(_ data: Data) -> String {
    data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}

extension JSONEncoder {
  fileprivate static var seconds: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .secondsSince1970
    return encoder
  }
}
