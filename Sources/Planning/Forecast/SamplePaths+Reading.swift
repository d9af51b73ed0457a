extension SamplePaths {
  /// The demand of `count` steps from `first`, as the paths spread it. `quantiles` ascend.
  func predicted(from first: Int, count: Int, quantiles: [Double]) -> PredictedDemand {
    count == 1
      ? Self.reading(column(first), quantiles: quantiles)
      : Self.reading(sums(from: first, count: count)[...], quantiles: quantiles)
  }

  /// The demand summed over `span` steps that start with each of the first `count`. Cost: O(paths · steps).
  func predictedSums(_ count: Int, over span: Int, quantiles: [Double]) -> [PredictedDemand] {
    guard count > 0 else { return [] }
    var sums = sums(from: 0, count: span)
    return (0..<count).map { first in
      if first > 0 {
        let (leaving, entering) = (column(first - 1), column(first + span - 1))
        for (path, change) in zip(entering, leaving).enumerated() { sums[path] += change.0 - change.1 }
      }
      return Self.reading(sums[...], quantiles: quantiles)
    }
  }

  /// Largest value up to which draws are counted rather than sorted.
  private static let counted = 4096

  private static func reading(_ values: ArraySlice<Int>, quantiles: [Double]) -> PredictedDemand {
    var (total, largest) = (0, 0)
    for value in values {
      total &+= value
      largest = max(largest, value)
    }
    let ranks = quantiles.map { rank(of: $0, among: values.count) }
    let read =
      largest <= counted
      ? counts(values, largest: largest, ranks: ranks) : sorted(values, ranks: ranks)
    return PredictedDemand(mean: MeanQuantity(total: total, count: values.count), quantiles: read)
  }

  private static func sorted(_ values: ArraySlice<Int>, ranks: [Int]) -> [Int64] {
    let sorted = RadixSort.sorted(values)
    return ranks.map { Int64(sorted[$0]) }
  }

  /// The values of ascending ranks from how often each value occurs.
  private static func counts(_ values: ArraySlice<Int>, largest: Int, ranks: [Int]) -> [Int64] {
    var counts = [Int](repeating: 0, count: largest + 1)
    for value in values { counts[value] += 1 }
    var (value, upTo) = (0, counts[0])
    return ranks.map { rank in
      while upTo <= rank {
        value += 1
        upTo += counts[value]
      }
      return Int64(value)
    }
  }

  /// The position of the smallest value that at least the share `level` of `count` values do not exceed.
  private static func rank(of level: Double, among count: Int) -> Int {
    min(count - 1, max(0, Int((level * Double(count) - 1e-9).rounded(.up)) - 1))
  }
}
