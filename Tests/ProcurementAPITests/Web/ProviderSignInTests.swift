import Foundation
import Inventory
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ProcurementAPI

/// Signing in at an identity provider, as a browser does it, against a stand-in that holds it to the protocol.
@Suite struct ProviderSignInTests {
  private static func run(_ body: (LiveServer, IssuerServer) async throws -> Void) async throws {
    let issuer = try #require(IssuerServer())
    issuer.start()
    var options = ServerOptions()
    options.provider = OpenIDProvider(
      issuer: issuer.address,
      client: "procure-web",
      secret: "secret",
      home: "https://procure.example"
    )
    try await LiveServer.run(on: .sqlite, options: options) { server in
      try await server.database.write { connection in
        let name = try #require(User.Name(rawValue: "marie"))
        let identity = User.Identity(issuer: issuer.address, subject: "subject-1")
        let draft = UserDraft(name: name, title: "Marie", roles: [.buyer], centres: [], identity: identity)
        _ = try User.save(draft, by: .test, in: connection)
      }
      try await body(server, issuer)
    }
    issuer.stop()
  }

  /// Goes to the provider and comes back with its code.
  private static func comeBack(
    _ visitor: WebVisitor,
    by issuer: IssuerServer,
    as subject: String = "subject-1",
    state: String? = nil
  ) async throws -> WebVisitor.Page {
    let away = try await visitor.get("/signin/begin?back=%2Fstock")
    let location = try #require(away.location.flatMap(URLComponents.init(string:)))
    var query: [String: String] = [:]
    for item in location.queryItems ?? [] { query[item.name] = item.value }
    #expect(away.status == 303 && away.location?.hasPrefix(issuer.address + "/authorize?") == true)
    #expect(query["response_type"] == "code" && query["code_challenge_method"] == "S256")
    #expect(query["redirect_uri"] == "https://procure.example/signin/callback")
    let code = issuer.grant(query, to: subject)
    return try await visitor.get("/signin/callback?code=\(code)&state=\(state ?? query["state"] ?? "")")
  }

  @Test func `who signs in there is the user here that the identity names, and comes back to the page`()
    async throws
  {
    try await Self.run { server, issuer in
      let visitor = WebVisitor(server)
      #expect(try await visitor.get("/signin").text.contains("/signin/begin"))
      let page = try await Self.comeBack(visitor, by: issuer)
      #expect(page.status == 303 && page.location == "/stock")
      #expect(try await visitor.get("/stock").text.contains("Marie"))
      try await server.database.write { connection in
        _ = try User.enable(try #require(User.Name(rawValue: "marie")), false, by: .test, in: connection)
      }
      #expect(try await visitor.get("/stock").location?.hasPrefix("/signin") == true)
    }
  }

  @Test func `what was begun by another, or answers another, signs nobody in`() async throws {
    try await Self.run { server, issuer in
      let other = WebVisitor(server)
      let forged = try await Self.comeBack(other, by: issuer, state: "another")
      #expect(forged.status == 401)
      let stranger = try await Self.comeBack(WebVisitor(server), by: issuer, as: "subject-2")
      #expect(stranger.status == 401 && stranger.text.contains("no user here"))
      let without = try await WebVisitor(server).get("/signin/callback?code=code-0&state=x")
      #expect(without.status == 401)
      for (claim, value) in [
        ("iss", "https://evil.example"), ("aud", "another"), ("exp", "past"), ("nonce", "old"),
      ] {
        issuer.falsehood.withLock { $0 = [claim: value] }
        let visitor = WebVisitor(server)
        let page = try await Self.comeBack(visitor, by: issuer)
        #expect(page.status == 401, "\(claim)")
        #expect(try await visitor.get("/stock").status == 303, "\(claim)")
      }
    }
  }

  @Test func `a code is taken once`() async throws {
    try await Self.run { server, issuer in
      let visitor = WebVisitor(server)
      let away = try await visitor.get("/signin/begin")
      let location = try #require(away.location.flatMap(URLComponents.init(string:)))
      var query: [String: String] = [:]
      for item in location.queryItems ?? [] { query[item.name] = item.value }
      let path = "/signin/callback?code=\(issuer.grant(query, to: "subject-1"))&state=\(query["state"] ?? "")"
      let cookies = visitor.cookies
      #expect(try await visitor.get(path).status == 303)
      let thief = WebVisitor(server, cookies: cookies)
      #expect(try await thief.get(path).status == 401)
    }
  }
}
