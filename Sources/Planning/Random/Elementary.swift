/// Elementary functions made of IEEE 754 additions, multiplications, divisions and square roots only.
///
/// The C library's `exp` and `log` differ in their last bit between versions and processors, and one bit is
/// enough to change a simulated path. These give the same bits everywhere, to within 2 units in the last place.
package enum Elementary {
  private static let ln2High = 0.693147180369123816490
  private static let ln2Low = 1.90821492927058770002e-10

  /// eˣ: 2ᵏ·eʳ with |r| ≤ ln 2 / 2 and a Taylor polynomial of degree 13. 0 below −708, infinity above 709.
  @inline(__always)
  package static func exp(_ x: Double) -> Double {
    guard x > -708 else { return 0 }
    guard x < 709 else { return .infinity }
    let k = (x * 1.442695040888963387).rounded(.toNearestOrEven)
    let r = (x - k * ln2High) - k * ln2Low
    var sum = 1.0 / 6_227_020_800
    sum = sum * r + 1.0 / 479_001_600
    sum = sum * r + 1.0 / 39_916_800
    sum = sum * r + 1.0 / 3_628_800
    sum = sum * r + 1.0 / 362_880
    sum = sum * r + 1.0 / 40_320
    sum = sum * r + 1.0 / 5_040
    sum = sum * r + 1.0 / 720
    sum = sum * r + 1.0 / 120
    sum = sum * r + 1.0 / 24
    sum = sum * r + 1.0 / 6
    sum = sum * r + 0.5
    sum = (sum * r + 1) * r + 1
    return sum * Double(bitPattern: UInt64(Int64(k) + 1023) << 52)
  }

  /// The natural logarithm of a positive normal number, from 2·atanh((m − 1)/(m + 1)) with m in [√½, √2).
  @inline(__always)
  package static func log(_ x: Double) -> Double {
    let bits = x.bitPattern
    var exponent = Int64(bits >> 52) - 1023
    var m = Double(bitPattern: (bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000)
    if m > 1.414213562373095 {
      m *= 0.5
      exponent += 1
    }
    let f = (m - 1) / (m + 1)
    let s = f * f
    var sum = 1.0 / 21
    sum = sum * s + 1.0 / 19
    sum = sum * s + 1.0 / 17
    sum = sum * s + 1.0 / 15
    sum = sum * s + 1.0 / 13
    sum = sum * s + 1.0 / 11
    sum = sum * s + 1.0 / 9
    sum = sum * s + 1.0 / 7
    sum = sum * s + 1.0 / 5
    sum = sum * s + 1.0 / 3
    let e = Double(exponent)
    return e * ln2High + (e * ln2Low + 2 * f + 2 * f * s * sum)
  }

  /// ln Γ(x) for x > 0: Stirling's series above 7, the recurrence below.
  package static func logGamma(_ x: Double) -> Double {
    var x = x
    var product = 1.0
    while x < 7 {
      product *= x
      x += 1
    }
    let inverse = 1 / x
    let square = inverse * inverse
    let tail = ((1.0 / 1188 * -1) * square + 1.0 / 1680) * square - 1.0 / 1260
    let series = ((tail * square + 1.0 / 360) * square * -1 + 1.0 / 12) * inverse
    return (x - 0.5) * log(x) - x + 0.918938533204672742 + series - log(product)
  }
}
