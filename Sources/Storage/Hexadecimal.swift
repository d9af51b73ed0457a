extension UnsignedInteger where Self: FixedWidthInteger {
  /// All its digits in hexadecimal, the zeros in front too.
  package var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: Self.bitWidth / 4 - digits.utf8.count) + digits
  }
}
