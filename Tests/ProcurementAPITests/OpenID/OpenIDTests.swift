import Foundation
import Inventory
import JWTKit
import Procurement
import ProcurementAPI
import Storage
import Synchronization
import TestSupport
import Testing

/// Tokens of an identity provider, with real keys.
struct OpenIDTests {
  /// A clock that a test moves.
  private final class Hand: Sendable {
    private let moment = Mutex(LiveServer.now)
    var now: Instant { moment.withLock(\.self) }
    func pass(seconds: Int64) { moment.withLock { $0 = Instant(rawValue: $0.rawValue + seconds * 1_000) } }

    /// A time so many seconds from now.
    func date(in seconds: Int64) -> Date {
      Date(timeIntervalSince1970: TimeInterval(now.rawValue / 1_000 + seconds))
    }
    var valid: SignedToken.Claims { .init(exp: date(in: 600)) }
  }

  private static func run(
    on backend: Backend,
    _ issuer: IssuerStandIn,
    _ hand: Hand,
    _ body: @escaping (LiveServer) async throws -> Void
  ) async throws {
    try await issuer.serve { address in
      let database = try await backend.migrated(Schema.migrations)
      try await Sample.load(into: database)
      try await register("marie", in: database)
      var options = ServerOptions()
      let name = "https://login.example.org"
      options.issuers = [OpenIDIssuer(issuer: name, audience: "procure", keys: address)]
      try await LiveServer.run(with: database, options: options, clock: { hand.now }, body)
    }
  }

  private static func register(_ subject: String, in database: any Database) async throws {
    let identity = User.Identity(issuer: "https://login.example.org", subject: subject)
    let name = try #require(User.Name(rawValue: subject))
    let draft = UserDraft(name: name, roles: [.buyer], identity: identity)
    try await database.write { _ = try User.save(draft, by: .test, in: $0) }
  }

  private static func expect(
    _ status: Int,
    _ token: String,
    from server: LiveServer,
    _ what: String = ""
  ) async throws {
    let headers = ["Authorization": "Bearer \(token)"]
    let reply = try await server.get("/v1/items/PCR-MIX", as: nil, headers: headers)
    #expect(reply.status == status, "\(what): \(reply.text.prefix(200))")
  }

  @Test(arguments: Backend.available)
  func `a token of the provider lets its user in, with either kind of key`(backend: Backend) async throws {
    let (issuer, hand) = (IssuerStandIn(), Hand())
    let (rsa, curve) = (try SignedToken.RSAPair("r"), SignedToken.CurvePair(identifier: "e"))
    try issuer.show([rsa.shown, curve.shown])
    try await Self.run(on: backend, issuer, hand) { server in
      try await Self.expect(200, try await rsa.sign(hand.valid), from: server)
      try await Self.expect(200, try await curve.sign(hand.valid), from: server)
      #expect(issuer.asked == 1)
      let reply = try await server.get(
        "/v1/users",
        as: nil,
        headers: ["Authorization": "Bearer \(try await curve.sign(hand.valid))"]
      )
      #expect(reply.code == "access.role")
    }
  }

  @Test(arguments: Backend.available)
  func `a token that was not made for here and now is refused`(backend: Backend) async throws {
    let (issuer, hand) = (IssuerStandIn(), Hand())
    let pair = SignedToken.CurvePair(identifier: "e")
    try issuer.show([pair.shown])
    try await Self.run(on: backend, issuer, hand) { server in
      let changes: [(what: String, change: (inout SignedToken.Claims) -> Void)] = [
        ("another issuer", { $0.iss = "https://evil.example" }),
        ("another audience", { $0.aud = "payroll" }),
        ("ended", { $0.exp = hand.date(in: -61) }),
        ("not yet", { $0.nbf = hand.date(in: 300) }),
        ("nobody's", { $0.sub = "mallory" }),
      ]
      for (what, change) in changes {
        var claims = hand.valid
        change(&claims)
        try await Self.expect(401, try await pair.sign(claims), from: server, what)
      }
      // Clocks differ: a minute is let pass at either end.
      for (exp, nbf) in [(-59, nil), (600, 59 as Int64?)] as [(Int64, Int64?)] {
        var claims = hand.valid
        (claims.exp, claims.nbf) = (hand.date(in: exp), nbf.map { hand.date(in: $0) })
        try await Self.expect(200, try await pair.sign(claims), from: server)
      }
      var several = hand.valid
      several.aud = AudienceClaim(value: ["payroll", "procure"])
      try await Self.expect(200, try await pair.sign(several), from: server)
    }
  }

