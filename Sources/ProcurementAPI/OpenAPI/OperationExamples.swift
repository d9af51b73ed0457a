import Tabular

/// A request for each operation, with what was answered to it: from a session that a test carries out.
struct OperationExamples: Sendable {
  struct Example: Sendable {
    var parameters: [String: JSONValue] = [:]
    var body: JSONValue?
    var answer: JSONValue?
  }

  /// By method and path, as `GET /v1/centres/{code}`.
  private(set) var byRoute: [String: Example] = [:]

  static let embedded = OperationExamples(String(decoding: PackageResources.examples_json, as: UTF8.self))

  private init(_ text: String) {
    guard let parsed = try? JSONText.parse(text), case .object(let file) = JSONValue(parsed) else { return }
    byRoute = file.mapValues { entry in
      guard case .object(let members) = entry else { return Example() }
      var example = Example(body: members["body"], answer: members["answer"])
      if case .object(let parameters) = members["parameters"] { example.parameters = parameters }
      return example
    }
  }

  subscript(route: Route) -> Example { byRoute["\(route.verb) \(route.path)"] ?? Example() }
}
