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
      for (user, language) in [
        ("all", "en"), ("all", "fr"), ("reporter", "fr"), ("auditor", "en"), ("buyer", "fr"),
      ] {
        let visitor = WebVisitor(server)
        visitor.language = language
        try await visitor.signIn(as: user)
        let seen = try await Self.crawl(visitor, language)
        #expect(seen.faults == [], "\(user), \(language)")
        let unseen = WebRoute.all.filter { !seen.routes.contains($0.segments) }
          .map { $0.segments.joined(separator: "/") }
        // Nothing of the season is rolled out in waves.
        if user == "all" { #expect(Set(unseen) == ["sharing/rollouts/{rollout}"]) }
      }
    }
  }

  private struct Crawl {
    var routes: Set<[String]> = []
    var faults: [String] = []
  }

  /// Follows links from the start, at most three of a kind.
  private static func crawl(_ visitor: WebVisitor, _ language: String) async throws -> Crawl {
    var crawl = Crawl()
    var counts: [[String]: Int] = [:]
    var (seen, waiting): (Set<String>, [String]) = (["/"], ["/"])
    while let path = waiting.popLast() {
      guard let target = try? RequestTarget(path) else {
        crawl.faults.append("no address: \(path)")
        continue
      }
      guard let (route, _) = WebRoute.find(target.segments) else {
        if !["assets", "docs", "v1"].contains(target.segments.first) {
          crawl.faults.append("no page \(path)")
        }
        continue
      }
      counts[route.segments, default: 0] += 1
      guard counts[route.segments, default: 0] <= 3 else { continue }
      crawl.routes.insert(route.segments)
      let page = try await visitor.get(path)
      crawl.faults += faults(of: page, language).map { "\(path): \($0)" }
      for link in page.paths where seen.insert(link).inserted { waiting.append(link) }
    }
    return crawl
  }

  /// What must never be on a page.
  private static func faults(of page: WebVisitor.Page, _ language: String) -> [String] {
    let text = page.text.replacing("http://www.w3.org/2000/svg", with: "")
    var faults = ["undefined", "Optional(", "style=\"", "<style", " onclick", "<script>", "http://", "nil<"]
      .filter(text.contains)
    if page.status != 200 { faults.append("\(page.status)") }
    if page.text.utf8.count > 100_000 { faults.append("\(page.text.utf8.count) bytes") }
    if !text.contains("<html lang=\"\(language)\">") { faults.append("another language") }
    let policy = page.headers.first(name: "Content-Security-Policy") ?? ""
    if policy.contains("unsafe") || !policy.hasPrefix("default-src 'none'") { faults.append(policy) }
    return faults
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
