import Inventory

extension Money {
  /// `1234.50`: as machines exchange it.
  package var decimal: String {
    let digits = String(cents.magnitude)
    let filled = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    return "\(cents < 0 ? "-" : "")\(filled.dropLast(2)).\(filled.suffix(2))"
  }
}
