package import HTTPTypes

/// All routes, found by method and path.
package struct RouteTable: Sendable {
  package let routes: [Route]
  /// By the number of segments, the most literal first.
  private let bySize: [Int: [Entry]]

  private struct Entry {
    var route: Route
    var pattern: [Segment]
  }

  private enum Segment {
    case literal(String), value(String)

    init(_ text: Substring) {
      self = text.first == "{" ? .value(String(text.dropFirst().dropLast())) : .literal(String(text))
    }
  }

  package init(_ routes: [Route]) {
    self.routes = routes
    bySize = Dictionary(grouping: routes, by: \.segments.count)
      .mapValues { routes in
        routes.sorted { $0.pathKeys.count < $1.pathKeys.count }
          .map { Entry(route: $0, pattern: $0.segments.map(Segment.init)) }
      }
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
    for entry in bySize[segments.count] ?? [] {
      guard let values = Self.values(of: entry.pattern, in: segments) else { continue }
      let route = entry.route
      if route.method == method || (method == .head && route.method == .get) {
        return .route(route, values: values)
      }
      others.append(route.method)
    }
    return others.isEmpty ? .nothing : .otherMethods(others)
  }

  private static func values(of pattern: [Segment], in segments: [String]) -> [String: String]? {
    var values: [String: String] = [:]
    for (part, segment) in zip(pattern, segments) {
      switch part {
      case .literal(let text): if text != segment { return nil }
      case .value(let name):
        guard !segment.isEmpty else { return nil }
        values[name] = segment
      }
    }
    return values
  }
}
