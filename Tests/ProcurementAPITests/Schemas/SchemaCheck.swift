import Tabular

@testable import ProcurementAPI

/// Compares JSON with a schema, more strictly than the schema asks for: a member that it does not name is a fault.
struct SchemaCheck {
  let schemas: [String: JSONValue]

  func faults(_ value: JSONValue, _ schema: JSONValue, at path: String = "") -> [String] {
    guard case .object(let rules) = schema else { return ["\(path): no schema"] }
    if case .string(let reference) = rules["$ref"] {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      return schemas[name].map { faults(value, $0, at: path) } ?? ["\(path): no schema \(name)"]
    }
    if case .array(let choices) = rules["anyOf"] {
      let found = choices.map { faults(value, $0, at: path) }
      return found.contains { $0.isEmpty } ? [] : found.min { $0.count < $1.count } ?? []
    }
    if case .array(let values) = rules["enum"], !values.map(\.text).contains(value.text) {
      return ["\(path): \(value.text) is not foreseen"]
    }
    guard case .string(let type) = rules["type"] else { return [] }
    return faults(value, of: type, rules, at: path)
  }

  private func faults(
    _ value: JSONValue,
    of type: String,
    _ rules: [String: JSONValue],
    at path: String
  ) -> [String] {
    switch (type, value) {
    case ("string", .string), ("integer", .integer), ("number", .integer), ("number", .number),
      ("boolean", .boolean), ("null", .null):
      return []
    case ("array", .array(let elements)):
      let items = rules["items"] ?? [:]
      return elements.enumerated().flatMap { faults($0.element, items, at: "\(path)/\($0.offset)") }
    case ("object", .object(let members)):
      return missing(members, rules, at: path)
        + members.sorted { $0.key < $1.key }.flatMap { member($0.key, $0.value, rules, at: path) }
    default: return ["\(path): \(value.text.prefix(60)) is no \(type)"]
    }
  }

  private func missing(_ members: [String: JSONValue], _ rules: [String: JSONValue], at path: String)
    -> [String]
  {
    guard case .array(let required) = rules["required"] else { return [] }
    return required.compactMap { name in
      guard case .string(let name) = name, members[name] == nil else { return nil }
      return "\(path)/\(name) is missing"
    }
  }

  private func member(_ name: String, _ value: JSONValue, _ rules: [String: JSONValue], at path: String)
    -> [String]
  {
    if case .object(let properties) = rules["properties"], let schema = properties[name] {
      return faults(value, schema, at: "\(path)/\(name)")
    }
    guard let schema = rules["additionalProperties"] else { return ["\(path)/\(name) is not foreseen"] }
    return faults(value, schema, at: "\(path)/\(name)")
  }
}
