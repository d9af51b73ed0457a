import Foundation
import Inventory
import NIOHTTP1
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

@Suite struct PageTests {
  /// The morning after the season.
  static let morning = Instant(rawValue: 1_603_094_400_000)

  @Test(arguments: Backend.available)
  func `whatever a user reaches by links answers, in both languages`(backend: Backend) async throws {
    let database = try await Sample.season(on: backend)
    try await LiveServer.run(with: database, clock: { Self.morning }) { server in
      try await Self.addOpenWork(on: server)
      for (user, language) in [
        ("all", "en"), ("all", "fr"), ("reporter", "fr"), ("auditor", "en"), ("buyer", "fr"),
      ] {
        let visitor = WebVisitor(server)
        visitor.language = language
        try await visitor.signIn(as: user)
        let seen = try await WebCrawl(visitor)
        #expect(seen.faults == [], "\(user), \(language)")
        let unseen = WebRoute.all.filter { seen.paths[$0.segments] == nil }
          .map { $0.segments.joined(separator: "/") }
        if user == "all" { #expect(unseen == []) }
      }
    }
  }

  /// Nothing of the season is rolled out in waves, and no campaign is open on its last day.
  static func addOpenWork(on server: LiveServer) async throws {
    let campaign = """
      {"code":"AUTUMN","items":["SWAB-NP","PLATE-96"],"title":"Autumn","opens":"2020-10-12","closes":"2020-10-30",
      "neededBy":"2020-11-30"}
      """
    #expect(try await server.send("POST", "/v1/campaigns", body: campaign).status == 201)
    #expect(try await server.send("POST", "/v1/campaigns/AUTUMN/open").status == 200)
    let plan = """
      {"kit":"PCR-TEST","pack":10,"because":"the first tests","fromOrders":true,
      "targets":[{"centre":"berard","ready_on":"2020-10-20","target":100}]}
      """
    #expect(try await server.send("PUT", "/v1/rollouts/FIRST", body: plan).status == 201)
  }

  /// A page is read in one snapshot, by statements of which none is made once for each row.
  @Test func `no page asks again for each row`() async throws {
    let database = CountedDatabase(base: try await Sample.season(on: .sqlite))
    try await LiveServer.run(with: database, clock: { Self.morning }) { server in
      try await Self.addOpenWork(on: server)
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "all")
      for path in try await WebCrawl(visitor).examples {
        let before = database.statements.count
        _ = try await visitor.get(path)
        let most = database.statements.dropFirst(before).max() ?? 0
        #expect(most <= 24, "\(path) makes \(most) statements")
      }
    }
  }

  /// Where the database is a server, its answers are waited for once: who looks is read with the page, and what the page
  /// asked last time is sent ahead.
  @Test(arguments: Backend.available.filter { $0 == .postgres })
  func `a page that was seen before waits for the database once`(backend: Backend) async throws {
    let database = CountedDatabase(base: try await Sample.season(on: backend))
    try await LiveServer.run(with: database, clock: { Self.morning }) { server in
      try await Self.addOpenWork(on: server)
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "all")
      for path in try await WebCrawl(visitor).examples {
        let first = try await visitor.get(path)
        let before = database.reads.count
        let again = try await visitor.get(path)
        let reads = database.reads.dropFirst(before).filter { $0.subject?.hasSuffix(path) == true }
        #expect(reads.map(\.waits) == [1], "\(path)")
        // A form's own number is new each time.
        func shown(_ text: String) -> String { text.replacing(/name="_once" value="[^"]*"/, with: "") }
        #expect(shown(first.text) == shown(again.text), "\(path)")
      }
      // What is foreseen is read anew: whoever was shut out is out.
      try await database.write { connection in
        _ = try connection.query("UPDATE member SET disabled_at = 1 WHERE name = \("all")")
      }
      #expect(try await visitor.get("/stock").status == 303)
    }
  }

  @Test(arguments: Backend.available)
  func `a page that is not for a role, or a foreign centre's, says so`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      for (user, roles, _) in Sample.users {
        let visitor = WebVisitor(server)
        try await visitor.signIn(as: user)
        for route in WebRoute.all where route.segments.allSatisfy({ !$0.hasPrefix("{") }) {
          let path = WebPath(segments: route.segments).description
          let mayReport = !roles.isDisjoint(with: [.reporter, .administrator])
          let isOpen = !route.roles.isDisjoint(with: roles) && (path != "/reports/new" || mayReport)
          #expect(try await visitor.get(path).status == (isOpen ? 200 : 403), "\(user) \(path)")
        }
      }
      let reporter = WebVisitor(server)
      try await reporter.signIn(as: "reporter")
      #expect(try await reporter.get("/stock/centres/\(Sample.own)").status == 200)
      for path in ["/stock/centres/\(Sample.foreign)", "/stock/centres/\(Sample.foreign)/items/SWAB-NP"] {
        let page = try await reporter.get(path)
        #expect(page.status == 403 && page.text.contains("access.centre"))
      }
      #expect(try await reporter.get("/nothing").status == 404)
      #expect(try await reporter.get("/stock/items/NOTHING").status == 404)
      #expect(try await reporter.get("/shortages/9223372036854775808").status == 404)
    }
  }
}