  @Test(arguments: Backend.available)
  func `what a token lacks is told by its name`(backend: Backend) async throws {
    let (issuer, hand) = (IssuerStandIn(), Hand())
    let pair = SignedToken.HandPair("h")
    try issuer.show([pair.shown])
    try await Self.run(on: backend, issuer, hand) { server in
      let end = hand.now.rawValue / 1_000 + 600
      let whole = [
        "iss": #""https://login.example.org""#, "aud": #""procure""#, "sub": #""marie""#, "exp": "\(end)",
      ]
      func token(_ changes: [String: String], header: String = #""alg":"ES256","kid":"h""#) throws -> String {
        let claims = whole.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        let pairs = claims.map { "\"\($0.key)\":\($0.value)" }
        return try pair.sign(header: header, claims: pairs.sorted().joined(separator: ","))
      }
      func said(_ token: String) async throws -> String {
        let headers = ["Authorization": "Bearer \(token)"]
        let reply = try await server.get("/v1/items/PCR-MIX", as: nil, headers: headers)
        return reply.status == 200 ? "" : reply.object["detail"] as? String ?? reply.text
      }
      #expect(try await said(token([:])) == "")
      for name in ["iss", "aud", "sub", "exp"] {
        #expect(try await said(token([name: ""])) == "the token is refused: it has no “\(name)”")
      }
      let late = try token(["exp": "\"\(end)\""])
      #expect(try await said(late) == "the token is refused: its “exp” is not a number of seconds")
      #expect(try await said(token(["nbf": #""now""#])).hasSuffix("its “nbf” is not a number of seconds"))
      #expect(try await said(token(["aud": "[1]"])).hasSuffix("its “aud” is not a text or a list of them"))
      let demanding = try token([:], header: #""alg":"ES256","crit":["b64"],"b64":true,"kid":"h""#)
      #expect(try await said(demanding).hasSuffix("its header demands what is not known here (crit)"))
    }
  }

  @Test(arguments: Backend.available)
  func `a signature that proves nothing is refused`(backend: Backend) async throws {
    let (issuer, hand) = (IssuerStandIn(), Hand())
    let (pair, other) = (try SignedToken.RSAPair("r"), try SignedToken.RSAPair("r"))
    try issuer.show([pair.shown])
    try await Self.run(on: backend, issuer, hand) { server in
      let good = try await pair.sign(hand.valid)
      let forged = [
        ("none", try SignedToken.handmade(header: #"{"alg":"none"}"#, hand.valid, signature: "")),
        ("None", try SignedToken.handmade(header: #"{"alg":"None","kid":"r"}"#, hand.valid, signature: "")),
        (
          "an empty signature",
          try SignedToken.handmade(header: #"{"alg":"RS256","kid":"r"}"#, hand.valid, signature: "")
        ),
        ("the public key as a secret", try SignedToken.confused(pair, hand.valid)),
        ("another key under the same name", try await other.sign(hand.valid)),
        ("a changed body", Self.changed(good)),
      ]
      for (what, token) in forged { try await Self.expect(401, token, from: server, what) }
      try await Self.expect(200, good, from: server)
    }
  }

  private static func changed(_ token: String) -> String {
    var parts = token.split(separator: ".").map(String.init)
    let body = #"{"iss":"https://login.example.org","sub":"marie","aud":"procure","exp":99999999999}"#
    parts[1] = SignedToken.base64(Data(body.utf8))
    return parts.joined(separator: ".")
  }

  @Test(arguments: Backend.available)
  func `keys are asked for once, again for a new one, and not for every unknown one`(backend: Backend)
    async throws
  {
    let (issuer, hand) = (IssuerStandIn(), Hand())
    let (old, new) = (SignedToken.CurvePair(identifier: "old"), SignedToken.CurvePair(identifier: "new"))
    try issuer.show([old.shown])
    try await Self.run(on: backend, issuer, hand) { server in
      for _ in 0..<3 { try await Self.expect(200, try await old.sign(hand.valid), from: server) }
      #expect(issuer.asked == 1)
      hand.pass(seconds: 61)
      for _ in 0..<3 { try await Self.expect(401, try await new.sign(hand.valid), from: server) }
      #expect(issuer.asked == 2)
      try issuer.show([new.shown])
      hand.pass(seconds: 61)
      try await Self.expect(200, try await new.sign(hand.valid), from: server)
      #expect(issuer.asked == 3)
      try await Self.expect(401, try await old.sign(hand.valid), from: server)
    }
  }

  @Test(arguments: Backend.available)
  func `while the provider is away, known keys hold for their hour and new ones cannot be had`(
    backend: Backend
  )
    async throws
  {
    let (issuer, hand) = (IssuerStandIn(), Hand())
    let pair = SignedToken.CurvePair(identifier: "e")
    try issuer.show([pair.shown])
    try await Self.run(on: backend, issuer, hand) { server in
      try await Self.expect(200, try await pair.sign(hand.valid), from: server)
      issuer.goDown()
      hand.pass(seconds: 1_800)
      try await Self.expect(200, try await pair.sign(hand.valid), from: server)
      hand.pass(seconds: 1_801)
      try await Self.expect(503, try await pair.sign(hand.valid), from: server)
      #expect(try await server.get("/v1/items/PCR-MIX", as: "buyer").status == 200)
    }
  }
}
