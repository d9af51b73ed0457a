/// Minutes as they were written: digits without the point, and how many of them follow it.
struct DecimalMinutes {
  let mantissa: Int64
  let digits: Int

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    self.init(bytes, bytes.indices)
  }

  /// The minutes written at `range` of `bytes`.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    var mantissa: Int64 = 0
    var digits = 0
    var hasPoint = false
    var hasDigit = false
    for byte in bytes[range] {
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      guard byte >= 48, byte <= 57 else { return nil }
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int64(byte - 48))
      if overflow || carry { return nil }
      mantissa = sum
      hasDigit = true
      if hasPoint { digits += 1 }
    }
    guard hasDigit else { return nil }
    while digits > 0 && mantissa % 10 == 0 {
      mantissa /= 10
      digits -= 1
    }
    self.mantissa = mantissa
    self.digits = digits
  }

  init(mantissa: Int64, digits: Int) {
    self.mantissa = mantissa
    self.digits = digits
  }

  /// The same minutes in units of 10^-digits; nil when they do not fit.
  func scaled(_ digits: Int) -> Int64? {
    var value = mantissa
    for _ in self.digits..<max(self.digits, digits) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }
}
