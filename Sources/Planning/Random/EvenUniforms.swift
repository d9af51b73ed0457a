/// Uniform numbers for simulated paths that fill 0…1 more evenly than chance would: in step s path i has the
/// fractional part of cₛ + i·√pₛ, pₛ the s-th prime and cₛ drawn at random (Kronecker's sequence with the random
/// shift of Cranley and Patterson, 1976).
///
/// Each number by itself is exactly uniform, so that means are without bias; quantiles of some hundred paths
/// come out about as exact as those of four times as many independent ones.
struct EvenUniforms {
  private let shifts: [UInt64]

  /// Shifts for the steps that have a root of their own; a later step has none, and draws at random.
  init(steps: Int, using random: inout RandomStream) {
    shifts = (0..<min(steps, Self.roots.count)).map { _ in random.next() }
  }

  /// The number of `path` in `step`.
  @inline(__always)
  func uniform(path: Int, step: Int, using random: inout RandomStream) -> Double {
    guard step < shifts.count else { return random.uniform() }
    let bits = shifts[step] &+ UInt64(truncatingIfNeeded: path) &* Self.roots[step]
    return (Double(bits >> 12) + 0.5) * 0x1p-52
  }

  /// The fractional parts of the square roots of the first primes, in units of 2⁻⁶⁴.
  private static let roots: [UInt64] = {
    var primes: [Int] = []
    var candidate = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { prime in
      let root = Double(prime).squareRoot()
      return UInt64((root - root.rounded(.down)) * 0x1p52) << 12
    }
  }()
}
