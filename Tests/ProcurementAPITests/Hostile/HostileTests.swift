import Foundation
import ProcurementAPI
import TestSupport
import Testing

/// What nobody in their right mind sends: it is refused with a status from 400 to 499, asked to sign in or cut off,
/// and the server goes on.
struct HostileTests {
  private static func expectRefused(_ bytes: [UInt8], by server: LiveServer, _ what: String) async throws {
    let outcome = try await RawConnection.send(bytes, to: server.port)
    let isAsked = outcome.statuses == [303] && outcome.text.contains("\r\nLocation: /signin")
    let isRefused = outcome.statuses.allSatisfy { (400...499).contains($0) }
    #expect(isRefused || isAsked, "\(what): \(outcome.text.prefix(300))")
    #expect(!outcome.statuses.isEmpty || outcome.isClosed, "\(what) was left without an answer")
    let isProblem = outcome.statuses == [400] || outcome.text.contains("\r\n\r\n{")
    #expect(!isProblem || outcome.text.contains("\"code\":\""), "\(what): \(outcome.text.prefix(600))")
  }

  private static func expectAlive(_ server: LiveServer) async throws {
    #expect(try await server.get("/ready", as: nil).status == 200)
    #expect(try await server.get("/v1/centres").status == 200)
  }

  @Test(arguments: Backend.available)
  func `bytes that are no request do no harm`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      var generator = SeededGenerator(seed: 1)
      for round in 0..<40 {
        let count = Int.random(in: 1...700, using: &generator)
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try await Self.expectRefused(bytes + Array("\r\n\r\n".utf8), by: server, "round \(round)")
      }
      try await Self.expectAlive(server)
    }
  }

  @Test(arguments: Backend.available)
  func `a request with bytes changed is answered or refused, never with a fault`(backend: Backend)
    async throws
  {
    try await LiveServer.run(on: backend) { server in
      var generator = SeededGenerator(seed: 2)
      let body = Array(#"{"supplier":"aubepine","agreement":"AC-2020-PCR","lot":1,"rows":[]}"#.utf8)
      let whole = RawConnection.request("POST", "/v1/orders?dryRun=true", body: body)
      for round in 0..<120 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
            in: 0...255,
            using: &generator
          )
        }
        let outcome = try await RawConnection.send(bytes, to: server.port)
        #expect(
          !outcome.statuses.contains { $0 >= 500 && $0 != 505 },
          "\(round): \(outcome.text.prefix(300))"
        )
      }
      try await Self.expectAlive(server)
    }
  }

  @Test(arguments: [
    (
      "an address",
      "GET /v1/centres?city=\(String(repeating: "x", count: 200_000)) HTTP/1.1\r\nHost: x\r\n\r\n"
    ),
    ("a header", "GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "x", count: 200_000))\r\n\r\n"),
    (
      "many headers",
      "GET / HTTP/1.1\r\nHost: x\r\n\((0..<5_000).map { "x-\($0): y\r\n" }.joined())\r\n"
    ),
  ])
  func `a head that is too long is told so`(what: String, head: String) async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let outcome = try await RawConnection.send(Array(head.utf8), to: server.port)
      #expect(outcome.statuses == [431], "\(what): \(outcome.text.prefix(300))")
      #expect(outcome.text.contains("\"request.head-too-long\""))
      try await Self.expectAlive(server)
    }
  }

  /// Closed at once, the connection would be reset by what still comes, and the answer might never be seen.
  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "x", count: 100_000))",
    "GET / HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n", "nothing of HTTP\r\n\r\n",
  ])
  func `who sends on after a refusal still gets it`(head: String) async throws {
    var options = ServerOptions()
    options.lingering = 3_600
    try await LiveServer.run(on: .sqlite, options: options) { server in
      let more = Array(repeating: UInt8(ascii: "y"), count: 50_000)
      let outcome = try await RawConnection.send(
        pieces: [Array(head.utf8), more, more, more],
        to: server.port
      )
      #expect(outcome.statuses == [head.count > 100_000 ? 431 : 400], "\(outcome.text.prefix(300))")
      #expect(outcome.text.hasSuffix("}\n") || outcome.text.hasSuffix("}"))
      try await Self.expectAlive(server)
    }
  }

  @Test(arguments: ["Host: x\r\nHost: y\r\n", "Host: x\r\nhost: x\r\n"])
  func `a request names its host once`(hosts: String) async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let body = "POST /v1/campaigns HTTP/1.1\r\n\(hosts)Content-Length: 2\r\n\r\n{}"
      let outcome = try await RawConnection.send(Array(body.utf8), to: server.port)
      #expect(outcome.statuses == [400], "\(hosts): \(outcome.text.prefix(300))")
      #expect(outcome.text.contains("\"request.host\""))
      try await Self.expectAlive(server)
    }
  }

  @Test(arguments: Backend.available)
  func `a body that ends before its length is refused`(backend: Backend) async throws {
    var options = ServerOptions()
    options.readTimeout = 2
    try await LiveServer.run(on: backend, options: options) { server in
      let body = Array(#"{"code":"x"}"#.utf8)
      for kept in [0, 1, body.count - 1] {
        let whole = RawConnection.request("POST", "/v1/campaigns", body: body)
        try await Self.expectRefused(
          Array(whole.dropLast(body.count - kept)),
          by: server,
          "\(kept) bytes of \(body.count)"
        )
      }
      try await Self.expectAlive(server)
    }
  }

  static let bodies: [(what: String, bytes: [UInt8])] = [
    ("deep lists", Array(String(repeating: "[", count: 50_000).utf8)),
    ("deep objects", Array(String(repeating: #"{"a":"#, count: 50_000).utf8)),
    ("a deep value", Array((#"{"items":"# + String(repeating: "[", count: 3_000)).utf8)),
    ("a huge number", Array((#"{"lot":"# + String(repeating: "9", count: 20_000) + "}").utf8)),
    ("a huge exponent", Array(#"{"lot":1e999999999}"#.utf8)),
    ("invalid UTF-8", Array(#"{"code":""#.utf8) + [0xFF, 0xFE, 0xC0, 0x80] + Array(#""}"#.utf8)),
    ("a lone surrogate", Array(#"{"code":"\ud800"}"#.utf8)),
    ("a null character", Array(#"{"code":"a\u0000b"}"#.utf8)),
    ("a member twice", Array(#"{"code":"a","code":"b"}"#.utf8)),
    ("no object", Array("17".utf8)),
    ("nothing but space", Array("   ".utf8)),
    ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("{}".utf8)),
    ("a long text", Array((#"{"code":""# + String(repeating: "x", count: 200_000) + #""}"#).utf8)),
  ]

  @Test(arguments: Backend.available)
  func `JSON that is too deep, too large or broken is refused`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for (what, bytes) in Self.bodies {
        for path in ["/v1/campaigns", "/v1/orders", "/v1/stock/reports", "/v1/rollouts/R1"] {
          let method = path.hasSuffix("R1") ? "PUT" : "POST"
          let request = RawConnection.request(method, path, body: bytes)
          try await Self.expectRefused(request, by: server, "\(what) to \(path)")
        }
      }
      try await Self.expectAlive(server)
    }
  }

  static let targets = [
    "/../etc/passwd", "/v1/../../etc/passwd", "/v1/%2e%2e/%2e%2e/etc/passwd", "/v1/centres/..%2f..%2fetc",
    "/v1/centres/%00", "/v1/centres/a%00b", "/v1/centres/%ff%fe", "/v1/centres/%", "/v1/centres/%zz",
    "//v1/centres", "/v1//centres", "/v1/centres//berard", "/v1/centres/%2e",
    "/v1/centres/berard%0d%0aX:%20y",
    "/v1/centres/" + String(repeating: "a", count: 9_000), "/" + String(repeating: "a/", count: 3_000),
    "/v1/centres/'%20OR%201=1--", "/v1/centres?limit=99999999999999999999", "/v1/centres?limit=-1",
    "/v1/centres?after=%00", "/v1/stock/positions?day=2020-02-30",
    "/v1/stock/ledger?centre=%F0%9F%A7%AA&item=x",
    "/v1/centres?" + String(repeating: "a=b&", count: 2_000), "http://evil.example/v1/nowhere", "*",
    "v1/centres",
    "/assets/../../Package.swift", "/docs/%2e%2e", "/v1/audit?limit=9223372036854775808",
  ]

  @Test(arguments: Backend.available)
  func `paths that try to lead elsewhere lead nowhere`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for target in Self.targets {
        try await Self.expectRefused(
          RawConnection.request("GET", target),
          by: server,
          String(target.prefix(60))
        )
      }
      try await Self.expectAlive(server)
    }
  }

  @Test(arguments: Backend.available)
  func `headers beyond number and size, and lengths that contradict each other, are refused`(backend: Backend)
    async throws
  {
    let many = (0..<500).map { "X-Header-\($0): 1" }
    let large = ["X-Large: " + String(repeating: "x", count: 20_000)]
    let sum = (0..<40).map { "X-Sum-\($0): " + String(repeating: "y", count: 1_000) }
    let wrong: [[String]] = [
      many, large, sum, ["Content-Length: 5", "Content-Length: 6"], ["Content-Length: -1"],
      ["Content-Length: 5", "Transfer-Encoding: chunked"], ["Transfer-Encoding: gzip"], ["Bad Header: x"],
      ["Content-Length: 99999999999999999999"], ["Content-Length: 99999999999"], ["X: a\u{0}b"],
    ]
    try await LiveServer.run(on: backend) { server in
      for headers in wrong {
        let request = RawConnection.request("POST", "/v1/campaigns", headers: headers)
        try await Self.expectRefused(request, by: server, headers.first.map { String($0.prefix(60)) } ?? "")
      }
      try await Self.expectAlive(server)
    }
  }

  @Test(arguments: Backend.available)
  func `a body that is packed on the way is refused`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let headers = ["Content-Type: application/json", "Transfer-Encoding: gzip, chunked"]
      let head = RawConnection.request("POST", "/v1/campaigns", headers: headers)
      try await Self.expectRefused(head + Array("2\r\n{}\r\n0\r\n\r\n".utf8), by: server, "gzip")
      try await Self.expectAlive(server)
    }
  }

  @Test(arguments: Backend.available)
  func `chunks that lie about their size are refused`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for chunks in [
        "zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "ffffffffffffffff\r\n{}", "5\r\n{}\r\n0\r\n\r\n",
      ] {
        let head = RawConnection.request(
          "POST",
          "/v1/campaigns",
          headers: ["Content-Type: application/json", "Transfer-Encoding: chunked"]
        )
        try await Self.expectRefused(head + Array(chunks.utf8), by: server, chunks)
      }
      try await Self.expectAlive(server)
    }
  }
}
