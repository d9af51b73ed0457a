import HTTPTypes
import Tabular
import Testing

@testable import ProcurementAPI

/// Holds what a server answered against what its description says.
enum AnswerCheck {
  private static let components = AnswerSchemas.embedded.schemas.merging(OpenAPIComponents.own) { _, own in
    own
  }

  /// Called with every answer that a test gets: none may differ from the description.
  static func expect(_ reply: Reply, isAnswerTo method: String, _ path: String) {
    #expect(faults(reply, method, path) == [], "\(method) \(path): \(reply.text.prefix(400))")
  }

  private static func faults(_ reply: Reply, _ method: String, _ path: String) -> [String] {
    let type = reply.header("Content-Type")
    if type == "application/problem+json" {
      return faults(reply, ["$ref": "#/components/schemas/Problem"])
    }
    guard let (route, _) = route(method, path), reply.status < 300 else { return [] }
    if reply.status == 202, route.mayBeLeft {
      return faults(reply, AnswerSchemas.embedded.operations["job show"] ?? [:])
    }
    let made = route.replacesItsSubject && reply.status == 201
    guard reply.status == route.success.code || made else {
      return ["status \(reply.status) is not foreseen"]
    }
    guard route.content == .values, type == "application/json" else { return [] }
    let words = route.words.joined(separator: " ")
    return faults(reply, AnswerSchemas.embedded.operations[words] ?? [:])
  }

  static func route(_ method: String, _ path: String) -> (Route, values: [String: String])? {
    guard let method = HTTPRequest.Method(method), let target = try? RequestTarget(path),
      case .route(let route, let values) = RouteTable.all.find(method, target.segments)
    else { return nil }
    return (route, values)
  }

  private static func faults(_ reply: Reply, _ schema: JSONValue) -> [String] {
    guard let text = try? JSONText.parse(reply.text) else { return ["not JSON"] }
    return SchemaCheck(schemas: components).faults(JSONValue(text), schema)
  }
}
