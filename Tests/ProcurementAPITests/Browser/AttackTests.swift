import Inventory
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// What somebody tries who means harm, in a browser that would let them.
@Suite(.enabled(if: Browser.url != nil, "skipped: there is no browser (TEST_BROWSER_URL)"), .serialized)
struct AttackTests {
  private static let script =
    "\"><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"

  @Test func `script in names and in addresses stays text`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "buyer")
      let campaign = [
        ("code", "C-1"), ("title", Self.script), ("opens", "2020-06-15"), ("closes", "2020-06-20"),
        ("neededBy", "2020-07-01"), ("items", "SWAB-NP"),
      ]
      #expect(try await visitor.submit("campaignNew", on: "/", campaign).status == 303)
      try await Browser.run { browser in
        try await browser.signIn(as: "buyer", at: server)
        let reflected = WebPath("equipment", query: [("category", Self.script)]).description
        for path in ["/campaigns", "/campaigns/C-1", "/", reflected] {
          try await browser.open(server.address(path))
          #expect(try await browser.run("return document.title", as: String.self) != "taken", "\(path)")
          #expect(try await browser.count("main img, main script") == 0, "\(path)")
        }
        try await browser.open(server.address("/campaigns/C-1"))
        #expect(try await browser.text("h1") == Self.script)
        // Were some to come through, the policy would still stop it.
        try await browser.command(
          "execute/sync",
          ["script": "document.body.insertAdjacentHTML('beforeend', arguments[0])", "args": [Self.script]]
        )
        #expect(try await browser.run("return document.title", as: String.self) != "taken")
      }
    }
  }

  @Test func `a page of another origin cannot send our forms`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      try await LiveServer.run(on: .sqlite) { elsewhere in
        try await Browser.run { browser in
          try await browser.signIn(as: "buyer", at: server)
          let token = try await browser.attribute("value", of: "[name=_token]") ?? ""
          #expect(token != "")
          // The same machine under another name is another site; it even knows the token.
          try await browser.open("http://localhost:\(elsewhere.port)/assets/none")
          try await browser.command(
            "execute/sync",
            [
              "script": Self.forgery,
              "args": [
                server.address("/do/campaignNew"), token,
              ],
            ]
          )
          #expect(try await browser.text().contains("TAKEN") == false)
          let campaigns = try await server.database.read { try Campaign.all(in: $0) }
          #expect(campaigns == [])
        }
      }
    }
  }

  private static let forgery = """
    const form = document.createElement("form");
    form.method = "post"; form.action = arguments[0];
    const values = { _token: arguments[1], code: "TAKEN", title: "TAKEN", opens: "2020-06-15",
      closes: "2020-06-20", neededBy: "2020-07-01", items: "SWAB-NP" };
    for (const name in values) {
      const field = document.createElement("input");
      field.name = name; field.value = values[name]; form.append(field);
    }
    document.body.append(form); form.submit();
    """

  @Test func `a foreign centre's page is refused and an address of elsewhere is not returned to`()
    async throws
  {
    try await LiveServer.run(on: .sqlite) { server in
      try await Browser.run { browser in
        for back in ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"] {
          try await browser.open(server.address(WebPath("signin", query: [("back", back)]).description))
          try await browser.fill("[name=token]", Sample.secret(of: "reporter"))
          try await browser.click("button.main")
          let address = try await browser.read("url", as: String.self)
          #expect(address.hasPrefix(server.address("/")) && !address.contains("evil"), "\(back)")
        }
        try await browser.open(server.address("/stock/centres/\(Sample.foreign)"))
        #expect(try await browser.text("main").contains("access.centre"))
      }
    }
  }
}
