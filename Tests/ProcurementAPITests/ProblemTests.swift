import Foundation
import TestSupport
import Testing

@testable import ProcurementAPI

/// The list of codes against the program that uses them.
struct ProblemTests {
  @Test func `the list has every code that the program may refuse with, and no other`() throws {
    let listed = ProblemCodes.embedded.all.map(\.code)
    #expect(listed == listed.sorted())
    #expect(Set(listed) == (try Self.used()))
  }

  @Test func `the page for readers is made of the list`() throws {
    let file = Sample.root.appending(path: "docs/problems.md")
    let text = ProblemCodes.embedded.markdown
    if ProcessInfo.processInfo.environment["PROCURE_WRITE_SCENARIOS"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test(arguments: Backend.available)
  func `the type of a refusal leads to what it means`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      let refused = try await server.get("/v1/nowhere")
      let type = try #require(refused.object["type"] as? String).split(separator: "#").map(String.init)
      let page = try await server.get(type[0], as: nil)
      #expect(page.status == 200)
      #expect(page.text.contains("<dt id=\"\(type[1])\">"))
    }
  }

  /// The codes in the sources: of the errors of the domain, and of what the service itself refuses.
  private static func used() throws -> Set<String> {
    var codes: Set<String> = []
    let inErrors = /(?:case [^"]*: |var code: String \{ )"([a-z-]+\.[a-z-]+)"/
    let inService = /"((?:access|request|database|server|list|events)\.[a-z-]+)"/
    for folder in ["Inventory", "Procurement", "ProcurementAPI", "ProcureCommands/Session"] {
      for text in try texts(below: folder) {
        if text.contains("DomainError") { codes.formUnion(text.matches(of: inErrors).map { String($0.1) }) }
        if folder == "ProcurementAPI" { codes.formUnion(text.matches(of: inService).map { String($0.1) }) }
      }
    }
    return codes
  }

  private static func texts(below folder: String) throws -> [String] {
    let root = Sample.root.appending(path: "Sources/\(folder)")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return try (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }
}
