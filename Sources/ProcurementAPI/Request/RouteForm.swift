/// What a request to a route may say: the parameters of the operation that the route leaves open.
struct RouteForm: Sendable {
  let route: Route
  let signature: Signature
  /// Neither what the route fixes, nor what it withholds, nor where the database is; the rows of a list are counted by
  /// its pages.
  let offered: [Signature.Parameter]
  /// Those of them that stand for a table of the body.
  let tables: [Signature.Parameter]
  private let plain: [String: Signature.Parameter]

  init(_ route: Route, _ signature: Signature) {
    (self.route, self.signature) = (route, signature)
    offered = signature.parameters.filter { parameter in
      !route.withheld.contains(parameter.name) && route.fixed[parameter.name] == nil
        && !Self.own.contains(parameter.name) && !(route.isList && parameter.name == "limit")
    }
    tables =
      route.isList ? [] : offered.filter { Self.tableNames.contains($0.name) && $0.value == .text }
    let names = Set(tables.map(\.name))
    plain = offered.filter { !names.contains($0.name) }
      .reduce(into: [:]) { plain, parameter in plain[parameter.key] = plain[parameter.key] ?? parameter }
  }

  private static let own: Set = ["database", "server", "as", "format"]
  private static let tableNames: Set = [
    "file", "holders", "tiers", "requests", "targets", "arrivals", "limits", "candidates", "weights",
    "gaps",
  ]

  /// The name of a parameter's table in a JSON body.
  static func tableKey(_ parameter: Signature.Parameter) -> String {
    parameter.name == "file" ? "rows" : parameter.key
  }

  /// The parameter that HTTP knows by a name; nil for one that is no single value.
  func parameter(_ key: String) -> Signature.Parameter? { plain[key] }
}
