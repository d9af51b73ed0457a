package import HTTPTypes

/// All routes, found by method and path.
package struct RouteTable: Sendable {
  package let routes: [Route]
  /// By the number of segments, the most literal first.
  private let bySize: [Int: [Route]]

  package init(_ routes: [Route]) {
    self.routes = routes
    bySize = Dictionary(grouping: routes, by: \.segments.count)
      .mapValues { $0.sorted { $0.pathKeys.count < $1.pathKeys.count } }
  }

  package enum Found: Sendable {
    case route(Route, values: [String: String])
    /// There is something at the path, for other methods.
    case otherMethods([HTTPRequest.Method])
    case nothing
  }

  /// The route for a path whose segments were decoded.
  package func find(_ method: HTTPRequest.Method, _ segments: [String]) -> Found {
    var others: [HTTPRequest.Method] = []
    for route in bySize[segments.count] ?? [] {
      guard let values = Self.values(of: route, in: segments) else { continue }
      if route.method == method || (method == .head && route.method == .get) {
        return .route(route, values: values)
      }
      others.append(route.method)
    }
    return others.isEmpty ? .nothing : .otherMethods(others)
  }

  private static func values(of route: Route, in segments: [String]) -> [String: String]? {
    var values: [String: String] = [:]
    for (pattern, segment) in zip(route.segments, segments) {
      if pattern.first == "{" {
        guard !segment.isEmpty else { return nil }
        values[String(pattern.dropFirst().dropLast())] = segment
      } else if pattern != segment {
        return nil
      }
    }
    return values
  }
}
