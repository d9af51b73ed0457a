import Foundation
import TestSupport
import Testing

struct WritingTests {
  private static let csv = """
    item,lot,expiry,counted
    PCR-MIX,L1,2020-12-31,960
    SWAB-NP,S1,2021-06-30,2400

    """

  @Test(arguments: Backend.available)
  func `a report is taken as CSV, NDJSON and JSON, and shows in the positions`(backend: Backend) async throws
  {
    try await LiveServer.run(on: backend) { server in
      let path = "/v1/stock/reports?centre=berard&day=2020-06-08"
      let trial = try await server.send(
        "POST",
        path + "&dryRun=true",
        as: "reporter",
        body: Self.csv,
        type: "text/csv"
      )
      #expect(trial.status == 201)
      let empty = try await server.get("/v1/stock/positions?day=2020-06-10", as: "reporter")
      #expect(empty.list.isEmpty)
      let csv = try await server.send("POST", path, as: "reporter", body: Self.csv, type: "text/csv")
      #expect(csv.status == 201)
      #expect(csv.list.first?["lines"] as? Int == 2)
      let lines = #"{"item":"PCR-MIX","lot":"L1","used":60,"centre":"berard","day":"2020-06-09"}"# + "\n"
      let ndjson = try await server.send(
        "POST",
        "/v1/stock/reports",
        as: "reporter",
        body: lines,
        type: "application/x-ndjson"
      )
      #expect(ndjson.status == 201)
      let json = try await server.send(
        "POST",
        "/v1/stock/reports",
        as: "reporter",
        body: #"{"centre":"berard","day":"2020-06-10","lines":[{"item":"PCR-MIX","lot":"L1","used":100}]}"#
      )
      #expect(json.status == 201)
      let positions = try await server.get("/v1/centres/berard/stock/PCR-MIX?day=2020-06-10", as: "reporter")
      #expect(positions.text.contains("800"))
    }
  }

