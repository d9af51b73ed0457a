import Foundation
import Inventory
import Procurement
import ProcurementAPI
import TestSupport
import Testing

/// What a server puts up with, and what not.
struct LimitTests {
  @Test(arguments: Backend.available)
  func `who asks too often is told how long to wait, and others are not`(backend: Backend) async throws {
    var options = ServerOptions()
    (options.rate, options.burst) = (0.5, 3)
    try await LiveServer.run(on: backend, options: options) { server in
      for _ in 0..<3 { #expect(try await server.get("/v1/items/PCR-MIX", as: "buyer").status == 200) }
      let refused = try await server.get("/v1/items/PCR-MIX", as: "buyer")
      #expect(refused.status == 429)
      #expect(refused.code == "request.rate")
      #expect(refused.header("Retry-After") == "2")
      #expect(try await server.get("/v1/items/PCR-MIX", as: "planner").status == 200)
    }
  }

  @Test(arguments: Backend.available)
  func `a body over the limit is refused, said or counted`(backend: Backend) async throws {
    var options = ServerOptions()
    options.bodyLimit = 1_000
    try await LiveServer.run(on: backend, options: options) { server in
      let body = #"{"code":""# + String(repeating: "x", count: 2_000) + #""}"#
      let said = try await server.send("POST", "/v1/campaigns", body: body)
      #expect(said.status == 413)
      #expect(said.code == "request.too-large")
      let head = RawConnection.request(
        "POST",
        "/v1/campaigns",
        headers: ["Content-Type: application/json", "Transfer-Encoding: chunked"]
      )
      let size = String(body.utf8.count, radix: 16)
      let counted = try await RawConnection.send(
        head + Array("\(size)\r\n\(body)\r\n0\r\n\r\n".utf8),
        to: server.port
      )
      #expect(counted.statuses == [413])
      #expect(try await server.get("/ready", as: nil).status == 200)
    }
  }

  @Test(arguments: Backend.available)
  func `a client that sends its body too slowly is let go`(backend: Backend) async throws {
    var options = ServerOptions()
    options.readTimeout = 1
    try await LiveServer.run(on: backend, options: options) { server in
      let whole = RawConnection.request("POST", "/v1/campaigns", body: Array(#"{"code":"x"}"#.utf8))
      let slow = try await RawConnection.send(Array(whole.dropLast(6)), to: server.port, ending: false)
      #expect(slow.statuses == [408])
      #expect(slow.text.contains("request.timeout"))
    }
  }

  @Test(arguments: Backend.available)
  func `a connection that never sends a whole request is closed`(backend: Backend) async throws {
    var options = ServerOptions()
    options.idleTimeout = 1
    try await LiveServer.run(on: backend, options: options) { server in
      for start in ["", "GET /v1/cen", "GET /v1/centres HTTP/1.1\r\nHost: localh"] {
        let outcome = try await RawConnection.send(Array(start.utf8), to: server.port, ending: false)
        #expect(outcome.isClosed, "\(start)")
        #expect(!outcome.statuses.contains { $0 < 400 }, "\(start)")
      }
    }
  }

  @Test(arguments: Backend.available)
  func `a server for one user answers only to this machine's names`(backend: Backend) async throws {
    let database = try await backend.migrated(Schema.migrations)
    try await LiveServer.run(with: database, clock: { LiveServer.now }) { server in
      for host in ["localhost", "127.0.0.1:\(server.port)", "[::1]:80"] {
        let reply = try await Self.ask(server, host)
        #expect(reply.statuses == [200], "\(host): \(reply.text.prefix(300))")
      }
      for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "169.254.1.1"] {
        let reply = try await Self.ask(server, host)
        #expect(reply.statuses == [403], "\(host)")
        #expect(reply.text.contains("access.host"))
      }
    }
  }

  /// A form of another site needs no leave of the browser to be sent.
  @Test(arguments: Backend.available)
  func `a server for one user takes no change that a page of elsewhere sends`(backend: Backend) async throws {
    let database = try await backend.migrated(Schema.migrations)
    try await LiveServer.run(with: database, clock: { LiveServer.now }) { server in
      let foreign = [["Origin": "https://evil.example"], ["Sec-Fetch-Site": "cross-site"]]
      for headers in foreign {
        let reply = try await server.send("POST", "/v1/alerts/watch", as: nil, headers: headers)
        #expect(reply.status == 403 && reply.code == "access.host")
      }
      let own = ["Origin": "http://127.0.0.1:\(server.port)", "Sec-Fetch-Site": "same-origin"]
      for headers in [own, [:]] {
        #expect(try await server.send("POST", "/v1/alerts/watch", as: nil, headers: headers).status == 200)
      }
    }
  }

  private static func ask(_ server: LiveServer, _ host: String) async throws -> RawConnection.Outcome {
    let lines = ["GET /v1/centres HTTP/1.1", "Host: \(host)", "Connection: close"]
    return try await RawConnection.send(
      Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8),
      to: server.port
    )
  }
}
