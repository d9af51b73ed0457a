import Foundation
import Tabular

/// The header or the claims of a JWT, each told by its name where it is not what it must be (RFC 7519 §4.1).
struct TokenPart {
  private let members: [String: JSONText.Value]

  /// Nil for what is no object in base64url; of members with one name none is taken for the other (RFC 7519 §4).
  init?(_ text: Substring) {
    guard let data = Data(base64URL: String(text)), let json = String(data: data, encoding: .utf8),
      case .object(let pairs)? = try? JSONText.parse(json).value
    else { return nil }
    var members: [String: JSONText.Value] = [:]
    for (key, text) in pairs where members.updateValue(text.value, forKey: key) != nil { return nil }
    self.members = members
  }

  func has(_ name: String) -> Bool { members[name] != nil }

  /// - Throws: `Problem` 401 that names what is missing, or is something else.
  func text(_ name: String) throws(Problem) -> String {
    guard case .string(let text) = try value(name), !text.isEmpty else { throw Self.wrong(name, "a text") }
    return text
  }

  /// One text or a list of them, as `aud` is.
  func texts(_ name: String) throws(Problem) -> [String] {
    guard case .array(let elements) = try value(name) else { return [try text(name)] }
    var texts: [String] = []
    for element in elements {
      guard case .string(let text) = element.value else { throw Self.wrong(name, "a text or a list of them") }
      texts.append(text)
    }
    return texts
  }

  /// Seconds since 1970.
  func number(_ name: String) throws(Problem) -> Double {
    guard case .number(let digits) = try value(name), let number = Double(digits), number.isFinite else {
      throw Self.wrong(name, "a number of seconds")
    }
    return number
  }

  private func value(_ name: String) throws(Problem) -> JSONText.Value {
    guard let value = members[name] else { throw OpenID.refusal("it has no “\(name)”") }
    return value
  }

  private static func wrong(_ name: String, _ expected: String) -> Problem {
    OpenID.refusal("its “\(name)” is not \(expected)")
  }
}
