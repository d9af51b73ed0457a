/// The numbering schemes of the outside world, with their check digits.
package enum IdentifierScheme: String, Sendable, CaseIterable {
  case finess, siret, gln, gtin, sscc

  /// Whether the text is a number of the scheme.
  package func accepts(_ text: String) -> Bool {
    let digits = text.utf8.map { Int64($0) - 48 }
    guard lengths.contains(digits.count), digits.allSatisfy({ (0...9).contains($0) }) else { return false }
    return switch self {
    case .finess: true
    case .siret: Self.luhnSum(digits).isMultiple(of: 10)
    case .gln, .gtin, .sscc: Self.checkDigit(of: digits.dropLast()) == digits.last
    }
  }

  package var expectation: String {
    switch self {
    case .finess: "a FINESS number of 9 digits"
    case .siret: "a SIRET number of 14 digits with a valid key"
    case .gln: "a GLN of 13 digits with a valid check digit"
    case .gtin: "a GTIN of 8, 12, 13 or 14 digits with a valid check digit"
    case .sscc: "an SSCC of 18 digits with a valid check digit"
    }
  }

  private var lengths: [Int] {
    switch self {
    case .finess: [9]
    case .siret: [14]
    case .gln: [13]
    case .gtin: [8, 12, 13, 14]
    case .sscc: [18]
    }
  }

  /// The GS1 check digit: weights 3 and 1 from the right, complement to the next ten.
  ///
  /// Source: GS1 General Specifications, section 7.9.
  package static func checkDigit(of digits: some BidirectionalCollection<Int64>) -> Int64 {
    let sum = digits.reversed().enumerated().reduce(0) { sum, place in
      sum + place.element * (place.offset.isMultiple(of: 2) ? 3 : 1)
    }
    return (10 - sum % 10) % 10
  }

  /// Luhn's sum: every second digit from the right doubled, its own digits added.
  private static func luhnSum(_ digits: [Int64]) -> Int64 {
    digits.reversed().enumerated().reduce(0) { sum, place in
      let value = place.offset.isMultiple(of: 2) ? place.element : place.element * 2
      return sum + (value > 9 ? value - 9 : value)
    }
  }
}
