import Tabular

/// A request for each operation, with what was answered to it: from a session that a test carries out.
struct OperationExamples: Sendable {
  struct Example: Sendable {
    var parameters: [String: JSONValue] = [:]
    var body: JSONValue?
    var answer: JSONValue?

    /// What the body says for a parameter that the query may say as well.
    func inBody(_ key: String) -> JSONValue? {
      guard case .object(let members) = body, let value = members[key] else { return nil }
      switch value {
      case .array, .object: return nil
      default: return value
      }
    }
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

  /// What stands for a parameter in any other request: a code of the same kind, a day.
  func value(of parameter: Signature.Parameter) -> JSONValue? {
    if parameter.kind == .flag { return .boolean(true) }
    if case .choice(let choices) = parameter.value { return choices.first.map { .string($0) } }
    let same = byRoute.sorted { $0.key < $1.key }.lazy.compactMap { $0.value.parameters[parameter.key] }
    return same.first { parameter.value.expectation(of: Self.text($0)) == nil }
      ?? parameter.standard.flatMap { parameter.value.expectation(of: $0) == nil ? Self.value($0) : nil }
      ?? Self.texts[parameter.key].map { .string($0) }
      ?? Self.plain(parameter.value)
  }

  /// What the session names nowhere.
  private static let texts = [
    "because": "the first in line cannot deliver", "corrects": "2020-10-12", "destination": "gustave-roussy",
    "innovation": "robots", "machine": "curie-mri-1", "organisation": "unicancer", "source": "osrm",
    "subject": "order CA-2020-00001",
  ]

  private static func plain(_ kind: ValueKind) -> JSONValue? {
    switch kind {
    case .integer(let range): .integer(range.contains(1) ? 1 : range.lowerBound)
    case .day: "2020-10-19"
    default: nil
    }
  }

  private static func text(_ value: JSONValue) -> String {
    if case .string(let text) = value { text } else { value.text }
  }

  private static func value(_ text: String) -> JSONValue { Int(text).map { .integer($0) } ?? .string(text) }

  subscript(route: Route) -> Example { byRoute["\(route.verb) \(route.path)"] ?? Example() }
}
