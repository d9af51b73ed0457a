@_spi(Reflection) import Swift

@testable import ProcurementAPI

/// Makes JSON Schemas of types whose JSON is what the compiler derives: a member for each stored property.
///
/// Types that write themselves in another way say how by `Described`. A kind of type that is not foreseen ends up in
/// `unforeseen`, so that none is passed over.
struct TypeSchemas {
  private(set) var components: [String: JSONValue] = [:]
  private(set) var unforeseen: Set<String> = []

  mutating func schema(of type: Any.Type) -> JSONValue {
    if let described = type as? any Described.Type { return described.schema }
    switch type as? any Wrapping.Type {
    case let wrapping?: return wrapping.schema { schema(of: $0) }
    case nil: break
    }
    if let cases = type as? any CaseIterable.Type, let texts = Self.texts(of: cases) {
      return ["type": "string", "enum": .array(texts.map { .string($0) })]
    }
    if let raw = type as? any RawRepresentable.Type { return schema(of: Self.rawValue(of: raw)) }
    return component(type)
  }

  private mutating func component(_ type: Any.Type) -> JSONValue {
    let name = Self.name(of: type)
    let reference: JSONValue = ["$ref": .string("#/components/schemas/\(name)")]
    guard components[name] == nil else { return reference }
    components[name] = [:]
    guard let members = Self.members(of: type) else {
      unforeseen.insert(name)
      return reference
    }
    var properties: [String: JSONValue] = [:]
    for (name, member) in members {
      properties[name] = schema(of: (member as? any Absent.Type)?.present ?? member)
    }
    let leftOut = (type as? any LeavingOut.Type)?.leftOut ?? []
    let required = members.filter { !($0.type is any Absent.Type) && !leftOut.contains($0.name) }
      .map(\.name).sorted()
    components[name] = [
      "type": "object", "properties": .object(properties), "required": .array(required.map { .string($0) }),
    ]
    return reference
  }

  /// The stored properties of a structure; nil for what has none, as an enumeration.
  private static func members(of type: Any.Type) -> [(name: String, type: Any.Type)]? {
    var members: [(name: String, type: Any.Type)] = []
    _forEachField(of: type) { name, _, type, _ in
      members.append((String(cString: name), type))
      return true
    }
    return members.isEmpty ? nil : members
  }

  private static func texts<Cases: CaseIterable>(of _: Cases.Type) -> [String]? {
    let texts = Cases.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    return texts.count == Cases.allCases.count ? texts : nil
  }

  private static func rawValue<Raw: RawRepresentable>(of _: Raw.Type) -> Any.Type { Raw.RawValue.self }

  /// `Campaign.Terms`: the name below its module.
  private static func name(of type: Any.Type) -> String {
    let full = String(reflecting: type).split(separator: ".").dropFirst().joined(separator: ".")
    return full.filter { $0.isLetter || $0.isNumber || $0 == "." }
  }
}

/// A type that writes some members only where there is something in them.
protocol LeavingOut { static var leftOut: Set<String> { get } }

/// A type that holds others.
private protocol Wrapping {
  static func schema(_ schema: (Any.Type) -> JSONValue) -> JSONValue
}
extension Array: Wrapping {
  fileprivate static func schema(_ schema: (Any.Type) -> JSONValue) -> JSONValue {
    ["type": "array", "items": schema(Element.self)]
  }
}
extension Set: Wrapping {
  fileprivate static func schema(_ schema: (Any.Type) -> JSONValue) -> JSONValue {
    ["type": "array", "items": schema(Element.self)]
  }
}
extension Optional: Wrapping {
  fileprivate static func schema(_ schema: (Any.Type) -> JSONValue) -> JSONValue {
    ["anyOf": [schema(Wrapped.self), ["type": "null"]]]
  }
}
extension Dictionary: Wrapping {
  /// Keys that are neither texts nor declared to be like texts stand before their values in a list.
  fileprivate static func schema(_ schema: (Any.Type) -> JSONValue) -> JSONValue {
    guard Key.self == String.self || Key.self is any CodingKeyRepresentable.Type else {
      return ["type": "array", "items": ["anyOf": [schema(Key.self), schema(Value.self)]]]
    }
    return ["type": "object", "additionalProperties": schema(Value.self)]
  }
}

/// A type whose value may be left out of an object.
private protocol Absent { static var present: Any.Type { get } }
extension Optional: Absent { fileprivate static var present: Any.Type { Wrapped.self } }
