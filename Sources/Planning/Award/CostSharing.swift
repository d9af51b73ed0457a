/// Divides a cost over members: each in proportion to its weight, but none above its cap while others have
/// room. What the caps cut off goes to the members with room, in proportion to the room they have.
///
/// Parts add up to the total exactly: each is rounded down and the cents left go to the largest remainders,
/// earlier members first. Where the caps add up to less than the total, everyone pays the cap and the rest
/// is divided by weight.
enum CostSharing {
  static func parts(of total: Int, weights: [Int], caps: [Int?]) -> [Int] {
    var parts = proportional(total, weights)
    let excess = zip(parts, caps).reduce(0) { $0 + max(0, $1.0 - ($1.1 ?? $1.0)) }
    guard excess > 0 else { return parts }
    parts = zip(parts, caps).map { min($0, $1 ?? $0) }
    let rooms = zip(parts, caps).map { part, cap in cap.map { $0 - part } ?? 0 }
    let room = rooms.reduce(0, +)
    let absorbed = zip(parts, proportional(min(excess, room), rooms)).map { $0 + $1 }
    guard excess > room else { return absorbed }
    let free = zip(weights, caps).map { $1 == nil ? $0 : 0 }
    let payers = free.contains { $0 > 0 } ? free : weights
    return zip(absorbed, proportional(excess - room, payers)).map { $0 + $1 }
  }

  /// `total × weight / Σ weights` in whole cents by largest remainder; equal parts where all weights are 0.
  static func proportional(_ total: Int, _ weights: [Int]) -> [Int] {
    guard !weights.isEmpty else { return [] }
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return proportional(total, weights.map { _ in 1 }) }
    let scaled = weights.map { total.multipliedFullWidth(by: $0) }
    let divided = scaled.map { sum.dividingFullWidth($0) }
    var parts = divided.map(\.quotient)
    let left = total - parts.reduce(0, +)
    let order = weights.indices.sorted {
      (-divided[$0].remainder, $0) < (-divided[$1].remainder, $1)
    }
    for member in order.prefix(left) { parts[member] += 1 }
    return parts
  }
}
