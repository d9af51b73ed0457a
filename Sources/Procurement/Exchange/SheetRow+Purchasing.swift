package import Inventory

extension SheetRow {
  /// The cell, or nil where it is empty.
  func filled(_ column: String) -> String? {
    let text = text(column)
    return text.isEmpty ? nil : text
  }

  mutating func identifier(_ column: String, scheme: IdentifierScheme) -> String? {
    optional(column, expected: scheme.expectation) { scheme.accepts($0) ? $0 : nil }
  }

  /// Yes or no, as French and English spreadsheets write them.
  mutating func flag(_ column: String) -> Bool? {
    value(column, expected: "yes or no") { text in
      switch text.lowercased() {
      case "yes", "true", "1", "oui", "vrai": true
      case "no", "false", "0", "non", "faux": false
      default: nil
      }
    }
  }

  mutating func optionalFlag(_ column: String) -> Bool? {
    text(column).isEmpty ? nil : flag(column)
  }

  /// An amount in whole cents; nil where the cell is empty.
  mutating func optionalCents(_ column: String) -> Money? {
    optionalInteger(column, in: 0...Quantity.largest.units).map { Money(cents: $0) }
  }

  mutating func optionalQuantity(_ column: String) -> Quantity? {
    optionalInteger(column, in: 1...Quantity.largest.units).map { Quantity($0) }
  }

  /// A word of an enumeration, or the name of its case, compared without case, accents or spaces; nil where the cell
  /// is empty.
  mutating func optionalChoice<Choice>(_ column: String, of _: Choice.Type = Choice.self) -> Choice?
  where Choice: CaseIterable & RawRepresentable<String> {
    let words = Choice.allCases.map(\.rawValue)
    return optional(column, expected: "one of " + words.joined(separator: ", ")) { text in
      Choice.allCases.first { [$0.rawValue, "\($0)"].map(\.foldedName).contains(text.foldedName) }
    }
  }
}

extension Quantity {
  /// The largest quantity that a form takes: far above any need, far below what would overflow.
  package static let largest = Quantity(1_000_000_000_000)
}
