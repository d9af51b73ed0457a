import Foundation
import Inventory
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// Each user's morning, from the door to the result, as the demonstration leaves the network.
@Suite(.enabled(if: Browser.url != nil, "skipped: there is no browser (TEST_BROWSER_URL)"), .serialized)
struct MorningTests {
  static func morning(at moment: Instant = PageTests.morning, _ body: (LiveServer) async throws -> Void)
    async throws
  {
    let database = try await Sample.season(on: .sqlite)
    try await LiveServer.run(with: database, clock: { moment }, body)
  }

  @Test func `a pharmacist reports the night's counts on a phone, in French`() async throws {
    try await Self.morning { server in
      try await Browser.run(.init(language: "fr-FR,fr", width: 390)) { browser in
        try await browser.signIn(as: "reporter", at: server)
        #expect(try await browser.overflow() == [])
        try await browser.choose("Déclarations")
        try await browser.press("Déclarer un stock")
        try await browser.fill("[name='cell.item']", "SWAB-NP")
        try await browser.fill("[name='cell.counted']", "douze")
        try await browser.press("Vérifier seulement")
        #expect(try await browser.text("[role=alert]").contains("douze"))
        try await browser.fill("[name='cell.counted']", "1234")
        try await browser.press("Vérifier seulement")
        #expect(try await browser.text(".notice.good").contains("rien n’a été enregistré"))
        try await browser.press("Envoyer la déclaration")
        #expect(try await browser.text(".notice.good").contains("C’est fait."))
        try await browser.open(server.address("/stock/centres/\(Sample.own)/items/SWAB-NP"))
        #expect(try await browser.text("main").contains("1\u{202F}234"))
        #expect(try await browser.overflow() == [])
        let complaints = try await browser.complaints()
        // A report with a mistake was refused, and the browser says so.
        #expect(complaints.filter { !$0.contains("422") } == [])
      }
    }
  }

  @Test func `a buyer goes from an alert to orders that are placed, in English`() async throws {
    try await Self.morning { server in
      try await Browser.run { browser in
        try await browser.signIn(as: "buyer", at: server)
        try await browser.choose("Shortages")
        try await browser.click("main tbody th a")
        try await browser.fill("[name=note]", "asked the supplier")
        try await browser.press("I have seen it")
        #expect(try await browser.text("main").contains("asked the supplier"))
        try await browser.choose("Campaigns")
        try await browser.press("New campaign")
        try await browser.fill("[name=code]", "AUTUMN")
        try await browser.fill("[name=title]", "Autumn masks")
        try await browser.tick("input[value='MASK-FFP2']")
        try await browser.press("Start it")
        #expect(try await browser.path() == "/campaigns/AUTUMN")
        try await browser.pressAndExpectDone("Open it for needs")
        try await browser.pressAndExpectDone("Fill in needs from the forecast")
        // Nobody reports masks: what is needed of them the centres say themselves.
        try await server.database.write { connection in
          let stamp = Stamp(actor: "reporter", at: PageTests.morning)
          let needs = ["berard", "curie-paris"].map { centre in
            Need(
              centre: Centre.Code(rawValue: centre) ?? "berard",
              item: "MASK-FFP2",
              quantity: Quantity(4_000)
            )
          }
          try Campaign.take(needs.map { NeedEntry(need: $0) }, for: "AUTUMN", by: stamp, in: connection)
        }
        for step in ["Close it", "Compute the award", "Make the orders"] {
          try await browser.pressAndExpectDone(step)
        }
        let orders = try await server.database.read { try PurchaseOrder.all(campaign: "AUTUMN", in: $0) }
        #expect(!orders.isEmpty)
        let complaints = try await browser.complaints()
        #expect(complaints == [])
      }
    }
  }

