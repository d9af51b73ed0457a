import HTTPTypes
import NIOHTTP1

@testable import ProcurementAPI

/// What a visitor finds who follows links from the start, at most three of a kind.
struct WebCrawl {
  /// The paths that were looked at, by the segments of their route.
  private(set) var paths: [[String]: [String]] = [:]
  private(set) var faults: [String] = []
  /// What each page said.
  private(set) var texts: [(path: String, text: String)] = []

  init(_ visitor: WebVisitor) async throws {
    var (seen, waiting): (Set<String>, [String]) = (["/"], ["/"])
    while let path = waiting.popLast() {
      guard let target = try? RequestTarget(path) else {
        faults.append("no address: \(path)")
        continue
      }
      guard let (route, _) = WebRoute.find(target.segments) else {
        if !["assets", "docs", "v1"].contains(target.segments.first) { faults.append("no page: \(path)") }
        continue
      }
      guard paths[route.segments, default: []].count < 3 else { continue }
      paths[route.segments, default: []].append(path)
      let page = try await visitor.get(path)
      texts.append((path, page.text))
      faults += Self.faults(of: page, visitor.language).map { "\(path): \($0)" }
      for link in page.paths where seen.insert(link).inserted { waiting.append(link) }
    }
  }

  /// One path of each kind of page, in the order of the routes.
  var examples: [String] { WebRoute.all.compactMap { paths[$0.segments]?.first } }

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
}
