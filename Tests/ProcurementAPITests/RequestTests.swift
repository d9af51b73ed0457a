import Foundation
import TestSupport
import Testing

@testable import ProcurementAPI

/// What a request may say and how it is told what is wrong in it.
struct RequestTests {
  @Test(arguments: [
    ("text/csv", ["text/csv"]), ("*/*;q=0.1, text/csv", ["text/csv", "*/*"]),
    ("application/json;q=0.5, text/csv;q=0.9", ["text/csv", "application/json"]),
    ("application/json;q=0, */*", ["*/*"]), ("Text/CSV ; q=1.0 , text/plain", ["text/csv", "text/plain"]),
    ("text/csv;q=high", ["text/csv"]), ("", []),
  ])
  func `the form that a caller would rather have comes first`(header: String, types: [String]) {
    #expect(AcceptedTypes.preferred(in: header) == types)
  }

  @Test(arguments: Backend.available)
  func `what is wrong in a line of NDJSON is told by that line`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let path = "/v1/stock/reports?centre=berard&day=2020-06-08"
      let good = #"{"item":"PCR-MIX","counted":5,"lot":"L1","expiry":"2021-12-31"}"#
      let wrong = #"{"item":"PCR-MIX","counted":"many","lot":"L2","expiry":"2021-12-31"}"#
      let nested = #"{"item":"PCR-MIX","counted":[1]}"#
      for (body, status, field) in [
        ("\n\(good)\n\n\(wrong)\n", 422, "counted"), ("\(good)\n\n\n\(nested)\n", 400, "counted"),
        ("\(good)\n\n\n17\n", 400, "line"),
      ] {
        let reply = try await server.send("POST", path, body: body, type: "application/x-ndjson")
        let errors = reply.object["errors"] as? [[String: Any]] ?? []
        #expect(reply.status == status, "\(reply.text)")
        #expect(
          errors.first?["line"] as? Int == 4 && errors.first?["field"] as? String == field,
          "\(reply.text)"
        )
      }
    }
  }

  @Test(arguments: Backend.available)
  func `what goes beyond its limits is told with them`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let reply = try await server.get("/v1/stock/cover?weeks=0")
      let errors = reply.object["errors"] as? [[String: Any]] ?? []
      #expect(reply.status == 400 && reply.code == "request.parameters")
      #expect(errors.first?["field"] as? String == "weeks")
      #expect(errors.first?["expected"] as? String == "a whole number from 1 to 520")
      let long = try await server.get("/v1/stock/cover?item=" + String(repeating: "a", count: 3_000))
      #expect(long.status == 400 && long.text.utf8.count < 1_000)
    }
  }

  @Test(arguments: Backend.available)
  func `every number that an operation limits is refused beyond its limits, at once`(backend: Backend)
    async throws
  {
    let asked = [
      ("/v1/sites", #"{"category":"mri-linac","add":0}"#, "add", "a whole number from 1 to 10000"),
      (
        "/v1/sites", #"{"category":"mri-linac","add":1,"timeLimit":0}"#, "timeLimit",
        "a number from 0.001 to 86400"
      ),
      ("/v1/renewals", #"{"years":31,"budget":"6M"}"#, "years", "a whole number from 1 to 30"),
      ("/v1/plans", #"{"horizon":105}"#, "horizon", "a whole number from 1 to 104"),
      ("/v1/tokens", #"{"user":"buyer","label":"x","days":0}"#, "days", "a whole number from 1 to 3660"),
    ]
    try await LiveServer.run(on: backend) { server in
      for (path, body, field, expected) in asked {
        let reply = try await server.send("POST", path, headers: ["Prefer": "respond-async"], body: body)
        let errors = reply.object["errors"] as? [[String: Any]] ?? []
        #expect(reply.status == 400 && reply.code == "request.parameters", "\(reply.text)")
        #expect(
          errors.first?["field"] as? String == field && errors.first?["pointer"] as? String == "/\(field)"
        )
        #expect(errors.first?["expected"] as? String == expected)
      }
    }
  }

  @Test(arguments: Backend.available)
  func `a packed body is refused as such`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for (coding, status) in [("gzip", 415), ("br, gzip", 415), ("identity", 201)] {
        let reply = try await server.send(
          "POST",
          "/v1/stock/reports?centre=berard&day=2020-06-08",
          headers: ["Content-Encoding": coding],
          body: "item,counted\nPCR-MIX,5\n",
          type: "text/csv"
        )
        #expect(reply.status == status, "\(reply.text)")
        #expect(
          status == 201
            || (reply.code == "request.content-coding" && reply.header("Accept-Encoding") == "identity")
        )
      }
    }
  }

  @Test(arguments: Backend.available)
  func `If-Match is refused where there is nothing to compare`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let reply = try await server.send("POST", "/v1/alerts/watch", headers: ["If-Match": "*"])
      #expect(reply.status == 400 && reply.code == "request.if-match-alone")
    }
  }

  @Test(arguments: Backend.available)
  func `events that do not exist are refused`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let reply = try await server.get("/v1/events?types=order,bogus")
      let errors = reply.object["errors"] as? [[String: Any]] ?? []
      #expect(reply.status == 400 && errors.count == 1 && errors.first?["found"] as? String == "bogus")
    }
  }
}