  @Test(arguments: Backend.available)
  func `every bad line is told at once with its place, and nothing is taken`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let rows = #"""
        {"rows":[{"code":"x","name":"X","kind":"castle"},{"code":"","name":"Y"}]}
        """#
      let reply = try await server.send("POST", "/v1/centres", body: rows)
      #expect((400...422).contains(reply.status))
      let errors = reply.object["errors"] as? [[String: Any]] ?? []
      #expect(!errors.isEmpty)
      #expect(errors.allSatisfy { ($0["pointer"] as? String)?.hasPrefix("/rows") == true })
      let report = try await server.send(
        "POST",
        "/v1/stock/reports?centre=berard&day=2020-06-08",
        body: "item,counted\nPCR-MIX,many\nNONE,5\n",
        type: "text/csv"
      )
      #expect(report.status == 422)
      let lines = (report.object["errors"] as? [[String: Any]] ?? []).compactMap { $0["line"] as? Int }
      #expect(Set(lines) == [2, 3])
      #expect(try await server.get("/v1/stock/positions?day=2020-06-10").list.isEmpty)
    }
  }

  @Test(arguments: Backend.available)
  func `what is wrong in a report of JSON is told with the place of its member`(backend: Backend) async throws
  {
    let sent = [
      (
        #"{"centre":"berard","day":"2020-06-08","lines":[{"item":"SWAB-NP","counted":5},{"item":"NONE","counted":1}]}"#,
        ["/lines/1/item"]
      ),
      (
        #"{"centre":"berard","day":"8 June","lines":[{"item":"SWAB-NP","counted":5},{"day":"July","item":"SWAB-NP","counted":1}]}"#,
        ["/day", "/lines/1/day"]
      ),
      (#"[{"centre":"berard","day":"2020-06-08","item":"SWAB-NP","counted":"many"}]"#, ["/0/counted"]),
      (
        #"{"centre":"berard","day":"2020-06-08","lines":[{"it/em":"x","item":"SWAB-NP","used":1}]}"#,
        ["/lines/0/it~1em"]
      ),
    ]
    try await LiveServer.run(on: backend) { server in
      for (body, places) in sent {
        let reply = try await server.send("POST", "/v1/stock/reports", body: body)
        let errors = reply.object["errors"] as? [[String: Any]] ?? []
        #expect(reply.status == 422, "\(reply.text)")
        #expect(Set(errors.compactMap { $0["pointer"] as? String }).sorted() == places, "\(reply.text)")
      }
    }
  }

  @Test(arguments: Backend.available)
  func `lines of another's centre are forbidden in every form, each with its place`(backend: Backend)
    async throws
  {
    let (own, other) = (Sample.own, Sample.foreign)
    let sent = [
      ("", "item,centre,counted\nPCR-MIX,\(own),5\nSWAB-NP,\(other),5\nNONE,icm,many\n", "text/csv", [3, 4]),
      (
        "",
        #"{"item":"PCR-MIX","centre":"\#(own)","counted":5}"# + "\n\n"
          + #"{"item":"SWAB-NP","centre":"\#(other)","counted":5}"# + "\n",
        "application/x-ndjson", [3]
      ),
      (
        "",
        #"{"lines":[{"item":"SWAB-NP","centre":"\#(other)","counted":5},{"item":"PCR-MIX","counted":5}],"centre":"\#(own)"}"#,
        "application/json", [1]
      ),
      ("", #"{"centre":"\#(other)","lines":[{"item":"SWAB-NP","counted":5}]}"#, "application/json", [1]),
      ("&centre=\(other)", "item,counted\nPCR-MIX,5\n", "text/csv", [2]),
      ("&centre=\(own)", "item,centre,counted\nPCR-MIX,,5\nSWAB-NP,\(other),5\n", "text/csv", [3]),
    ]
    try await LiveServer.run(on: backend) { server in
      for dry in ["false", "true"] {
        for (query, body, type, lines) in sent {
          let path = "/v1/stock/reports?day=2020-06-08&dryRun=\(dry)\(query)"
          let reply = try await server.send("POST", path, as: "reporter", body: body, type: type)
          let errors = reply.object["errors"] as? [[String: Any]] ?? []
          #expect(reply.status == 403 && reply.code == "access.centre", "\(reply.text)")
          #expect(errors.compactMap { $0["line"] as? Int } == lines, "\(reply.text)")
          #expect(errors.allSatisfy { $0["field"] as? String == "centre" })
        }
      }
      #expect(try await server.get("/v1/stock/positions?day=2020-06-10").list.isEmpty)
      // Who is bound to no centre is told what is wrong with the table.
      let wrong = "item,centre,counted\nPCR-MIX,nowhere,5\n"
      let path = "/v1/stock/reports?day=2020-06-08"
      let reply = try await server.send("POST", path, as: "administrator", body: wrong, type: "text/csv")
      #expect(reply.status == 422 && reply.code == "stock.report-invalid")
    }
  }

  @Test(arguments: Backend.available)
  func `an order goes from its lines to the stock, and a key counts once`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let body = #"""
        {"supplier":"aubepine","agreement":"AC-2020-PCR","lot":1,"key":"2020-W24",
         "rows":[{"sku":"SWAB-NP","centre":"berard","packs":20}]}
        """#
      let headers = ["Idempotency-Key": "order-1"]
      let made = try await server.send("POST", "/v1/orders", as: "buyer", headers: headers, body: body)
      #expect(made.status == 201, "\(made.text)")
      let again = try await server.send("POST", "/v1/orders", as: "buyer", headers: headers, body: body)
      #expect(again.text == made.text)
      #expect(again.header("Idempotency-Replayed") == "true")
      let other = try await server.send("POST", "/v1/orders", as: "buyer", headers: headers, body: body + " ")
      #expect(other.status == 422)
      #expect(other.code == "request.key-reused")
      #expect(try await server.get("/v1/orders", as: "buyer").list.count == 1)
      let header = try #require(made.object["header"] as? [String: Any])
      let number = try #require(header["number"] as? String)
      for step in ["approve", "send", "acknowledge"] {
        let reply = try await server.send("POST", "/v1/orders/\(number)/\(step)", as: "buyer")
        #expect(reply.status == 200, "\(step): \(reply.text)")
      }
      let twice = try await server.send("POST", "/v1/orders/\(number)/approve", as: "buyer")
      #expect(twice.status == 409)
      let foreign = try await server.send(
        "POST",
        "/v1/orders/\(number)/receipts",
        as: "reporter",
        body:
          #"{"key":"BL-1","rows":[{"line":1,"centre":"curie-paris","lot":"S1","expiry":"2021-06-30","accepted":2000}]}"#
      )
      #expect(foreign.status == 403)
      let tooMany = try await server.send(
        "POST",
        "/v1/orders/\(number)/receipts",
        as: "reporter",
        body:
          #"{"key":"BL-1","rows":[{"line":1,"centre":"berard","accepted":1},{"line":1,"centre":"berard","accepted":2000}]}"#
      )
      #expect(
        tooMany.status == 422 && tooMany.text.contains(#""pointer":"/rows/1/accepted""#),
        "\(tooMany.text)"
      )
      let note = try await server.send(
        "POST",
        "/v1/orders/\(number)/receipts",
        as: "reporter",
        body:
          #"{"key":"BL-1","rows":[{"line":1,"centre":"berard","lot":"S1","expiry":"2021-06-30","accepted":2000}]}"#
      )
      #expect(note.status == 201, "\(note.text)")
      let stock = try await server.get("/v1/centres/berard/stock/SWAB-NP", as: "reporter")
      #expect(stock.text.contains("2000"))
    }
  }

  @Test(arguments: Backend.available)
  func `of many orders sent at once under one key one is made`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let body = #"""
        {"supplier":"aubepine","agreement":"AC-2020-PCR","lot":1,"key":"2020-W24",
         "rows":[{"sku":"SWAB-NP","centre":"berard","packs":20}]}
        """#
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<12 {
          group.addTask {
            try await server.send("POST", "/v1/orders", headers: ["Idempotency-Key": "k"], body: body).status
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.allSatisfy { $0 == 201 || $0 == 409 }, "\(statuses)")
      #expect(statuses.contains(201))
      #expect(try await server.get("/v1/orders").list.count == 1)
    }
  }
}
