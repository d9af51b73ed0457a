/// An exact rational number, in lowest terms, with a positive denominator.
///
/// Shares of a scarce supply are compared and added exactly: a rounding happens only where a line says so.
/// 128 bits hold any of them while quantities stay within `SharingLimits`.
package struct Fraction: Hashable, Comparable, Sendable {
  package let numerator: Int128
  package let denominator: Int128

  /// `numerator / denominator`; the denominator is not zero.
  package init(_ numerator: Int128, _ denominator: Int128 = 1) {
    precondition(denominator != 0, "a fraction has a denominator")
    let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  package init(_ value: Int) { self.init(Int128(value)) }
  package init(_ numerator: Int, over denominator: Int) { self.init(Int128(numerator), Int128(denominator)) }

  package static let zero = Self(Int128(0))

  package static func + (a: Self, b: Self) -> Self {
    Self(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  package static func - (a: Self, b: Self) -> Self {
    Self(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)
  }

  package static func * (a: Self, b: Self) -> Self {
    Self(a.numerator * b.numerator, a.denominator * b.denominator)
  }

  package static func / (a: Self, b: Self) -> Self {
    Self(a.numerator * b.denominator, a.denominator * b.numerator)
  }

  package static func < (a: Self, b: Self) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }

  /// The greatest whole number that is not above this one.
  package var roundedDown: Int {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Int(remainder < 0 ? quotient - 1 : quotient)
  }

  /// The least whole number that is not below this one.
  package var roundedUp: Int {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Int(remainder > 0 ? quotient + 1 : quotient)
  }

  /// What is left above `roundedDown`: in [0, 1).
  package var fractionalPart: Self { self - Self(roundedDown) }

  package var isWhole: Bool { denominator == 1 }

  /// For display only: the nearest binary number.
  package var approximate: Double { Double(numerator) / Double(denominator) }

  private static func greatestCommonDivisor(_ a: UInt128, _ b: UInt128) -> Int128 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return Int128(a)
  }
}

extension Fraction: CustomStringConvertible {
  package var description: String { isWhole ? "\(numerator)" : "\(numerator)/\(denominator)" }

  /// Written with `places` decimals, rounded half away from zero.
  package func decimal(places: Int) -> String {
    let scale = (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
    let doubled = 2 * numerator.magnitude * UInt128(scale) + denominator.magnitude
    let digits = String(doubled / (2 * denominator.magnitude))
    let sign = numerator < 0 && digits.contains { $0 != "0" } ? "-" : ""
    guard places > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }
}
