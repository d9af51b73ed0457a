extension UnsignedInteger where Self: FixedWidthInteger {
  /// All its digits in hexadecimal, the zeros in front too.
  package var hexadecimal: String {
    String(unsafeUninitializedCapacity: Self.bitWidth / 4) { digits in
      for place in 0..<Self.bitWidth / 4 {
        let digit = UInt8(truncatingIfNeeded: self >> (Self.bitWidth - 4 * (place + 1))) & 0xF
        digits[place] = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
      }
      return Self.bitWidth / 4
    }
  }
}
