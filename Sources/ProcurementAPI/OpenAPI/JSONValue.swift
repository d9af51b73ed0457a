import Tabular

/// JSON to be written: members in the order of their names.
indirect enum JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, Sendable
{
  case string(String)
  case integer(Int)
  /// As it was written.
  case number(String)
  case boolean(Bool)
  case null
  case array([JSONValue])
  case object([String: JSONValue])

  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .integer(value) }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }

  /// What was read.
  init(_ text: JSONText) {
    self =
      switch text.value {
      case .string(let text): .string(text)
      case .number(let digits): Int(digits).map { .integer($0) } ?? .number(digits)
      case .word("null"): .null
      case .word(let word): .boolean(word == "true")
      case .array(let elements): .array(elements.map { JSONValue($0) })
      case .object(let members):
        .object(Dictionary(members.map { ($0.key, JSONValue($0.value)) }) { _, last in last })
      }
  }

  var text: String {
    switch self {
    case .string(let text): Self.quoted(text)
    case .integer(let number): "\(number)"
    case .number(let digits): digits
    case .boolean(let value): "\(value)"
    case .null: "null"
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }.map { Self.quoted($0.key) + ":" + $0.value.text }.joined(
          separator: ","
        )
        + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    let body = text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return "\"\(body)\""
  }

  /// With members of another object, which win.
  func with(_ more: [String: JSONValue]) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.merging(more) { _, new in new })
  }
}
