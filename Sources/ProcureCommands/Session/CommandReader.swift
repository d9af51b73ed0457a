import ArgumentParser
import ProcurementAPI

/// Makes a command of what a call says, without the words of a command line in between: ArgumentParser describes a
/// command anew to parse it, which takes longer than most reads of the database.
///
/// The command's own `Decodable` conformance asks for each of its parameters and gets the value of the call, or the
/// default that the command's description tells. What cannot be read so is left to the parser, whose refusals are those of
/// a shell; so is everything where a value of the call is asked for by nobody.
struct CommandReader: Sendable {
  /// The texts of the defaults, by the names of the parameters.
  private let defaults: [String: String]
  /// A command that takes values by itself, as it is where nothing is said; nil for every other.
  private let unsaid: (any QuickCommand)?

  init(_ signature: Signature, of type: any ParsableCommand.Type) {
    let defaults = signature.parameters.reduce(into: [:]) { $0[$1.name] = $1.standard }
    self.defaults = defaults
    unsaid = (type as? any QuickCommand.Type)
      .flatMap { try? $0.read(Reading(values: [:], defaults: defaults)) as? any QuickCommand }
  }

  /// The command with its values, validated; nil where it takes the parser.
  func command(_ type: any ParsableCommand.Type, _ values: [String: [String]]) -> (any ParsableCommand)? {
    if let unsaid, let command = unsaid.taking(values) { return command }
    let reading = Reading(values: values, defaults: defaults)
    guard let command = try? type.read(reading), reading.untouched.isEmpty else { return nil }
    return command
  }

  /// The parameter whose value of the call is none; nil where every value can be read.
  func unread(_ type: any ParsableCommand.Type, _ values: [String: [String]]) -> String? {
    let reading = Reading(values: values, defaults: defaults)
    _ = try? type.read(reading)
    return reading.unread
  }
}

extension ParsableCommand {
  fileprivate static func read(_ reading: Reading) throws -> any ParsableCommand {
    try reading.arguments(Self.self)
  }
}

/// What a call says while one command is made of it.
private final class Reading: Decoder {
  let values: [String: [String]]
  let defaults: [String: String]
  /// The values that nothing has asked for yet.
  private(set) var untouched: Set<String>
  /// The parameter whose value was none of its type.
  private(set) var unread: String?

  init(values: [String: [String]], defaults: [String: String]) {
    (self.values, self.defaults) = (values, defaults)
    untouched = Set(values.keys)
  }

  func arguments<Arguments: ParsableArguments>(_ type: Arguments.Type) throws -> Arguments {
    var arguments = try type.init(from: self)
    try arguments.validate()
    return arguments
  }

  /// The value of a property.
  func value<Value>(of property: String) throws -> Value {
    let name = ParameterTypes.kebab(property)
    untouched.remove(name)
    if let texts = values[name] {
      do { return try Self.parsed(texts) } catch {
        unread = name
        throw error
      }
    }
    if let text = defaults[name] { return try Self.parsed([text]) }
    guard let none = (Value.self as? any Omittable.Type)?.omitted as? Value else { throw Unreadable() }
    return none
  }

  func isSet(_ property: String) throws -> Bool {
    let name = ParameterTypes.kebab(property)
    if let text = defaults[name], text != "false" { throw Unreadable() }
    return untouched.remove(name) != nil
  }

  private static func parsed<Value>(_ texts: [String]) throws -> Value {
    let parsed: Any
    switch Value.self {
    case let type as any Omittable.Type: parsed = try type.parsed(texts)
    case let type as any ExpressibleByArgument.Type: parsed = try type.parsed(texts)
    default: throw Unreadable()
    }
    guard let value = parsed as? Value else { throw Unreadable() }
    return value
  }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Parameters(reading: self))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Unreadable() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Unreadable() }
}

/// Something of a call that takes the parser.
private struct Unreadable: Error {}

/// The parameters of a command, as its `Decodable` conformance asks for them.
private struct Parameters<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let reading: Reading

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }
  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    guard let type = type as? any Parameter.Type,
      let value = try type.read(key.stringValue, reading) as? Value
    else { throw Unreadable() }
    return value
  }

  func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<
    Nested
  > {
    throw Unreadable()
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw Unreadable() }
  func superDecoder() throws -> any Decoder { throw Unreadable() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw Unreadable() }
}

/// A wrapper of ArgumentParser that a value can be put into.
private protocol Parameter { static func read(_ property: String, _ reading: Reading) throws -> Self }

/// A wrapper of a value that is a text.
private protocol TextParameter: Parameter {
  associatedtype Value
  static var empty: Self { get }
  var wrappedValue: Value { get set }
}

extension TextParameter {
  fileprivate static func read(_ property: String, _ reading: Reading) throws -> Self {
    var parameter = empty
    parameter.wrappedValue = try reading.value(of: property)
    return parameter
  }
}

extension Option: TextParameter {
  fileprivate static var empty: Self { Self(name: anyName, transform: { _ in throw Unreadable() }) }
}

/// A wrapper that has its value needs no name; without one it would make its own.
private let anyName = NameSpecification.long

extension Argument: TextParameter {
  fileprivate static var empty: Self { Self(transform: { _ in throw Unreadable() }) }
}

extension Flag: Parameter {
  fileprivate static func read(_ property: String, _ reading: Reading) throws -> Self {
    let isSet = try reading.isSet(property)
    var flag = Flag<Bool>(wrappedValue: isSet)
    flag.wrappedValue = isSet
    guard let flag = flag as? Self else { throw Unreadable() }
    return flag
  }
}

extension OptionGroup: Parameter {
  fileprivate static func read(_ property: String, _ reading: Reading) throws -> Self {
    var group = Self(title: "")
    group.wrappedValue = try reading.arguments(Value.self)
    return group
  }
}

/// A value that may be left out where no default is told.
private protocol Omittable {
  static var omitted: Self { get }
  static func parsed(_ texts: [String]) throws -> Self
}

extension ExpressibleByArgument {
  fileprivate static func parsed(_ texts: [String]) throws -> Self {
    guard texts.count == 1, let value = Self(argument: texts[0]) else { throw Unreadable() }
    return value
  }
}

extension Optional: Omittable where Wrapped: ExpressibleByArgument {
  fileprivate static var omitted: Self { nil }
  fileprivate static func parsed(_ texts: [String]) throws -> Self { try Wrapped.parsed(texts) }
}

extension Array: Omittable where Element: ExpressibleByArgument {
  fileprivate static var omitted: Self { [] }
  fileprivate static func parsed(_ texts: [String]) throws -> Self {
    // An empty list for a parameter that is required is refused by the parser.
    guard !texts.isEmpty else { throw Unreadable() }
    return try texts.map { try Element.parsed([$0]) }
  }
}
