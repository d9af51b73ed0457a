import Inventory

/// What a value must be.
package enum ValueKind: Sendable, Equatable {
  case day, boolean, code, text
  case integer(ClosedRange<Int>)
  /// Nil where no limits are known.
  case number(ClosedRange<Double>?)
  case choice([String])

  /// The greatest whole number that a request may name, above or below zero: beyond everything that is counted in a
  /// hospital network, and small enough that sums and products of a few of them stay within 64 bits.
  package static let greatest = 1_000_000_000_000
  /// A whole number of which nothing more is known.
  package static let wholeNumber = integer(-greatest...greatest)

  /// What a text must be, in words; nil for one that is.
  func expectation(of text: String) -> String? {
    switch self {
    case .integer(let range):
      Int(text).map(range.contains) == true
        ? nil : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      Double(text).map { $0.isFinite && range?.contains($0) != false } == true
        ? nil : range.map(Self.words) ?? "a number"
    case .day: Day(text) == nil ? "a day as 2026-03-01" : nil
    case .boolean: ["true", "false"].contains(text) ? nil : "true or false"
    case .code: Code<Never>(rawValue: text) == nil ? Code<Never>.expectation : nil
    case .text: text.utf8.count > 4_096 ? "at most 4096 bytes" : nil
    case .choice(let values): values.contains(text) ? nil : "one of \(values.joined(separator: ", "))"
    }
  }

  /// What a number between limits must be, in words.
  package static func words(_ range: ClosedRange<Double>) -> String {
    "a number from \(text(range.lowerBound)) to \(text(range.upperBound))"
  }

  static func text(_ bound: Double) -> String { Int(exactly: bound).map(String.init) ?? "\(bound)" }
}
