import Inventory

/// What a value must be.
package enum ValueKind: Sendable, Equatable {
  case integer, number, day, boolean, code, text
  case choice([String])

  /// What a text must be, in words; nil for one that is.
  func expectation(of text: String) -> String? {
    switch self {
    case .integer: Int64(text) == nil ? "a whole number of at most 64 bits" : nil
    case .number: Double(text)?.isFinite == true ? nil : "a number"
    case .day: Day(text) == nil ? "a day as 2026-03-01" : nil
    case .boolean: ["true", "false"].contains(text) ? nil : "true or false"
    case .code: Code<Never>(rawValue: text) == nil ? Code<Never>.expectation : nil
    case .text: text.utf8.count > 4_096 ? "at most 4096 bytes" : nil
    case .choice(let values): values.contains(text) ? nil : "one of \(values.joined(separator: ", "))"
    }
  }
}
