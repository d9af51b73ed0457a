/// Whole shares of a whole number (Hamilton's method, the largest remainder).
package enum Apportionment {
  /// `total` split in proportion to `weights`: each share is its quota rounded down, and the units left over go
  /// to the largest fractions, the first first among equals. The shares add up to `total`. Without any
  /// positive weight all weigh the same. Cost: O(n log n).
  package static func shares(of total: Int, weights: [Double]) -> [Int] {
    guard !weights.isEmpty else { return [] }
    let sum = weights.reduce(0) { $0 + max($1, 0) }
    let quotas = weights.map {
      sum > 0 ? Double(total) * max($0, 0) / sum : Double(total) / Double(weights.count)
    }
    var shares = quotas.map { Int($0.rounded(.down)) }
    let byFraction = quotas.indices.sorted { a, b in
      let (left, right) = (quotas[a] - Double(shares[a]), quotas[b] - Double(shares[b]))
      return left != right ? left > right : a < b
    }
    for index in byFraction.prefix(max(0, total - shares.reduce(0, +))) { shares[index] += 1 }
    return shares
  }
}
