import Storage

/// An exact amount in hundredths of the currency's unit; the currency stands on the document.
package struct Money: Hashable, Sendable, RawRepresentable, Storable {
  package var rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
  package init(cents: Int64) { rawValue = cents }

  package static let zero = Money(cents: 0)
  package var cents: Int64 { rawValue }
}

extension Money: Comparable, AdditiveArithmetic {
  package static func < (left: Money, right: Money) -> Bool { left.rawValue < right.rawValue }
  package static func + (left: Money, right: Money) -> Money { Money(cents: left.cents + right.cents) }
  package static func - (left: Money, right: Money) -> Money { Money(cents: left.cents - right.cents) }
  package static func * (left: Money, times: Int64) -> Money { Money(cents: left.cents * times) }
}

extension Money: CustomStringConvertible {
  /// `1,234.50`: thousands by commas, two decimals.
  package var description: String {
    let (whole, cents) = rawValue.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(rawValue < 0 ? "-" : "")\(grouped(whole)).\(padded(Int(cents), 2))"
  }
}

/// Digits in groups of three.
func grouped(_ number: UInt64) -> String {
  let digits = Array(String(number))
  return String(
    digits.indices.flatMap { index in
      index > 0 && (digits.count - index).isMultiple(of: 3) ? [",", digits[index]] : [digits[index]]
    }
  )
}

extension Money: Codable {
  package init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(Int64.self)
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
