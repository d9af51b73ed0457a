package import Inventory

extension Money {
  package static var expectation: String { "an amount as 1234.50, not negative, at most two decimals" }

  /// Reads `1234`, `1234.5`, `1234.50` or `1234,50`; nil for anything else, for a negative amount and beyond
  /// thirteen digits before the decimals.
  package init?(decimal text: String) {
    let halves = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard halves.count <= 2, let whole = halves.first, (1...13).contains(whole.utf8.count), isNumber(whole)
    else { return nil }
    let decimals = halves.count == 2 ? halves[1] : ""
    guard decimals.utf8.count <= 2, isNumber(decimals), !(halves.count == 2 && decimals.isEmpty) else {
      return nil
    }
    let padded = decimals + String(repeating: "0", count: 2 - decimals.utf8.count)
    guard let cents = Int64(whole + padded) else { return nil }
    self.init(cents: cents)
  }

  /// `1234.50`: as machines exchange it.
  package var decimal: String {
    let digits = String(cents.magnitude)
    let filled = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    return "\(cents < 0 ? "-" : "")\(filled.dropLast(2)).\(filled.suffix(2))"
  }
}

private func isNumber(_ text: Substring) -> Bool {
  text.utf8.allSatisfy { (48...57).contains($0) }
}
