/// A place on the earth in millionths of a degree (about 0.1 m), so that it is stored and compared exactly.
package struct Position: Hashable, Sendable, Codable {
  /// North is positive.
  package var latitude: Int64
  /// East is positive.
  package var longitude: Int64

  package init?(latitude: Int64, longitude: Int64) {
    guard latitude.magnitude <= 90_000_000, longitude.magnitude <= 180_000_000 else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Millionths of a degree from a decimal text; nil when it is no number or has more than six decimals.
  package static func microdegrees(_ text: String) -> Int64? {
    ExactDecimal(text)?.scaled(toDecimals: 6)
  }
}

extension Position: CustomStringConvertible {
  /// `45.740500, 4.880000`: degrees with six decimals.
  package var description: String { "\(Self.degrees(latitude)), \(Self.degrees(longitude))" }

  private static func degrees(_ microdegrees: Int64) -> String {
    let (whole, rest) = microdegrees.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    return "\(microdegrees < 0 ? "-" : "")\(whole).\(padded(Int(rest), 6))"
  }
}
