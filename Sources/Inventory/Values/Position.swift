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

/// A decimal number as it was written, without rounding.
package struct ExactDecimal: Equatable, Sendable {
  package let digits: Int64
  package let decimals: Int

  /// Reads `-12.50`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = parts.first, whole.last?.isNumber == true,
      parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }),
      let digits = Int64(parts.joined())
    else { return nil }
    self.digits = digits
    decimals = parts.dropFirst().first?.count ?? 0
  }

  /// The number times 10^decimals; nil when digits would be lost or it does not fit.
  package func scaled(toDecimals wanted: Int) -> Int64? {
    guard wanted >= decimals else { return nil }
    return (decimals..<wanted).reduce(digits as Int64?) { number, _ in
      number.flatMap { value in
        let (result, overflow) = value.multipliedReportingOverflow(by: 10)
        return overflow ? nil : result
      }
    }
  }
}
