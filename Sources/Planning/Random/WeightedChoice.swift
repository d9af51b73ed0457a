/// Positions drawn in proportion to weights, by a guide table (Chen and Asau, 1974): the table says where to start,
/// and a step or two lead to the place. Cost: O(weights) to make, O(1) expected a draw.
struct WeightedChoice {
  /// The sum of the weights.
  let total: Double
  private var cumulative: [Double] = []
  private var guide: [Int] = []
  private let scale: Double

  /// `weights` are positive; without any there is nothing to draw.
  init(_ weights: [Double]) {
    cumulative.reserveCapacity(weights.count)
    var sum = 0.0
    for weight in weights {
      sum += weight
      cumulative.append(sum)
    }
    total = sum
    scale = sum > 0 ? Double(weights.count) / sum : 0
    guide.reserveCapacity(weights.count)
    var position = 0
    for place in weights.indices {
      while position < weights.count - 1 && cumulative[position] * scale <= Double(place) { position += 1 }
      guide.append(position)
    }
  }

  /// The position that the part `mark` of the weights, 0 ≤ `mark` < `total`, falls on.
  @inline(__always)
  func index(at mark: Double) -> Int {
    var position = guide[min(guide.count - 1, Int(mark * scale))]
    while position < cumulative.count - 1 && cumulative[position] <= mark { position += 1 }
    return position
  }
}
