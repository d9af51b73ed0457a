import Foundation
import Testing

@testable import ProcurementAPI

/// Whether everybody can use every page: contrast, names of fields, order of headings, width of a phone.
@Suite(.enabled(if: Browser.url != nil, "skipped: there is no browser (TEST_BROWSER_URL)"), .serialized)
struct CareTests {
  private static let axe = try? String(
    contentsOf: Sample.root.appending(path: ".browser/axe.min.js"),
    encoding: .utf8
  )

  @Test(
    .enabled(if: axe != nil, "skipped: there is no axe (scripts/install-axe)"),
    arguments: [Browser.Setting(), Browser.Setting(language: "fr", width: 390, isDark: true)]
  )
  func `no page keeps anybody out, in light and dark, on a screen and on a phone`(setting: Browser.Setting)
    async throws
  {
    try await MorningTests.morning { server in
      let visitor = WebVisitor(server)
      try await visitor.signIn(as: "all")
      try await PageTests.addOpenWork(on: server)
      let forms = ["/sharing/rollouts/new?of=kit:PCR-TEST", "/sharing/rollouts/new?again=FIRST"]
      let paths = try await WebCrawl(visitor).examples + forms + ["/nothing"]
      try await Browser.run(setting) { browser in
        try await browser.open(server.address("/signin"))
        let found = try await Self.violations(browser)
        #expect(found == [])
        try await browser.signIn(as: "all", at: server)
        _ = try await browser.complaints()
        for path in paths {
          try await browser.open(server.address(path))
          let (found, wider) = (try await Self.violations(browser), try await browser.overflow())
          #expect(found == [], "\(path)")
          #expect(wider == [], "\(path)")
        }
        // What the browser says of the page that is not there is right.
        let complaints = try await browser.complaints().filter { !$0.contains("404") }
        #expect(complaints == [])
      }
    }
  }

  private static func violations(_ browser: Browser) async throws -> [String] {
    let script = """
      const done = arguments[arguments.length - 1];
      axe.run(document, { resultTypes: ["violations"] }).then((found) => done(found.violations
        .filter((one) => ["serious", "critical"].includes(one.impact))
        .map((one) => one.id + ": " + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" "))));
      """
    try await browser.command("execute/sync", ["script": axe ?? "", "args": [String]()])
    return try await browser.ask("execute/async", ["script": script, "args": [String]()], as: [String].self)
  }
}
