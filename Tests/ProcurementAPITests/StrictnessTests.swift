import Foundation
import Inventory
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// What a request says is taken as the service's description reads it, and what is wrong is told in the words of HTTP.
struct StrictnessTests {
  private typealias Mistake = [String: Any]

  private static func mistakes(_ reply: Reply) -> [Mistake] { reply.object["errors"] as? [Mistake] ?? [] }

  /// The first mistake as `field pointer found expected`.
  private static func first(_ reply: Reply) -> String {
    let mistake = mistakes(reply).first ?? [:]
    return ["field", "pointer", "found", "expected"].map { mistake[$0] as? String ?? "-" }
      .joined(separator: " | ")
  }

  @Test(arguments: Backend.available)
  func `what cannot be read is told by its member, in words of HTTP`(backend: Backend) async throws {
    let asked = [
      ("PUT", "/v1/users/x", #"{"role":[]}"#, "role | /role | an empty list | at least one"),
      ("POST", "/v1/renewals", #"{"budget":"lots","years":5}"#, "budget | /budget | lots | a value: "),
      (
        "PUT", "/v1/users/x", #"{"role":["buyer"],"issuer":"x"}"#,
        "issuer | /issuer | x | issuer and subject go together"
      ),
      (
        "POST", "/v1/campaigns", #"{"items":["SWAB-NP"],"title":"x"}"#,
        "code | /code |  | a value: "
      ),
      (
        "POST", "/v1/stock/receipts",
        #"{"centre":"berard","item":"SWAB-NP","day":"2020-06-08","quantity":-1}"#,
        "quantity | /quantity | -1 | a whole number from 0 to "
      ),
      (
        "POST", "/v1/stock/losses",
        #"{"centre":"berard","item":"SWAB-NP","day":"2020-06-08","quantity":1,"unit":"barrel"}"#,
        "unit | /unit | barrel | "
      ),
    ]
    try await LiveServer.run(on: backend) { server in
      for (method, path, body, told) in asked {
        let reply = try await server.send(method, path, body: body)
        #expect((400..<500).contains(reply.status))
        #expect(Self.first(reply).hasPrefix(told), "\(path): \(reply.text)")
        #expect(!reply.text.contains("--"), "\(reply.text)")
      }
      let empty = try await server.send(
        "POST",
        "/v1/stock/reports?centre=berard&day=2020-06-08",
        body: "",
        type: "text/csv"
      )
      #expect(Self.first(empty).hasPrefix("rows | - |  | a table: as text/csv"), "\(empty.text)")
    }
  }

  @Test(arguments: Backend.available)
  func `a value is of the kind that the description says`(backend: Backend) async throws {
    let years = { (value: String) in #"{"budget":"6M","years":\#(value)}"# }
    let asked = [
      ("/v1/renewals", years("[5]"), 400, "/years"), ("/v1/renewals", years(#""5""#), 400, "/years"),
      ("/v1/renewals", years("1.0"), 400, "/years"), ("/v1/renewals", years("true"), 400, "/years"),
      ("/v1/renewals", #"{"budget":6000000,"years":5}"#, 400, "/budget"),
      ("/v1/campaigns", #"{"code":1,"items":["SWAB-NP"],"title":"x"}"#, 400, "/code"),
      ("/v1/campaigns", #"{"code":"x","items":"SWAB-NP","title":"x"}"#, 400, "/items"),
      ("/v1/campaigns", #"{"code":"x","items":["SWAB-NP",7],"title":"x"}"#, 400, "/items/1"),
      ("/v1/orders", #"{"supplier":"s","dryRun":"true"}"#, 400, "/dryRun"),
    ]
    try await LiveServer.run(on: backend) { server in
      for (path, body, status, pointer) in asked {
        let reply = try await server.send("POST", path, body: body)
        #expect(reply.status == status && reply.code == "request.parameters", "\(body): \(reply.text)")
        #expect(Self.mistakes(reply).contains { $0["pointer"] as? String == pointer }, "\(reply.text)")
      }
      let octal = try await server.send("POST", "/v1/renewals", body: years("05"))
      #expect(octal.status == 400 && octal.code == "request.json")
      // In the query everything is a text.
      #expect(try await server.get("/v1/stock/cover?weeks=5").status == 200)
    }
  }

  @Test(arguments: Backend.available)
  func `a body in another encoding is refused`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for (charset, status) in [
        ("iso-8859-1", 415), ("utf-16", 415), ("\"UTF-8\"", 201), ("us-ascii", 201),
      ] {
        let table = try await server.send(
          "POST",
          "/v1/stock/reports?centre=berard&day=2020-06-08",
          body: "item,counted\nPCR-MIX,5\n",
          type: "text/csv; charset=\(charset)"
        )
        #expect(table.status == status || (status == 201 && table.status == 200), "\(charset): \(table.text)")
        #expect(status != 415 || table.code == "request.media-type")
      }
      let json = try await server.send(
        "POST",
        "/v1/plans",
        body: "{}",
        type: "application/json;charset=utf-16"
      )
      #expect(json.status == 415)
    }
  }

  @Test(arguments: Backend.available)
  func `what must not be there yet is not replaced`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let new = ["If-None-Match": "*"]
      let body = #"{"role":["buyer"]}"#
      #expect(try await server.send("PUT", "/v1/users/new", headers: new, body: body).status == 201)
      let again = try await server.send("PUT", "/v1/users/new", headers: new, body: body)
      #expect(again.status == 412 && again.code == "request.if-none-match", "\(again.text)")
      #expect(try await server.send("PUT", "/v1/users/new", body: body).status == 428)
      let tag = try await server.get("/v1/users/new").header("ETag") ?? ""
      let known = try await server.send("PUT", "/v1/users/new", headers: ["If-None-Match": tag], body: body)
      #expect(known.status == 412)
    }
  }

  @Test(arguments: ["0", "-0", "10", "-1.5", "0.01", "1e3", "1E+03", "1.5e-2", "12345678901234567890"])
  func `a number of JSON is one`(text: String) { #expect(JSONNumbers.isTaken(text)) }

  @Test(arguments: ["01", "-01", "00", "1.", ".5", "-", "1e", "1e+", "+1", "1.e2", "0x1", "1-2", "--1"])
  func `what is no number of JSON is none`(text: String) { #expect(!JSONNumbers.isTaken(text)) }
}
