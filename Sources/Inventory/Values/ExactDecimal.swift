/// A decimal number as it was written, without rounding: digits ÷ 10^decimals.
package struct ExactDecimal: Equatable, Sendable {
  package let digits: Int64
  package let decimals: Int

  /// Reads `-12.50`; nil for anything else.
  package init?(_ text: String) {
    if text.isDigits {
      guard let digits = Int64(text) else { return nil }
      (self.digits, decimals) = (digits, 0)
      return
    }
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

extension ExactDecimal: CustomStringConvertible {
  package var description: String {
    guard decimals > 0 else { return String(digits) }
    let text = padded(Int(digits.magnitude), decimals + 1)
    return "\(digits < 0 ? "-" : "")\(text.dropLast(decimals)).\(text.suffix(decimals))"
  }
}

extension ExactDecimal: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let decimal = ExactDecimal(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a decimal number")
    }
    self = decimal
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension String {
  /// Whether it is digits and nothing else.
  var isDigits: Bool { !isEmpty && utf8.allSatisfy(\.isDigit) }
}
