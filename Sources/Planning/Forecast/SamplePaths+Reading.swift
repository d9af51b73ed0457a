extension SamplePaths {
  /// The demand of `count` steps from `first`, as the paths spread it. `quantiles` ascend.
  func predicted(from first: Int, count: Int, quantiles: [Double]) -> PredictedDemand {
    count == 1
      ? Self.reading(column(first), quantiles: quantiles, .reaching)
      : Self.reading(sums(from: first, count: count)[...], quantiles: quantiles, .nearest)
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
      return Self.reading(sums[...], quantiles: quantiles, .nearest)
    }
  }

  /// Largest value up to which draws are counted rather than sorted.
  private static let counted = 4096

  /// Which whole number a quantile is, where none covers exactly what is asked.
  private enum Rounding {
    /// The smallest that covers it.
    case reaching
    /// The one that covers nearest to it: of many sums over a lead time as many lie within as it says, where one that
    /// always rounds up covers more.
    case nearest

    /// Whether the value before is taken, where so many draws lie below a value and so many up to it.
    func takes(_ below: Int, before upTo: Int, for share: Double) -> Bool {
      self == .nearest && below > 0 && share - Double(below) < Double(upTo) - share
    }
  }

  private static func reading(
    _ values: ArraySlice<Int>,
    quantiles: [Double],
    _ rounding: Rounding
  ) -> PredictedDemand {
    var (total, largest) = (0, 0)
    for value in values {
      total &+= value
      largest = max(largest, value)
    }
    let shares = quantiles.map { $0 * Double(values.count) }
    let read =
      largest <= counted
      ? counts(values, largest: largest, shares: shares, rounding) : sorted(values, shares: shares, rounding)
    return PredictedDemand(mean: MeanQuantity(total: total, count: values.count), quantiles: read)
  }

  private static func sorted(_ values: ArraySlice<Int>, shares: [Double], _ rounding: Rounding) -> [Int64] {
    let sorted = RadixSort.sorted(values)
    return shares.map { share in
      let value = sorted[rank(of: share, among: sorted.count)]
      let below = sorted.partition(below: value)
      let upTo = sorted.partition(below: value + 1)
      return Int64(rounding.takes(below, before: upTo, for: share) ? sorted[below - 1] : value)
    }
  }

  /// The quantiles at ascending shares, from how often each value occurs.
  private static func counts(
    _ values: ArraySlice<Int>,
    largest: Int,
    shares: [Double],
    _ rounding: Rounding
  ) -> [Int64] {
    var counts = [Int](repeating: 0, count: largest + 1)
    for value in values { counts[value] += 1 }
    var (value, upTo, before) = (0, counts[0], 0)
    return shares.map { share in
      let rank = rank(of: share, among: values.count)
      while upTo <= rank {
        if counts[value] > 0 { before = value }
        value += 1
        upTo += counts[value]
      }
      let below = upTo - counts[value]
      return Int64(rounding.takes(below, before: upTo, for: share) ? before : value)
    }
  }

  /// The position of the smallest value that at least `share` of `count` values do not exceed.
  private static func rank(of share: Double, among count: Int) -> Int {
    min(count - 1, max(0, Int((share - 1e-9).rounded(.up)) - 1))
  }
}

extension [Int] {
  /// How many of ascending values are less than one.
  fileprivate func partition(below value: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
