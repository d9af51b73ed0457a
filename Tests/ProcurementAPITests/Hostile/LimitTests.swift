import Foundation
import Inventory
import Procurement
import TestSupport
import Testing

@testable import ProcurementAPI

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
  func `who shows what does not hold too often is told to wait, and who shows what holds is not`(
    backend: Backend
  ) async throws {
    var options = ServerOptions()
    (options.failureRate, options.failureBurst) = (0.5, 3)
    try await LiveServer.run(on: backend, options: options) { server in
      for _ in 0..<3 {
        let refused = try await server.get(
          "/v1/centres",
          as: nil,
          headers: ["Authorization": "Bearer prc_no"]
        )
        #expect(refused.status == 401)
      }
      let refused = try await server.get("/v1/centres", as: nil, headers: ["Authorization": "Bearer prc_no"])
      #expect(refused.status == 429 && refused.header("Retry-After") == "2")
      #expect(try await server.get("/v1/centres", as: "planner").status == 200)
    }
  }

  @Test(arguments: Backend.available)
  func `a head that does not come in whole in time is refused`(backend: Backend) async throws {
    var options = ServerOptions()
    options.readTimeout = 1
    try await LiveServer.run(on: backend, options: options) { server in
      for start in ["G", "GET /v1/cen", "GET /v1/centres HTTP/1.1\r\nHost: localh"] {
        let outcome = try await RawConnection.send(Array(start.utf8), to: server.port, ending: false)
        #expect(outcome.statuses == [408] && outcome.isClosed, "\(start): \(outcome.text)")
        #expect(outcome.text.contains("request.timeout"))
      }
    }
  }

  @Test(arguments: Backend.available)
  func `what nobody reads of a body is not waited for without an end`(backend: Backend) async throws {
    var options = ServerOptions()
    options.readTimeout = 1
    try await LiveServer.run(on: backend, options: options) { server in
      let lines = ["GET /v1/nowhere HTTP/1.1", "Host: localhost", "Content-Length: 50"]
      let head = Array((lines.joined(separator: "\r\n") + "\r\n\r\nabc").utf8)
      let outcome = try await RawConnection.send(head, to: server.port, ending: false)
      #expect(outcome.statuses == [404] && outcome.isClosed, "\(outcome.text)")
    }
  }

  @Test(arguments: Backend.available)
  func `who waits to be asked for the body is asked`(backend: Backend) async throws {
    var options = ServerOptions()
    (options.readTimeout, options.bodyLimit) = (1, 100)
    try await LiveServer.run(on: backend, options: options) { server in
      let wanted = RawConnection.request(
        "POST",
        "/v1/campaigns",
        headers: ["Expect: 100-continue", "Content-Type: application/json", "Content-Length: 2"]
      )
      let asked = try await RawConnection.send(wanted, to: server.port, ending: false)
      #expect(asked.statuses == [100, 408], "\(asked.text)")
      let large = RawConnection.request(
        "POST",
        "/v1/campaigns",
        headers: ["Expect: 100-continue", "Content-Type: application/json", "Content-Length: 200"]
      )
      let refused = try await RawConnection.send(large, to: server.port, ending: false)
      #expect(refused.statuses == [413], "\(refused.text)")
    }
  }

  @Test(arguments: Backend.available)
  func `HEAD tells the length that GET would have`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let whole = try await server.get("/v1/centres")
      let head = try await RawConnection.send(RawConnection.request("HEAD", "/v1/centres"), to: server.port)
      #expect(head.text.contains("\r\nContent-Length: \(whole.text.utf8.count)\r\n"), "\(head.text)")
      #expect(head.text.hasSuffix("\r\n\r\n"))
    }
  }

  @Test func `a probe does not wait longer than it may`() async throws {
    let problem = await #expect(throws: Problem.self) {
      try await Probe.within(.milliseconds(10)) { try await Task.sleep(for: .seconds(600)) }
    }
    #expect(problem?.code == "database.unready")
    #expect(try await Probe.within(.seconds(600)) { 7 } == 7)
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
      for host in ["localhost", "LOCALHOST:80", "127.0.0.1:\(server.port)", "[::1]:80"] {
        let reply = try await Self.ask(server, host)
        #expect(reply.statuses == [200], "\(host): \(reply.text.prefix(300))")
      }
      for host in [
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "169.254.1.1", "localhost:abc",
        "localhost:1@evil.example", "localhost:", "[::1", "localhost:70000",
      ] {
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
