import AsyncHTTPClient
import Foundation
import Inventory
import NIOCore
import NIOHTTP1
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

@Suite struct EventTests {
  /// One event as it came over the wire.
  struct Received: Equatable {
    var id: String
    var type: String
    var action: String
    var subject: String
  }

  private static var options: ServerOptions {
    var options = ServerOptions()
    options.heartbeat = .milliseconds(100)
    return options
  }

  /// Follows events until as many have come; `began` is called once the stream is open.
  private static func follow(
    _ server: LiveServer,
    as user: String,
    after last: String? = nil,
    types: String = "",
    count: Int,
    began: @escaping @Sendable () async throws -> Void = {}
  ) async throws -> [Received] {
    var request = HTTPClientRequest(
      url: server.address("/v1/events" + (types.isEmpty ? "" : "?types=\(types)"))
    )
    request.headers.add(name: "Authorization", value: "Bearer \(Sample.secret(of: user))")
    if let last { request.headers.add(name: "Last-Event-ID", value: last) }
    let response = try await HTTPClient.shared.execute(request, timeout: .minutes(10))
    try #require(response.status == .ok)
    #expect(response.headers.first(name: "Content-Type") == "text/event-stream; charset=utf-8")
    var (text, isOpen): (String, Bool) = ("", false)
    var found: [Received] = []
    for try await part in response.body {
      text += String(buffer: part)
      if !isOpen {
        isOpen = true
        try await began()
      }
      found = try events(in: text)
      if found.count >= count { break }
    }
    return found
  }

  private static func events(in text: String) throws -> [Received] {
    try text.components(separatedBy: "\n\n").dropLast().compactMap { block in
      let fields = Dictionary(
        block.split(separator: "\n").compactMap { line -> (String, String)? in
          let halves = line.components(separatedBy: ": ")
          return halves.count < 2 ? nil : (halves[0], halves.dropFirst().joined(separator: ": "))
        }
      ) { $0 + $1 }
      guard let id = fields["id"], let type = fields["event"], let data = fields["data"] else { return nil }
      struct Data: Decodable {
        var action: String
        var subject: String
      }
      let read = try JSONDecoder().decode(Data.self, from: Foundation.Data(data.utf8))
      return Received(id: id, type: type, action: read.action, subject: read.subject)
    }
  }

  private static func report(_ centre: String, _ key: String, on server: LiveServer) async throws {
    let code = try #require(Centre.Code(rawValue: centre))
    let table = "item,counted\nSWAB-NP,\(key.count)\n"
    let reply = try await server.send(
      "POST",
      "/v1/stock/reports?centre=\(code)&day=2020-06-15&key=\(key)",
      as: "all",
      body: table,
      type: "text/csv"
    )
    #expect(reply.status < 300, "\(reply.text)")
  }

  @Test(arguments: Backend.available)
  func `what happens is told as it happens, and resumed where the reader left off`(backend: Backend)
    async throws
  {
    try await LiveServer.run(on: backend, options: Self.options) { server in
      let first = try await Self.follow(server, as: "buyer", types: "report", count: 1) {
        try await Self.report(Sample.own, "a", on: server)
      }
      #expect(first.map(\.action) == ["stock.report"])
      #expect(first.map(\.subject) == ["report \(Sample.own)/a"])
      for key in ["b", "c", "d"] { try await Self.report(Sample.foreign, key, on: server) }
      let last = try #require(first.last?.id)
      let rest = try await Self.follow(server, as: "buyer", after: last, types: "report", count: 3)
      #expect(rest.map(\.subject) == ["b", "c", "d"].map { "report \(Sample.foreign)/\($0)" })
      let again = try await Self.follow(server, as: "buyer", after: rest[0].id, types: "report", count: 2)
      #expect(again == Array(rest.dropFirst()))
    }
  }

  @Test func `a reporter follows the own centres alone`() async throws {
    try await LiveServer.run(on: .sqlite, options: Self.options) { server in
      let seen = try await Self.follow(server, as: "reporter", count: 1) {
        try await Self.report(Sample.foreign, "x", on: server)
        try await Self.report(Sample.own, "y", on: server)
      }
      #expect(seen.map(\.subject) == ["report \(Sample.own)/y"])
      // Nor do they learn of other centres from the place in the log.
      let id = try #require(seen.first?.id)
      #expect(id.hasPrefix("\(Sample.own):") && !id.contains(","), "\(id)")
      try await Self.report(Sample.own, "z", on: server)
      let rest = try await Self.follow(
        server,
        as: "reporter",
        after: id + ",\(Sample.foreign):1,~:9",
        count: 1
      )
      #expect(rest.map(\.subject) == ["report \(Sample.own)/z"])
    }
  }

  @Test(arguments: Backend.available)
  func `what has no channel of its own is told as soon as it happens`(backend: Backend) async throws {
    var options = Self.options
    options.heartbeat = .seconds(3_600)
    try await LiveServer.run(on: backend, options: options) { server in
      let seen = try await Self.follow(server, as: "auditor", count: 2) {
        // Only once the stream listens can it be woken: until then the first sound of the bell tells.
        try await Task.sleep(for: .milliseconds(500))
        let campaign = try await server.send(
          "POST",
          "/v1/campaigns",
          as: "buyer",
          body:
            #"{"code":"W25","items":["SWAB-NP"],"title":"W25","opens":"2020-06-15","closes":"2020-06-19","#
            + #""neededBy":"2020-07-06"}"#
        )
        #expect(campaign.status == 201, "\(campaign.text)")
        try await Task.sleep(for: .milliseconds(500))
        let user = try await server.send(
          "PUT",
          "/v1/users/nobody",
          as: "administrator",
          body: #"{"role":["buyer"]}"#
        )
        #expect(user.status == 201, "\(user.text)")
      }
      #expect(seen.map(\.type) == ["campaign", "user"])
    }
  }

  @Test func `a revoked token ends its stream`() async throws {
    try await LiveServer.run(on: .sqlite, options: Self.options) { server in
      let seen = try await Self.follow(server, as: "planner", count: 1_000) {
        try await server.database.write { connection in
          _ = try User.enable(try #require(User.Name(rawValue: "planner")), false, by: .test, in: connection)
        }
      }
      #expect(seen.filter { $0.type == "user" } == [])
    }
  }

  @Test func `what cannot be an event's id, or nobody's token, is refused`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      for last in ["x", "~:-1", "~:1,~:2", "berard:9223372036854775808", "~:999999", "zzz:1"] {
        let reply = try await server.get("/v1/events", headers: ["Last-Event-ID": last])
        #expect(reply.status == 400 && reply.code == "events.position", "\(last)")
      }
      #expect(try await server.get("/v1/events?from=1").status == 400)
      #expect(try await server.get("/v1/events?types=").code == "request.parameters")
      #expect(try await server.get("/v1/events?types=order&types=nothing").code == "request.parameters")
      #expect(try await server.get("/v1/events", as: nil).status == 401)
      #expect(try await server.send("POST", "/v1/events").status == 405)
    }
  }

  @Test func `a position reads as it is written`() throws {
    for text in ["~:12", "berard:3,~:1", ""] where !text.isEmpty {
      let position = try #require(AuditPosition(text))
      #expect(Set(position.text.split(separator: ",")) == Set(text.split(separator: ",")))
    }
    #expect(AuditPosition("") == nil)
  }
}
