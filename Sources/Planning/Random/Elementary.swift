/// Elementary functions made of IEEE 754 additions, multiplications, divisions and square roots only.
///
/// The C library's `exp` and `log` differ in their last bit between versions and processors, and one bit is
/// enough to change a simulated path. These give the same bits everywhere, to within 2 units in the last place.
package enum Elementary {
  private static let ln2High = 0.693147180369123816490
  private static let ln2Low = 1.90821492927058770002e-10

  /// 1.5·2⁵²: adding it and taking it away rounds a number below 2⁵¹ to the nearest whole one.
  private static let rounder = 6_755_399_441_055_744.0

  /// eˣ: 2ᵏ·eʳ with |r| ≤ ln 2 / 2 and a Taylor polynomial of degree 13, its terms in pairs so that a processor
  /// computes them side by side (Estrin's scheme). 0 below −708, infinity above 709.
  @inline(__always)
  package static func exp(_ x: Double) -> Double {
    guard x > -708 else { return 0 }
    guard x < 709 else { return .infinity }
    let k = (x * 1.442695040888963387 + rounder) - rounder
    let r = (x - k * ln2High) - k * ln2Low
    let r2 = r * r
    let r4 = r2 * r2
    let low = (1 + r) + (0.5 + r * (1.0 / 6)) * r2
    let middle = (1.0 / 24 + r * (1.0 / 120)) + (1.0 / 720 + r * (1.0 / 5_040)) * r2
    let high = (1.0 / 40_320 + r * (1.0 / 362_880)) + (1.0 / 3_628_800 + r * (1.0 / 39_916_800)) * r2
    let top = 1.0 / 479_001_600 + r * (1.0 / 6_227_020_800)
    let sum = (low + middle * r4) + (high + top * r4) * (r4 * r4)
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
    let s2 = s * s
    let s4 = s2 * s2
    let low = (1.0 / 3 + s * (1.0 / 5)) + (1.0 / 7 + s * (1.0 / 9)) * s2
    let high = (1.0 / 11 + s * (1.0 / 13)) + (1.0 / 15 + s * (1.0 / 17)) * s2
    let sum = low + (high + (1.0 / 19 + s * (1.0 / 21)) * s4) * s4
    let e = Double(exponent)
    return e * ln2High + (e * ln2Low + 2 * f + 2 * f * s * sum)
  }

  /// The sine of an angle in full turns, to 10⁻⁹: Taylor's polynomial of degree 13 on a quarter turn.
  static func sine(turns: Double) -> Double {
    var turn = turns - turns.rounded(.down)
    if turn > 0.75 { turn -= 1 } else if turn > 0.25 { turn = 0.5 - turn }
    let x = turn * 6.283185307179586
    let square = x * x
    let tail = 1.0 / 362_880 - square * (1.0 / 39_916_800 - square * (1.0 / 6_227_020_800))
    return x * (1 - square * (1.0 / 6 - square * (1.0 / 120 - square * (1.0 / 5_040 - square * tail))))
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
