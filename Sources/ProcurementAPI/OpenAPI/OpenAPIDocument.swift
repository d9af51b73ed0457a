import HTTPTypes
import Inventory

/// The description of the service in OpenAPI 3.1, made of the routes and of what their operations take.
struct OpenAPIDocument {
  let routes: [Route]
  let signatures: [[String]: Signature]

  var json: String {
    let document: JSONValue = [
      "openapi": "3.1.0",
      "info": [
        "title": "procure",
        "version": "0.1.0",
        "description": """
        Group purchasing, stock and equipment planning for a network of cancer centres. Days are written \
        2026-03-01, instants in RFC 3339 (UTC), money in cents, quantities in base units. What nobody knows is \
        null or absent, never zero.
        """,
      ],
      "servers": [["url": "/"]],
      "security": [["token": []]],
      "tags": .array(tags),
      "paths": .object(paths),
      "components": OpenAPIComponents.value,
    ]
    return document.text + "\n"
  }

  private var tags: [JSONValue] {
    let nouns = routes.map { Self.tag(of: $0) }
    return nouns.enumerated().filter { nouns.firstIndex(of: $0.element) == $0.offset }
      .map { ["name": .string($0.element)] }
  }

  static func tag(of route: Route) -> String {
    route.segments.count > 1 ? String(route.segments[1]) : "service"
  }

  private var paths: [String: JSONValue] {
    var paths: [String: [String: JSONValue]] = [:]
    var identifiers: Set<String> = []
    for route in routes {
      guard let signature = signatures[route.words] else { continue }
      // Two routes may lead to one operation: the later one is told apart by what its path holds.
      let isNew = identifiers.insert(route.identifier).inserted
      let identifier =
        isNew ? route.identifier : "\(route.identifier)-by-\(route.pathKeys.joined(separator: "-"))"
      let operation = OpenAPIOperation(route: route, signature: signature, identifier: identifier).value
      paths[route.path, default: [:]][route.method.rawValue.lowercased()] = operation
    }
    for (path, operation) in OpenAPIComponents.fixed { paths[path] = ["get": operation] }
    return paths.mapValues { .object($0) }
  }
}
