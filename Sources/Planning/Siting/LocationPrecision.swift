/// How the integer costs of a plan are held in floating point so that bounds stay proofs.
///
/// Every cost and multiplier is a multiple of `grid`, a power of two chosen so that a plan's cost is below
/// 2^51 of it: all sums are then exact. Costs too large for that are rounded *down* to the grid, which keeps
/// every bound valid and costs at most one part in 2^51 of the objective per client.
struct LocationPrecision: Sendable, Equatable {
  let grid: Double
  private let shift: Int
  /// Two plans of different cost differ by at least this; zero when costs had to be rounded.
  var unit: Double { shift == 0 ? 1 : 0 }
  /// What rounding may hide, relatively.
  var relative: Double { shift == 0 ? 0 : 1e-9 }

  /// For plans that cost at most `greatest`.
  init(greatest: Int128) {
    let bits = Int128.bitWidth - max(1, greatest).leadingZeroBitCount
    let exponent = max(-12, bits - 51)
    shift = max(0, exponent)
    grid = exponent < 0 ? 1 / Double(1 << -exponent) : Double(Int128(1) << exponent)
  }

  /// `value` as a multiple of the grid, rounded down.
  func cost(_ value: Int128) -> Double { Double((value >> shift) << shift) }
}
