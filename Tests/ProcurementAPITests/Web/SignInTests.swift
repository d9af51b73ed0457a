import Foundation
import Inventory
import NIOHTTP1
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

@Suite struct SignInTests {
  @Test(arguments: Backend.available)
  func `who has not signed in comes to the door, and back from it`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let visitor = WebVisitor(server)
      let sent = try await visitor.get("/stock/items/SWAB-NP?x=1")
      #expect(sent.status == 303 && sent.location == "/signin?back=%2Fstock%2Fitems%2FSWAB-NP%3Fx%3D1")
      let door = try await visitor.get(sent.location ?? "")
      #expect(door.status == 200 && door.text.contains("name=\"back\" value=\"/stock/items/SWAB-NP?x=1\""))
      let refused = try await visitor.post("/signin", [("token", "prc_wrong"), ("back", "/stock")])
      #expect(refused.status == 401 && refused.text.contains("not known") && visitor.cookies.isEmpty)
      let entered = try await visitor.post(
        "/signin",
        [("token", " \(Sample.secret(of: "buyer"))\n"), ("back", "/stock")]
      )
      #expect(entered.status == 303 && entered.location == "/stock")
      let cookie = entered.headers.first(name: "Set-Cookie") ?? ""
      #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"))
      #expect(try await visitor.get("/stock").status == 200)
      let token = try await visitor.get("/").formToken
      let copy = WebVisitor(server, cookies: visitor.cookies)
      #expect(try await copy.get("/stock").status == 200)
      #expect(try await visitor.post("/signout", [("_token", token)]).location == "/signin")
      #expect(try await visitor.get("/stock").status == 303)
      #expect(try await copy.get("/stock").status == 303, "a copy of the cookie ends with the session")
    }
  }

  @Test(arguments: ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"])
  func `the door leads nowhere else`(back: String) async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let visitor = WebVisitor(server)
      let entered = try await visitor.post(
        "/signin",
        [("token", Sample.secret(of: "buyer")), ("back", back)]
      )
      #expect(entered.location == "/")
      let token = try await visitor.get("/").formToken
      let preferred = try await visitor.post(
        "/preferences",
        [("_token", token), ("_back", back), ("language", "fr")]
      )
      #expect(preferred.location == "/")
    }
  }

  @Test(arguments: Backend.available)
  func `a session ends with the token it began with, and with its user`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let (buyer, planner) = (WebVisitor(server), WebVisitor(server))
      try await buyer.signIn(as: "buyer")
      try await planner.signIn(as: "planner")
      try await server.database.write { connection in
        _ = try AccessToken.revoke("test", of: "buyer", by: .test, in: connection)
        _ = try User.enable("planner", false, by: .test, in: connection)
      }
      #expect(try await buyer.get("/").status == 303)
      #expect(try await planner.get("/").status == 303)
    }
  }

  @Test func `who tries tokens out is told to wait`() async throws {
    var options = ServerOptions()
    (options.failureRate, options.failureBurst) = (0.5, 2)
    try await LiveServer.run(on: .sqlite, options: options) { server in
      let visitor = WebVisitor(server)
      for _ in 0..<2 { #expect(try await visitor.post("/signin", [("token", "prc_no")]).status == 401) }
      #expect(try await visitor.post("/signin", [("token", "prc_no")]).status == 429)
      try await visitor.signIn(as: "buyer")
      #expect(try await visitor.get("/").status == 200)
    }
  }

  @Test func `a cookie reads from the API and changes nothing there`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "buyer")
      #expect(try await visitor.get("/v1/centres").status == 200)
      #expect(try await visitor.get("/v1/audit").status == 403)
      #expect(try await visitor.post("/v1/campaigns/C1/open", []).status == 401)
    }
  }
}

@Suite struct FormTests {
  private static let campaign = [
    ("code", "C-1"), ("title", "<script>alert(1)</script>\"><img src=x onerror=alert(2)>"),
    ("opens", "2020-06-15"),
    ("closes", "2020-06-20"), ("neededBy", "2020-07-01"), ("items", "SWAB-NP"), ("items", "PCR-MIX"),
  ]