  @Test func `a planner asks where the next machines help most`() async throws {
    try await Self.morning { server in
      try await Browser.run(.init(language: "fr")) { browser in
        try await browser.signIn(as: "planner", at: server)
        try await browser.choose("Équipements")
        try await browser.open(server.address("/equipment/sites"))
        try await browser.fill("[name=add]", "1")
        try await browser.press("Chercher les meilleurs sites")
        #expect(try await browser.text(".notice.good").contains("C’est fait."))
        #expect(try await browser.path().hasPrefix("/equipment/sites/SP-"))
        #expect(try await browser.count("main svg") > 0)
        #expect(try await browser.count("main table") > 0)
        let complaints = try await browser.complaints()
        #expect(complaints == [])
      }
    }
  }

  @Test(arguments: [true, false])
  func `a planner looks at a rollout in French before it is planned`(hasScripts: Bool) async throws {
    try await Self.morning { server in
      try await Browser.run(.init(language: "fr", width: 390, hasScripts: hasScripts)) { browser in
        try await browser.signIn(as: "planner", at: server)
        try await browser.open(server.address("/sharing/rollouts"))
        try await browser.press("Prévoir un déploiement")
        try await browser.open(server.address("/sharing/rollouts/new?of=item:PLATE-96"))
        for (name, text) in [
          ("code", "PLAQUES"), ("because", "nouveau protocole"), ("cell.arrivals.quantity", "40"),
          ("cell.arrivals.origin", "un don"), ("cell.targets.target", "12"),
        ] {
          try await browser.fill("[name='\(name)']", text)
        }
        try await browser.set("[name='cell.arrivals.day']", "2020-10-21")
        #expect(try await browser.overflow() == [])
        try await browser.press("Regarder d’abord")
        #expect(try await browser.text(".notice.good").contains("rien n’a été enregistré"))
        #expect(try await browser.text("main").contains("Le dernier centre commencerait le 21 oct. 2020."))
        #expect(try await browser.overflow() == [])
        try await browser.press("Planifier")
        #expect(try await browser.path() == "/sharing/rollouts/PLAQUES")
        #expect(try await browser.text(".notice.good").contains("C’est fait."))
        let complaints = try await browser.complaints()
        #expect(complaints == [])
      }
    }
  }

  @Test func `a planner takes a treatment from the request to its first centre`() async throws {
    try await Self.morning { server in
      try await Browser.run { browser in
        try await browser.signIn(as: "planner", at: server)
        try await browser.choose("Innovations")
        try await browser.press("Early access")
        try await browser.press("Examplinib (fictif)")
        try await browser.openDetails("Say where a centre stands")
        try await browser.fill("[name=patients]", "2")
        try await browser.pressAndExpectDone("Record it")
        #expect(try await browser.text("main table").contains("asked"))
        try await browser.pressAndExpectDone("It was asked for")
        try await browser.pressAndExpectDone("The authority examines it")
        #expect(try await browser.text("main .lead").contains("under review"))
        try await browser.open(server.address("/access-programmes/exemple-precoce"))
        try await browser.openDetails("It was granted")
        for (name, day) in [("on", "2020-10-19"), ("from", "2020-11-01"), ("until", "2022-10-31")] {
          try await browser.set("form[action='/do/accessGrant'] [name=\(name)]", day)
        }
        try await browser.click("form[action='/do/accessGrant'] button")
        #expect(try await browser.text("[role=alert]").contains("at most a year"))
        try await browser.set("form[action='/do/accessGrant'] [name=until]", "2021-10-31")
        try await browser.click("form[action='/do/accessGrant'] button")
        #expect(try await browser.text("main .lead").contains("granted"))
        #expect(try await browser.text("dl.facts").contains("31 Oct 2021"))
        try await browser.openDetails("Say where a centre stands")
        let centres = try await server.database.read {
          try AccessProgramme.find("exemple-precoce", in: $0).centres(in: $0)
        }
        let asked = try #require(centres.first)
        try await browser.set("[name=centre]", asked.centre.rawValue)
        try await browser.set("[name=state]", "open")
        try await browser.click("form[action='/do/accessCentre'] button")
        #expect(try await browser.text(".notice.good").contains("Done."))
        #expect(try await browser.text("main table").contains("open"))
        let complaints = try await browser.complaints().filter { !$0.contains("422") }
        #expect(complaints == [])
      }
    }
  }

