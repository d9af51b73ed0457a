import Foundation
import Tabular
import Testing

@testable import ProcurementAPI

/// A step of the session as an example of the description. The program holds them in a file that this writes with
/// PROCURE_WRITE_SCENARIOS; otherwise the requests in it must be those of the session.
struct SessionExample {
  private let step: AnswerTests.Step
  private let values: [String: String]
  private let reply: Reply

  init(_ step: AnswerTests.Step, _ values: [String: String], _ reply: Reply) {
    (self.step, self.values, self.reply) = (step, values, reply)
  }

  var value: JSONValue {
    let query = (try? RequestTarget(step.path).query) ?? []
    let given = values.map { ($0.key, $0.value) } + query.map { ($0.name, $0.value) }
    let parameters = Dictionary(given) { first, _ in first }.mapValues(Self.scalar)
    var members: [String: JSONValue] = ["parameters": .object(parameters)]
    if let body = step.body.flatMap({ try? JSONText.parse($0) }) { members["body"] = JSONValue(body) }
    if let answer = try? JSONText.parse(reply.text), reply.header("Content-Type") == "application/json" {
      members["answer"] = Self.shortened(JSONValue(answer))
    }
    return .object(members)
  }

  private static func scalar(_ text: String) -> JSONValue {
    if let number = Int(text) { return .integer(number) }
    return ["true", "false"].contains(text) ? .boolean(text == "true") : .string(text)
  }

  /// The first two of any list are enough; what is secret is nobody's example.
  private static func shortened(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): .array(elements.prefix(2).map(shortened))
    case .object(let members):
      .object(
        Dictionary(
          uniqueKeysWithValues: members.map { ($0, $0 == "secret" ? "prc_…" : shortened($1)) }
        )
      )
    default: value
    }
  }

  static func compare(_ examples: [String: JSONValue]) throws {
    if ProcessInfo.processInfo.environment["PROCURE_WRITE_SCENARIOS"] != nil {
      let lines = examples.sorted { $0.key < $1.key }
        .map { "\(JSONValue.string($0.key).text): \($0.value.text)" }
      let file = Sample.root.appending(path: "Sources/ProcurementAPI/OpenAPI/examples.json")
      let text = "{\n\(lines.joined(separator: ",\n"))\n}\n"
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let kept = OperationExamples.embedded.byRoute
    #expect(Set(kept.keys) == Set(examples.keys))
    for (name, example) in examples {
      guard case .object(let members) = example else { continue }
      #expect(kept[name]?.body?.text == members["body"]?.text, "\(name)")
      #expect(JSONValue.object(kept[name]?.parameters ?? [:]).text == members["parameters"]?.text, "\(name)")
    }
  }
}
