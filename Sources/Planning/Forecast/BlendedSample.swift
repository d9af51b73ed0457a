/// Draws of several methods in one ascending order, to read quantiles of any blend of them.
struct BlendedSample {
  private var values: [Int] = []
  private var methods: [Int] = []
  private let count: Int

  init(_ draws: [ArraySlice<Int>]) {
    count = draws.first?.count ?? 0
    let all = draws.flatMap { Array($0) }
    for position in RadixSort.order(all) {
      values.append(all[position])
      methods.append(position / count)
    }
  }

  /// The mean pinball loss over `levels`, which ascend, of the blend's quantiles.
  func loss(_ levels: [Double], shares: [Double], actual: Double) -> Double {
    var sum = 0.0
    var loss = 0.0
    var next = 0
    for (value, method) in zip(values, methods) {
      sum += shares[method] / Double(count)
      while next < levels.count && sum >= levels[next] - 1e-9 {
        loss += Accuracy.pinball(levels[next], actual: actual, quantile: Double(value))
        next += 1
      }
      if next == levels.count { break }
    }
    return loss / Double(levels.count)
  }
}
