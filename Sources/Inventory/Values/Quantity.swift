import Storage

/// An exact number of an item's base units.
package struct Quantity: Hashable, Sendable, RawRepresentable, Storable {
  package var rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
  package init(_ units: Int64) { rawValue = units }

  package static let zero = Quantity(0)
  package var units: Int64 { rawValue }

  /// Whole packs of `units` needed or filled. `size` is positive.
  package func packs(of size: Quantity, rounding: Rounding) -> Int64 {
    rounding.divide(rawValue, by: size.rawValue)
  }
}

extension Quantity: Comparable, AdditiveArithmetic {
  package static func < (left: Quantity, right: Quantity) -> Bool { left.rawValue < right.rawValue }
  package static func + (left: Quantity, right: Quantity) -> Quantity { Quantity(left.units + right.units) }
  package static func - (left: Quantity, right: Quantity) -> Quantity { Quantity(left.units - right.units) }
  package static func * (left: Quantity, times: Int64) -> Quantity { Quantity(left.units * times) }
  package static prefix func - (quantity: Quantity) -> Quantity { Quantity(-quantity.units) }
}

extension Quantity: CustomStringConvertible {
  package var description: String { "\(rawValue < 0 ? "-" : "")\(grouped(rawValue.magnitude))" }
}

extension Quantity: Codable {
  package init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(Int64.self)
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// How an integer division ends: every division of a quantity or an amount names it.
package enum Rounding: Sendable {
  case down, up
  /// Halves go away from zero, as on an invoice.
  case halfUp

  /// `number` ÷ `divisor`, for a positive divisor.
  package func divide(_ number: Int64, by divisor: Int64) -> Int64 {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    switch self {
    case .down: return remainder < 0 ? quotient - 1 : quotient
    case .up: return remainder > 0 ? quotient + 1 : quotient
    case .halfUp:
      guard remainder.magnitude >= divisor.magnitude - remainder.magnitude else { return quotient }
      return number < 0 ? quotient - 1 : quotient + 1
    }
  }
}
