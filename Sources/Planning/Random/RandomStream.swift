/// A seeded stream of random numbers, the same on every machine: xoshiro256++ 1.0 (Blackman and Vigna, 2019).
///
/// Period 2²⁵⁶ − 1; about a nanosecond a number. Distributions use `Elementary` alone, never the C library.
package struct RandomStream: RandomNumberGenerator, Sendable {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  package init(seed: UInt64) {
    var seeder = SplitMix64(seed: seed)
    a = seeder.next()
    b = seeder.next()
    c = seeder.next()
    d = seeder.next()
  }

  @inline(__always)
  package mutating func next() -> UInt64 {
    let sum = a &+ d
    let result = ((sum << 23) | (sum >> 41)) &+ a
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 45) | (d >> 19)
    return result
  }

  /// Uniform in (0, 1): 52 random bits, never 0 and never 1.
  @inline(__always)
  package mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// Uniform in 0..<count (Lemire's multiplication; the bias is under count / 2⁶⁴).
  @inline(__always)
  package mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
