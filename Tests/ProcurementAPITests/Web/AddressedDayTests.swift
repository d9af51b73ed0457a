import Foundation
import Inventory
import NIOHTTP1
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// Days in addresses, and pages of what a form made.
@Suite struct AddressedDayTests {
  private static func visit(_ body: (WebVisitor, any Database) async throws -> Void) async throws {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "all")
      try await body(visitor, database)
    }
  }

  @Test func `a link with a day opens that day, says so, and the pages after it stay with it`() async throws {
    try await Self.visit { visitor, _ in
      let page = try await visitor.get("/?day=2020-10-12")
      #expect(page.status == 200)
      #expect(page.text.contains("The network on 12\u{00A0}Oct\u{00A0}2020"))
      #expect(page.text.contains("class=\"asof past\"") && page.text.contains("You are looking back."))
      #expect(page.text.contains("name=\"_back\" value=\"/\""))
      #expect(try await visitor.get("/stock").text.contains("12\u{00A0}Oct\u{00A0}2020"))
      let filtered = try await visitor.get("/shortages?item=PCR-MIX&day=2020-10-05")
      #expect(filtered.text.contains("name=\"_back\" value=\"/shortages?item=PCR-MIX\""))
      let today = try await visitor.get("/?day=2020-10-19")
      #expect(today.text.contains("The network today") && !today.text.contains("asof past"))
      #expect(try await visitor.get("/stock?day=2031-01-01").text.contains("19\u{00A0}Oct\u{00A0}2020"))
    }
  }

  @Test func `pages of a day that is over show its states, and nothing can be done there`() async throws {
    try await Self.visit { visitor, database in
      let day = try #require(Day("2020-10-02"))
      let orders = try await database.read { try PurchaseOrder.all(asOf: day, in: $0) }
      let order = try #require(orders.first { [.sent, .acknowledged].contains($0.state) })
      let path = "/orders/\(order.header.number)"
      let past = try await visitor.get("\(path)?day=\(day)").text
      #expect(past.contains("as it stood at the end of that day"))
      #expect(past.contains(order.state.name(.english)) && past.contains("Nothing has come yet."))
      #expect(!past.contains("action=\"/do/"))
      let campaign = try #require(order.header.campaign)
      let page = try await visitor.get("/campaigns/\(campaign)").text
      #expect(page.contains("as they stood at the end of that day") && !page.contains("action=\"/do/"))
      #expect(try await visitor.get("/campaigns/PCR-2020-10-05").status == 404)
      #expect(!(try await visitor.get("/campaigns").text.contains("PCR-2020-10-05")))
      #expect(try await visitor.get("/campaigns/PCR-2020-10-05?day=2020-10-19").status == 200)
    }
  }

  @Test func `a day that is none is refused, and nothing is kept of it`() async throws {
    try await Self.visit { visitor, _ in
      let page = try await visitor.get("/stock?day=12%20October")
      #expect(page.status == 400 && page.text.contains("request.parameters"))
      #expect(page.text.contains("12 October") && page.text.contains("a day as YYYY-MM-DD"))
      #expect(visitor.cookies["procure_day"] == nil)
      #expect(try await visitor.get("/stock").status == 200)
    }
  }

  @Test func `what was made opens its own page, wherever the form says to go`() async throws {
    try await Self.visit { visitor, _ in
      let asked = [
        ("category", "mri-linac"), ("add", "1"), ("objective", "coverage"), ("limit", "60"),
        ("metropolitan", "true"), ("day", "2020-10-19"), ("_next", "https://example.org/"),
      ]
      let answer = try await visitor.submit("sitesBest", on: "/equipment/sites", asked)
      let path = try #require(answer.location)
      #expect(answer.status == 303 && path.hasPrefix("/equipment/sites/SP-"))
      #expect(try await visitor.get(path).text.contains("Done."))
      let transfer = try await visitor.submit(
        "transferPropose",
        on: "/shortages",
        [
          ("item", "SWAB-NP"), ("quantity", "50"), ("from", "ico-angers"), ("to", "berard"), ("keep", "0"),
          ("key", "T-1"), ("reason", "short"),
        ]
      )
      #expect(transfer.location?.hasPrefix("/sharing/transfers/TR-2020-") == true)
    }
  }

  @Test func `a token is made on the page, shown once, and in no cookie`() async throws {
    try await Self.visit { visitor, database in
      let form = [("user", "buyer"), ("label", "phone"), ("days", "30"), ("_once", "abc")]
      let page = try await visitor.submit("tokenCreate", on: "/administration", form)
      let secret = try #require(page.text.between("<code class=\"secret\">", "</code>"))
      #expect(page.status == 200 && secret.hasPrefix(AccessToken.prefix))
      #expect(!visitor.cookies.values.contains { $0.contains(secret.dropFirst(4)) })
      #expect(page.headers.first(name: "Cache-Control") == "private, no-store")
      #expect(try await !visitor.get("/administration").text.contains(secret))
      let now = PageTests.morning
      let holder = try await database.read { try AccessToken.holder(of: secret, at: now, in: $0) }
      #expect(holder?.1.name.rawValue == "buyer" && holder?.0.label.rawValue == "phone")
      let again = try await visitor.submit("tokenCreate", on: "/administration", form)
      #expect(again.status == 303 && again.location == "/administration")
      let taken = try await visitor.submit("tokenCreate", on: "/administration", Array(form.dropLast()))
      #expect(taken.status == 409 && taken.text.contains("token.label-taken"))
      let forged = try await visitor.post("/do/tokenCreate", form + [("_back", "/administration")])
      #expect(forged.status == 403 && !forged.text.contains("class=\"secret\""))
    }
  }

  @Test func `only an administrator makes tokens`() async throws {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "auditor")
      #expect(try await !visitor.get("/administration").text.contains("tokenCreate"))
      let page = try await visitor.submit(
        "tokenCreate",
        on: "/administration",
        [("user", "buyer"), ("label", "x"), ("days", "3")]
      )
      #expect(page.status == 403)
    }
  }
}
