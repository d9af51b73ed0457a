import Foundation
import TestSupport
import Testing

/// What somebody reads must not be less than it seems: no other centre's figures, no day that has not come, nothing
/// that is unknown left out or shown as none.
struct HonestyTests {
  private static func report(_ centre: String, as user: String = "all", to server: LiveServer) async throws {
    let reply = try await server.send(
      "POST",
      "/v1/stock/reports?centre=\(centre)&day=2020-06-08",
      as: user,
      body: "item,lot,expiry,counted\nPCR-MIX,L1,2020-12-31,960\n",
      type: "text/csv"
    )
    #expect(reply.status == 201, "\(reply.text)")
  }

  private static func fields(_ reply: Reply) -> [String] {
    (reply.object["errors"] as? [[String: Any]] ?? []).compactMap { $0["field"] as? String }
  }

  @Test(arguments: Backend.available)
  func `who puts a lot aside at the own centre sees no other centre's`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for centre in [Sample.own, Sample.foreign] { try await Self.report(centre, to: server) }
      let body = #"{"centre":"berard","since":"2020-06-09","reason":"torn"}"#
      let held = try await server.send("POST", "/v1/lots/PCR-MIX/L1/hold", as: "reporter", body: body)
      #expect(held.list.map { $0["centre"] as? String } == [Sample.own], "\(held.text)")
      let everywhere = try await server.get("/v1/lots/PCR-MIX/L1", as: "buyer")
      #expect(everywhere.list.count == 2, "\(everywhere.text)")
      let end = #"{"centre":"berard","from":"2020-06-10","reason":"checked"}"#
      let released = try await server.send("POST", "/v1/lots/PCR-MIX/L1/release", as: "reporter", body: end)
      #expect(released.list.map { $0["centre"] as? String } == [Sample.own], "\(released.text)")
    }
  }

  @Test(arguments: Backend.available)
  func `nothing is reported of a day that has not come`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let line = #"{"centre":"berard","item":"PCR-MIX","quantity":5,"day":"2090-01-01"}"#
      let counted = try await server.send("POST", "/v1/stock/counts", body: line)
      #expect(counted.status == 422 && Self.fields(counted) == ["day"], "\(counted.text)")
      let rows = "centre,day,item,counted\nberard,2090-01-01,PCR-MIX,5\n"
      let sent = try await server.send("POST", "/v1/stock/reports", body: rows, type: "text/csv")
      #expect(sent.status == 422 && Self.fields(sent) == ["day"], "\(sent.text)")
      #expect(try await server.get("/v1/stock/positions").list.isEmpty)
    }
  }

  @Test(arguments: Backend.available)
  func `what lasts nobody knows how long is among what does not last`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      try await Self.report(Sample.own, to: server)
      let cover = try await server.get("/v1/stock/cover?day=2020-06-10&below=14")
      #expect(cover.list.map { $0["item"] as? String } == ["PCR-MIX"], "\(cover.text)")
      let first = try #require(cover.list.first)
      #expect(first["coverDays"] == nil && first["cover"] as? String != "known")
      // What will expire unused depends on the use, which nobody knows.
      #expect(first["unusedAtExpiry"] == nil && first["usable"] as? Int == 960)
    }
  }

  @Test(arguments: Backend.available)
  func `a mistyped code is not answered with nothing`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for path in [
        "/v1/centres/zz/stock/PCR-MIX", "/v1/centres/berard/stock/ZZ", "/v1/stock/cover?centre=nowhere",
        "/v1/stock/cover?item=NOPE&below=14", "/v1/stock/positions?item=NOPE",
      ] {
        #expect(try await server.get(path).status == 404, "\(path)")
      }
      let none = try await server.get("/v1/centres/berard/stock/PCR-MIX")
      #expect(none.status == 200 && none.list.isEmpty)
    }
  }

  @Test(arguments: Backend.available)
  func `somebody is left who may manage users`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let first = try await server.send("POST", "/v1/users/administrator/disable", body: "{}")
      #expect(first.status == 200, "\(first.text)")
      let last = try await server.send("POST", "/v1/users/all/disable", body: "{}")
      #expect(last.status == 409 && last.code == "user.last-administrator", "\(last.text)")
      let less = try await server.send(
        "PUT",
        "/v1/users/all",
        headers: ["If-Match": "*"],
        body: #"{"role":["buyer"]}"#
      )
      #expect(less.status == 409 && less.code == "user.last-administrator", "\(less.text)")
      #expect(try await server.get("/v1/users").status == 200)
    }
  }
}
