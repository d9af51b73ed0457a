package import Planning

/// A figure of a plan: exact inside, shown and written with a stated number of decimals, halves away from zero.
package struct ExactFigure: Hashable, Sendable {
  package let value: Fraction

  package init(_ value: Fraction) { self.value = value }
  package init(_ value: Int64) { self.value = Fraction(Int128(value)) }

  package func text(places: Int = 1) -> String { value.decimal(places: places) }
}

extension ExactFigure: Codable {
  /// Written with four decimals, as text, so that nothing rounds it again.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value.decimal(places: 4))
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let decimal = ExactDecimal(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a decimal number")
    }
    value = decimal.fraction
  }
}

extension ExactDecimal {
  /// The same number as a fraction.
  package var fraction: Fraction {
    let scale = (0..<decimals).reduce(Int128(1)) { power, _ in power * 10 }
    return Fraction(Int128(digits), scale)
  }
}
