/// Shares a whole exactly in proportion to weights, by largest remainder (Hamilton's method).
///
/// Each part is its exact share rounded down; the units left over go to the largest remainders, ties to the
/// earlier part. The parts add up to `whole`. Where every weight is zero the parts are as equal as can be.
/// - Parameters:
///   - whole: what is shared, not negative.
///   - weights: not negative, one for each part.
/// - Returns: one part for each weight, in the same order; cost O(n log n).
package func split(_ whole: Int64, inProportionTo weights: [Int64]) -> [Int64] {
  guard !weights.isEmpty else { return [] }
  let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
  guard total > 0 else { return split(whole, inProportionTo: weights.map { _ in 1 }) }
  let shares = weights.map { (Int128(whole) * Int128($0)).quotientAndRemainder(dividingBy: total) }
  var parts = shares.map { Int64($0.quotient) }
  let left = Int(whole - parts.reduce(0, +))
  let order = parts.indices.sorted { first, second in
    (shares[second].remainder, first) < (shares[first].remainder, second)
  }
  for index in order.prefix(left) { parts[index] += 1 }
  return parts
}
