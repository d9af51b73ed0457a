import Tabular

/// Whether our reader takes a text as a number of JSON.
enum JSONNumbers {
  static func isTaken(_ text: String) -> Bool {
    if case .number(text)? = try? JSONText.parse(text).value { true } else { false }
  }
}