  @Test(arguments: Backend.available)
  func `a form does what its operation does, once, and what was written is shown as text`(backend: Backend)
    async throws
  {
    try await LiveServer.run(on: backend) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "buyer")
      for (time, page) in [(1, "/campaigns/C-1"), (2, "/campaigns")] {
        let form = Self.campaign + [("_next", "/campaigns"), ("_once", "a key of this page")]
        let done = try await visitor.submit("campaignNew", on: "/campaigns/new", form)
        #expect(done.status == 303 && done.location == page, "time \(time)")
      }
      #expect(try await visitor.get("/campaigns").text.contains("It was done before, and counts once."))
      let list = try await visitor.get("/campaigns")
      #expect(list.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img src=x"))
      #expect(!list.text.contains("<script>") && !list.text.contains("<img"))
      let changed = Self.campaign.map { $0.0 == "title" ? ($0.0, "Another") : $0 }
      let again = try await visitor.submit("campaignNew", on: "/campaigns/new", changed)
      #expect(
        again.status == 409 && again.text.contains("role=\"alert\"") && again.text.contains("value=\"C-1\"")
      )
      let campaigns = try await server.database.read { try Campaign.all(in: $0) }
      #expect(campaigns.map(\.terms.items) == [["PCR-MIX", "SWAB-NP"]])
    }
  }

  @Test func `a form from elsewhere is refused`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let (visitor, other) = (WebVisitor(server), WebVisitor(server))
      try await visitor.signIn(as: "buyer")
      try await other.signIn(as: "buyer")
      let foreign = try await other.get("/").formToken
      let own = try await visitor.get("/").formToken
      for token in ["", "x", foreign] {
        let page = try await visitor.post("/do/campaignNew", [("_token", token)] + Self.campaign)
        #expect(page.status == 403)
      }
      for headers in [["Sec-Fetch-Site": "cross-site"], ["Origin": "https://elsewhere.example"]] {
        let page = try await visitor.post(
          "/do/campaignNew",
          [("_token", own)] + Self.campaign,
          headers: headers
        )
        #expect(page.status == 403)
      }
      #expect(try await server.database.read { try Campaign.all(in: $0) } == [])
    }
  }

  /// Who is signed in by another site would enter what they know for somebody else to read.
  @Test func `nobody is signed in by a form from elsewhere`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let token = Sample.secret(of: "buyer")
      for headers in [["Sec-Fetch-Site": "cross-site"], ["Origin": "https://elsewhere.example"]] {
        let visitor = WebVisitor(server)
        let page = try await visitor.post("/signin", [("token", token)], headers: headers)
        #expect(
          page.status == 403 && page.headers.first(name: "Set-Cookie") == nil,
          "\(page.text.prefix(300))"
        )
        #expect(try await visitor.get("/stock").location?.hasPrefix("/signin") == true)
      }
    }
  }

  @Test func `a form cannot do what its user may not, nor name what it does not offer`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let reporter = WebVisitor(server)
      try await reporter.signIn(as: "reporter")
      #expect(try await reporter.submit("campaignNew", on: "/", Self.campaign).status == 403)
      let foreign = [
        ("centre", Sample.foreign), ("item", "SWAB-NP"), ("quantity", "5"), ("day", "2020-06-15"),
      ]
      #expect(try await reporter.submit("stockUse", on: "/", foreign).status == 403)
      for hidden in ["database", "server", "as", "format"] {
        let page = try await reporter.submit(
          "stockReport",
          on: "/reports/new",
          [(hidden, "x"), ("table.file", "item,counted\nSWAB-NP,1\n")]
        )
        #expect(page.status == 400 && page.text.contains("a parameter of this request"))
      }
      for name in ["nothing", "centreList", "%00"] {
        #expect(try await reporter.submit(name, on: "/", []).status != 303, "\(name)")
      }
    }
  }

  @Test(arguments: Backend.available)
  func `a report is checked line by line before anything is taken, then taken whole`(backend: Backend)
    async throws
  {
    try await LiveServer.run(on: backend) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "reporter")
      let head = [("centre", Sample.own), ("day", "2020-06-15")]
      let bad = try await visitor.submit(
        "stockReport",
        on: "/reports/new",
        head + [("table.file", "item\tcounted\nSWAB-NP\t12\nNOTHING\tmany\n"), ("dryRun", "true")]
      )
      #expect(bad.status == 422 && bad.text.contains("NOTHING") && bad.text.contains("many"))
      let rows =
        head + [
          ("cell.item", "SWAB-NP"), ("cell.counted", "1200"), ("cell.item", "PCR-MIX"),
          ("cell.counted", "300"),
          ("cell.item", ""), ("cell.counted", ""),
        ]
      let checked = try await visitor.submit("stockReport", on: "/reports/new", rows + [("dryRun", "true")])
      #expect(
        checked.status == 200 && checked.text.contains("nothing was kept")
          && checked.text.contains("value=\"1200\"")
      )
      #expect(try await visitor.get("/stock/centres/\(Sample.own)").text.contains("reported no stock yet"))
      let taken = try await visitor.submit("stockReport", on: "/reports/new", rows)
      #expect(taken.status == 303)
      #expect(try await visitor.get("/stock/centres/\(Sample.own)").text.contains("1,200"))
    }
  }

  @Test func `a day to look back to and a language are kept`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "buyer")
      let token = try await visitor.get("/").formToken
      _ = try await visitor.post(
        "/preferences",
        [("_token", token), ("_back", "/stock"), ("language", "fr")]
      )
      _ = try await visitor.post(
        "/preferences",
        [("_token", token), ("_back", "/stock"), ("day", "2020-06-01")]
      )
      let page = try await visitor.get("/stock")
      #expect(page.text.contains("<html lang=\"fr\">") && page.text.contains("value=\"2020-06-01\""))
      _ = try await visitor.post("/preferences", [("_token", token), ("_back", "/stock"), ("today", "1")])
      #expect(try await visitor.get("/stock").text.contains("value=\"2020-06-15\""))
    }
  }
}