  /// What happens elsewhere is told on the page that stands open, and the page shows it when it is asked to.
  @Test(arguments: Backend.available)
  func `a page that stands open says that something has changed elsewhere`(backend: Backend) async throws {
    let database = try await Sample.season(on: backend)
    try await LiveServer.run(with: database, clock: { PageTests.morning }) { server in
      try await Browser.run { browser in
        try await browser.signIn(as: "all", at: server)
        let (follows, news) = ("[data-live][data-follows]", ".notice[data-live]:not([hidden])")
        #expect(try await browser.finds(follows))
        #expect(try await browser.count(news) == 0)
        let sent = try await server.send(
          "POST",
          "/v1/stock/reports?centre=berard&day=2020-10-19",
          body: "item,counted\nSWAB-NP,4321\n",
          type: "text/csv"
        )
        #expect(sent.status == 201, "\(sent.text)")
        #expect(try await browser.finds(news))
        try await browser.press("Show it again")
        #expect(try await browser.count(news) == 0)

        // One page follows for all that stand open.
        #expect(try await browser.finds(follows))
        try await browser.openTab(server.address("/shortages"))
        let path = try #require(try await browser.attribute("href", of: "main tbody th a"))
        #expect(try await browser.count(follows) == 0)
        let step = try await server.send(
          "POST",
          "/v1/alerts/\(path.split(separator: "/").last ?? "")/acknowledge",
          body: #"{"note":"asked the supplier"}"#
        )
        #expect(step.status == 200, "\(step.text)")
        #expect(try await browser.finds(news))
        let complaints = try await browser.complaints()
        #expect(complaints == [])
      }
    }
  }

  @Test func `without scripts a report is taken, a filter filters and the language changes`() async throws {
    try await Self.morning { server in
      try await Browser.run(.init(hasScripts: false)) { browser in
        try await browser.signIn(as: "all", at: server)
        try await browser.open(server.address("/reports/new?centre=\(Sample.own)"))
        try await browser.fill("[name='cell.item']", "SWAB-NP")
        try await browser.fill("[name='cell.counted']", "77")
        try await browser.press("Send the report")
        #expect(try await browser.text(".notice.good").contains("Done."))
        try await browser.open(server.address("/equipment"))
        try await browser.click("form.filters button")
        #expect(try await browser.path().hasPrefix("/equipment?"))
        try await browser.click("button[name=language]")
        #expect(try await browser.attribute("lang", of: "html") == "fr")
      }
    }
  }

  @Test func `the keyboard alone signs in and reaches the content`() async throws {
    try await Self.morning { server in
      try await Browser.run { browser in
        try await browser.open(server.address("/stock"))
        for key in Sample.secret(of: "buyer") { try await browser.type(String(key)) }
        try await browser.leave { try await browser.type("\u{E007}") }
        #expect(try await browser.path() == "/stock")
        try await browser.type("\u{E004}")
        #expect(try await browser.run("return document.activeElement.className", as: String.self) == "skip")
        try await browser.type("\u{E007}")
        #expect(try await browser.run("return location.hash", as: String.self) == "#main")
      }
    }
  }
}

extension LiveServer {
  func address(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }
}

extension Browser {
  func pressAndExpectDone(_ words: String) async throws {
    try await press(words)
    let notice = try await text(".notice:not([hidden])")
    #expect(notice.contains("Done."), "\(words)")
  }

  /// Opens a page beside those that stand open, and turns to it.
  func openTab(_ address: String) async throws {
    struct Tab: Decodable { var handle: String }
    let tab: Tab = try await ask("window/new", ["type": "tab"])
    try await command("window", ["handle": tab.handle])
    try await open(address)
  }

  /// Whether something is on the page within a minute.
  func finds(_ selector: String) async throws -> Bool {
    for _ in 0..<600 {
      if try await count(selector) > 0 { return true }
      try await Task.sleep(for: .milliseconds(100))
    }
    return false
  }

  /// Comes in by the door, as a person does.
  func signIn(as user: String, at server: LiveServer) async throws {
    try await open(server.address("/"))
    try await fill("[name=token]", Sample.secret(of: user))
    try await click("button.main")
    try #require(try await path() == "/")
  }
}
