import Foundation
import ProcureCommands
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

struct ReadingTests {
  @Test(arguments: Backend.available)
  func `a list is read page by page, each row once`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      var path: String? = "/v1/centres?limit=7"
      var codes: [String] = []
      var pages = 0
      while let next = path {
        let reply = try await server.get(next)
        #expect(reply.status == 200)
        codes += reply.list.compactMap { $0["code"] as? String }
        pages += 1
        path = reply.next
      }
      #expect(codes.count == 22)
      #expect(Set(codes).count == 22)
      #expect(codes == codes.sorted())
      #expect(pages == 4)
    }
  }

  @Test(arguments: Backend.available)
  func `positions come page by page, too`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let lines = ["SWAB-NP", "PCR-MIX", "VTM-3ML"].map { "\($0),L1,2021-12-31,10\n" }.joined()
      let path = "/v1/stock/reports?centre=berard&day=2020-06-08"
      let report = "item,lot,expiry,counted\n" + lines
      #expect(try await server.send("POST", path, body: report, type: "text/csv").status == 201)
      let first = try await server.get("/v1/stock/positions?day=2020-06-10&limit=2")
      let rest = try await server.get(try #require(first.next))
      let items = (first.list + rest.list).compactMap { $0["item"] as? String }
      #expect(first.list.count == 2)
      #expect(items == ["PCR-MIX", "SWAB-NP", "VTM-3ML"])
      #expect(rest.next == nil)
    }
  }

  @Test(arguments: Backend.available)
  func `a cursor keeps its place while rows come in before it`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let first = try await server.get("/v1/users?limit=3")
      let next = try #require(first.next)
      let made = try await server.send("PUT", "/v1/users/aaron", body: #"{"role":["auditor"]}"#)
      #expect(made.status == 201)
      let rest = try await server.get(next)
      let names = (first.list + rest.list).compactMap { $0["name"] as? String }
      #expect(names == ["administrator", "all", "auditor", "buyer", "planner", "reporter"])
      let lost = try await server.get("/v1/users?after=WyJub2JvZHkiXQ")
      #expect(lost.status == 410)
      #expect(lost.code == "list.cursor-gone")
    }
  }

  @Test(arguments: Backend.available)
  func `the log goes on behind its last entry, whatever is written meanwhile`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      var path: String? = "/v1/audit?limit=40"
      var (entries, pages): ([String], Int) = ([], 0)
      while let next = path {
        let reply = try await server.get(next)
        entries += reply.list.map { "\($0["chain"] ?? "")/\($0["sequence"] ?? "")" }
        pages += 1
        path = pages < 4 ? reply.next : nil
        let made = try await server.send("PUT", "/v1/users/aaron\(pages)", body: #"{"role":["auditor"]}"#)
        #expect(made.status == 201)
      }
      #expect(entries.count == 160 && Set(entries).count == 160)
      for path in ["/v1/audit", "/v1/orders", "/v1/plans"] {
        #expect(try await server.get("\(path)?limit=1001").code == "request.parameters")
      }
    }
  }

  @Test(arguments: Backend.available)
  func `the same user is the same text each time`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let tags = try await (1...8).asyncMap { _ in try await server.get("/v1/users/all").header("ETag") }
      #expect(Set(tags).count == 1)
    }
  }

  @Test(arguments: Backend.available)
  func `a list comes as lines, each the same value`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let list = try await server.get("/v1/centres?limit=1000").list
      for headers in [["Accept": "application/x-ndjson"], [:]] {
        let path = headers.isEmpty ? "/v1/centres?format=ndjson" : "/v1/centres"
        let reply = try await server.get(path, headers: headers)
        let lines = reply.text.split(separator: "\n")
        #expect(reply.header("Content-Type") == "application/x-ndjson")
        #expect(lines.count == list.count)
        for (line, value) in zip(lines, list) {
          let read = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
          #expect(NSDictionary(dictionary: read ?? [:]) == NSDictionary(dictionary: value))
        }
      }
    }
  }

  @Test(arguments: Backend.available)
  func `people within limits of one's own are counted`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let reply = try await server.get("/v1/gaps/access?category=mri-linac&limits=20,50")
      #expect(reply.status == 200 && reply.text.contains(#""limitMinutes" : 50"#))
    }
  }

  @Test(arguments: Backend.available)
  func `the same comes as JSON, as CSV and as a table`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let json = try await server.get("/v1/items/PCR-MIX")
      #expect(json.object["item"] as? [String: Any] != nil || json.object["sku"] as? String == "PCR-MIX")
      let csv = try await server.get("/v1/centres", headers: ["Accept": "text/csv"])
      #expect(csv.header("Content-Type") == "text/csv; charset=utf-8")
      #expect(csv.text.hasPrefix("centre,organisation,name,"))
      #expect(csv.text.split(separator: "\n").count == 23)
      let table = try await server.get("/v1/centres", headers: ["Accept": "text/plain"])
      #expect(table.text.contains("Centre François Baclesse"))
      let other = try await server.get("/v1/centres", headers: ["Accept": "image/png"])
      #expect(other.status == 406)
    }
  }

  @Test(arguments: Backend.available)
  func `a list is a workbook for a spreadsheet, and a link can ask for it`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      let asked = try await server.get("/v1/centres", headers: ["Accept": type])
      #expect(asked.status == 200)
      #expect(asked.header("Content-Type") == type)
      #expect(asked.header("Content-Disposition") == "attachment; filename=\"centres.xlsx\"")
      #expect(asked.text.hasPrefix("PK\u{3}\u{4}"))
      #expect(asked.text.contains("Centre François Baclesse"), "whole, not a page of it")
      let linked = try await server.get("/v1/centres?format=xlsx")
      #expect(linked.header("ETag") == asked.header("ETag"), "equal tables are equal bytes")
      let same = try await server.get(
        "/v1/centres?format=xlsx",
        headers: ["If-None-Match": linked.header("ETag") ?? ""]
      )
      #expect(same.status == 304)
      #expect(try await server.get("/v1/centres?format=csv").text.hasPrefix("centre,organisation,name,"))
      let wrong = try await server.get("/v1/centres?format=pdf")
      #expect(wrong.status == 400)
      #expect(wrong.code == "request.parameters")
    }
  }

  @Test(arguments: Backend.available)
  func `what is there is not replaced unawares`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let body = #"{"role":["auditor"]}"#
      let made = try await server.send("PUT", "/v1/users/vera", body: body)
      #expect(made.status == 201, "\(made.text)")
      let blind = try await server.send("PUT", "/v1/users/vera", body: #"{"role":["buyer"]}"#)
      #expect(blind.status == 428)
      #expect(blind.code == "request.if-match-needed")
      #expect(try await server.get("/v1/users/vera").text.contains("auditor"))
      let sure = try await server.send("PUT", "/v1/users/vera", headers: ["If-Match": "*"], body: body)
      #expect(sure.status == 200, "\(sure.text)")
      let nobody = try await server.send("PUT", "/v1/users/nobody", headers: ["If-Match": "*"], body: body)
      #expect(nobody.status == 412)
    }
  }

  @Test(arguments: Backend.available)
  func `what is known is not sent again, and what changed is`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let user = try await server.get("/v1/users/buyer")
      let tag = try #require(user.header("ETag"))
      let again = try await server.get("/v1/users/buyer", headers: ["If-None-Match": tag])
      #expect(again.status == 304)
      #expect(again.text.isEmpty)
      let body = #"{"role":["buyer","planner"]}"#
      let first = try await server.send("PUT", "/v1/users/buyer", headers: ["If-Match": tag], body: body)
      #expect(first.status == 200)
      let second = try await server.send("PUT", "/v1/users/buyer", headers: ["If-Match": tag], body: body)
      #expect(second.status == 412)
      #expect(second.code == "request.if-match")
      let changed = try await server.get("/v1/users/buyer", headers: ["If-None-Match": tag])
      #expect(changed.status == 200)
    }
  }

  @Test(arguments: Backend.available)
  func `what is not there is said with a code`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let nowhere = try await server.get("/v1/nowhere")
      #expect(nowhere.status == 404)
      #expect(nowhere.code == "request.path")
      let nobody = try await server.get("/v1/centres/atlantis")
      #expect(nobody.status == 404)
      #expect(nobody.header("Content-Type") == "application/problem+json")
      #expect(nobody.code == "centre.not-found")
      let method = try await server.send("DELETE", "/v1/centres")
      #expect(method.status == 405)
      #expect(method.header("Allow") == "GET, POST")
      let parameter = try await server.get("/v1/stock/positions?colour=blue&day=yesterday")
      #expect(parameter.status == 400)
      let fields = (parameter.object["errors"] as? [[String: Any]])?.compactMap { $0["field"] as? String }
      #expect(fields?.sorted() == ["colour", "day"])
    }
  }

  @Test(arguments: Backend.available)
  func `an argument that a command refuses while it runs is a mistake of the caller`(backend: Backend)
    async throws
  {
    try await LiveServer.run(on: backend) { server in
      let missing = #"{"missing":["twelve"],"because":"broken"}"#
      let reply = try await server.send("POST", "/v1/transfers/TR-2020-00001/receive", body: missing)
      #expect(reply.status == 400)
      #expect(reply.code == "request.arguments")
      let none = try await server.get("/v1/audit?limit=0")
      #expect(none.status == 400)
    }
  }

  @Test(arguments: Backend.available)
  func `a server that has just started is ready once it has read the stock`(backend: Backend) async throws {
    var options = ServerOptions()
    options.stockPause = .seconds(30)
    try await LiveServer.run(on: backend, options: options) { server in
      var reply = try await server.get("/ready", as: nil)
      while reply.status == 503 {
        #expect(reply.code == "server.starting")
        #expect(try await server.get("/health", as: nil).status == 200)
        try await Task.sleep(for: .milliseconds(20))
        reply = try await server.get("/ready", as: nil)
      }
      #expect(reply.status == 200)
    }
  }

  @Test func `a server waits for the first reading, and not for long`() async throws {
    let database = try await Backend.sqlite.migrated(Schema.migrations)
    func system(_ pause: Duration?) throws -> ServedSystem {
      var options = ServerOptions()
      options.stockPause = pause
      return ServedSystem(
        operations: try CommandOperations(),
        database: database,
        options: options,
        clock: { LiveServer.now }
      )
    }
    #expect(try !system(nil).isWarming)
    let reading = try system(.seconds(30))
    #expect(reading.isWarming)
    #expect(!reading.isWarming(at: .now + .seconds(5)))
    reading.isWarm.set()
    #expect(!reading.isWarming)
    await database.close()
  }

  @Test(arguments: Backend.available)
  func `health, readiness, metrics and the documents answer without a token`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for path in ["/health", "/ready", "/metrics", "/openapi.json", "/docs"] {
        let reply = try await server.get(path, as: nil)
        #expect(reply.status == 200, "\(path)")
        #expect(reply.header("X-Content-Type-Options") == "nosniff")
        #expect(reply.header("Access-Control-Allow-Origin") == nil)
      }
      _ = try await server.get("/v1/centres")
      let metrics = try await server.get("/metrics", as: nil).text
      #expect(
        metrics.contains(
          "procure_request_seconds_count{method=\"GET\",route=\"/v1/centres\",status=\"200\"} 1"
        )
      )
      #expect(metrics.contains("procure_ledger_rows 0"))
    }
  }
}

extension Sequence where Self: Sendable, Element: Sendable {
  /// What `body` makes of each, one after the other.
  fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await body(element)) }
    return values
  }
}
