import Foundation
import HTTPTypes
import Testing

@testable import ProcureCommands
@testable import ProcurementAPI

struct DocumentTests {
  private static let operations = Result { try CommandOperations() }

  @Test func `every route names an operation and takes every parameter of its path`() throws {
    let signatures = Dictionary(
      uniqueKeysWithValues: try Self.operations.get().signatures.map { ($0.words, $0) }
    )
    for route in RouteTable.all.routes {
      let signature = try #require(signatures[route.words], "\(route.path)")
      let keys = Set(signature.parameters.map(\.key))
      #expect(keys.isSuperset(of: route.pathKeys), "\(route.path)")
      if case .centre(let name) = route.access.scope { #expect(keys.contains(name), "\(route.path)") }
    }
    let identifiers = RouteTable.all.routes.map { "\($0.method) \($0.path)" }
    #expect(Set(identifiers).count == identifiers.count)
  }

  /// A number of which nothing is known but that it is one tells a caller nothing.
  @Test func `every number that a route takes has limits of its own`() throws {
    let routed = Set(RouteTable.all.routes.map(\.words))
    for signature in try Self.operations.get().signatures where routed.contains(signature.words) {
      for parameter in signature.parameters where parameter.name != "limit" {
        #expect(
          parameter.value != .wholeNumber && parameter.value != .number(nil),
          "\(signature.words) \(parameter.name)"
        )
      }
    }
  }

  @Test func `every parameter of a route has an example`() throws {
    let signatures = Dictionary(
      uniqueKeysWithValues: try Self.operations.get().signatures.map { ($0.words, $0) }
    )
    let document = OpenAPIDocument(routes: RouteTable.all.routes, signatures: signatures).json
    let root = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
    let paths = try #require(root["paths"] as? [String: [String: Any]])
    for (path, operations) in paths {
      for (verb, operation) in operations {
        let parameters = (operation as? [String: Any])?["parameters"] as? [[String: Any]] ?? []
        for parameter in parameters where parameter["$ref"] == nil {
          #expect(parameter["example"] != nil, "\(verb) \(path) \(parameter["name"] ?? "")")
        }
      }
    }
  }

  /// What only a person at the machine does.
  private static let local: Set = [
    "backup", "completions", "database check", "database digest", "database migrate", "database status",
    "demo",
    "export", "forecast file", "import", "manual", "plan work", "restore", "serve", "solve allocation",
    "solve award",
    "solve rollout", "solve siting", "solve transfers", "travel fetch",
  ]

  @Test func `every command of a user is a route`() throws {
    let routed = Set(RouteTable.all.routes.map { $0.words.joined(separator: " ") })
    let commands = Set(try Self.operations.get().signatures.map { $0.words.joined(separator: " ") })
    #expect(commands.subtracting(routed) == Self.local)
  }

  @Test func `a cursor is what was written, and no other text is one`() throws {
    let cursor = Cursor(key: ["berard", "PCR-MIX", "é/\"\u{1F9EA}"])
    #expect(Cursor(cursor.text) == cursor)
    #expect(cursor.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
    for text in ["", "x", "====", "W10", "e30", "%%%", String(repeating: "A", count: 9_999)] {
      #expect(Cursor(text) == nil, "\(text)")
    }
  }
}
