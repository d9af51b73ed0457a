import HTTPTypes
import Inventory
import Tabular

/// What a request says about the parameters of its operation, collected from path, query and body.
struct Fields {
  let route: Route
  let signature: Signature
  private(set) var values: [String: [String]]
  private(set) var mistakes: [Problem.Mistake] = []

  init(route: Route, signature: Signature) {
    (self.route, self.signature) = (route, signature)
    values = route.fixed
  }

  /// What a request may say: neither what the route fixes, nor what it withholds, nor where the database is.
  static func offered(by route: Route, of signature: Signature) -> [Signature.Parameter] {
    signature.parameters.filter { parameter in
      !route.withheld.contains(parameter.name) && route.fixed[parameter.name] == nil
        && !["database", "server", "as", "format"].contains(parameter.name)
    }
  }

  /// Those of them that stand for a table of the body.
  static func tables(of route: Route, _ signature: Signature) -> [Signature.Parameter] {
    offered(by: route, of: signature).filter { tableNames.contains($0.name) && $0.value == .text }
  }

  private static let tableNames: Set = [
    "file", "holders", "tiers", "requests", "targets", "arrivals", "limits", "candidates", "weights",
    "gaps",
  ]

  /// The name of a parameter's table in a JSON body.
  static func tableKey(_ parameter: Signature.Parameter) -> String {
    parameter.name == "file" ? "rows" : parameter.key
  }

  private func parameter(_ key: String) -> Signature.Parameter? {
    let tables = Set(Self.tables(of: route, signature).map(\.name))
    return Self.offered(by: route, of: signature).first { $0.key == key && !tables.contains($0.name) }
  }

  /// Takes a value under the name that HTTP knows it by; `pointer` says where in a body it stood.
  mutating func take(_ key: String, _ texts: [String], pointer: String? = nil) {
    guard let parameter = parameter(key) else {
      return wrong(key, texts.first ?? "", "a parameter of this request", pointer)
    }
    guard values[parameter.name] == nil else {
      return wrong(key, texts.first ?? "", "each parameter once", pointer)
    }
    guard parameter.isRepeating || texts.count == 1 else {
      return wrong(key, texts.joined(separator: ", "), "one value", pointer)
    }
    for text in texts {
      if let expected = parameter.value.expectation(of: text) { return wrong(key, text, expected, pointer) }
    }
    if parameter.kind == .flag {
      if texts == ["true"] { values[parameter.name] = [] }
    } else {
      values[parameter.name] = texts
    }
  }

  mutating func wrong(_ field: String, _ found: String, _ expected: String, _ pointer: String? = nil) {
    mistakes.append(.init(pointer: pointer, field: field, found: found, expected: expected))
  }

  /// Fixes a value that the request left open.
  mutating func fill(_ name: String, _ text: String) { values[name] = [text] }

  /// All values; refused where one is wrong or missing.
  func finished(tables given: Set<String>) throws(Problem) -> [String: [String]] {
    var mistakes = mistakes
    let tables = Set(Self.tables(of: route, signature).map(\.name))
    for parameter in Self.offered(by: route, of: signature) where !parameter.isOptional {
      let isThere = values[parameter.name] != nil || given.contains(parameter.name)
      if !isThere {
        let key = tables.contains(parameter.name) ? Self.tableKey(parameter) : parameter.key
        if mistakes.contains(where: { $0.field == key }) { continue }
        mistakes.append(.init(field: key, found: "", expected: parameter.meaning))
      }
    }
    guard mistakes.isEmpty else {
      throw Problem(
        .badRequest,
        "request.parameters",
        "the request's parameters are not right",
        errors: mistakes
      )
    }
    return values
  }
}
