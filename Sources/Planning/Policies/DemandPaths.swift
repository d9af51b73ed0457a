/// Simulated futures of a demand: each path holds whole units day by day.
package struct DemandPaths: Hashable, Sendable {
  package let paths: [[Int]]

  /// - Precondition: there is at least one path, and all have the same number of days, at least one.
  package init(_ paths: [[Int]]) {
    precondition(!(paths.first ?? []).isEmpty, "a demand needs at least one path of one day")
    precondition(paths.allSatisfy { $0.count == paths[0].count }, "paths have the same length")
    self.paths = paths
  }

  /// Paths of buckets of several days, spread over their days as evenly as whole units allow, later days
  /// taking the remainder.
  package init(buckets: [[Int]], days: Int) {
    self.init(
      buckets.map { path in
        path.flatMap { total in (0..<days).map { total * ($0 + 1) / days - total * $0 / days } }
      }
    )
  }

  package var days: Int { paths[0].count }

  package var meanPerDay: Double {
    Double(paths.reduce(0) { $0 + $1.reduce(0, +) }) / Double(paths.count * days)
  }

  /// The demand over a random lead time and `review` more days: every path with every lead time.
  ///
  /// A span longer than the paths is continued at the mean of the path, rounded up.
  /// - Complexity: O(paths · (days + lead times)) and the sorting of the sample.
  package func demand(over leadTimes: LeadTimes, plus review: Int = 0) -> EmpiricalDemand {
    EmpiricalDemand(
      paths.flatMap { path in
        let sums = path.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
        return leadTimes.days.map { length, weight in
          (quantity: extended(sums, to: length + review), weight: weight)
        }
      }
    )
  }

  private func extended(_ sums: [Int], to length: Int) -> Int {
    guard length > days, let total = sums.last else { return sums[length] }
    return (total * length + days - 1) / days
  }
}

/// How long deliveries take: days with whole weights, for example how often each was seen.
package struct LeadTimes: Hashable, Sendable {
  package let days: [Int: Int]

  /// - Precondition: days are not negative, weights are positive, and there is at least one.
  package init(_ days: [Int: Int]) {
    precondition(!days.isEmpty && days.allSatisfy { $0 >= 0 && $1 > 0 }, "lead times are days with weights")
    self.days = days
  }

  package static func fixed(_ days: Int) -> Self { Self([days: 1]) }

  /// As seen: each delivery counts once.
  package init(observed days: [Int]) { self.init(Dictionary(days.map { ($0, 1) }, uniquingKeysWith: +)) }

  package var moments: NormalDemand {
    let weight = Double(days.values.reduce(0, +))
    let mean = days.reduce(0.0) { $0 + Double($1.key * $1.value) } / weight
    let variance = days.reduce(0.0) { sum, day in
      sum + (Double(day.key) - mean) * (Double(day.key) - mean) * Double(day.value)
    }
    return NormalDemand(mean: mean, deviation: (variance / weight).squareRoot())
  }

  /// The share of the lead times, in thousandths rounded half up, of which the delivery comes only after so many days
  /// and one more, `plus` days being waited before it is ordered.
  package func permille(after served: Int, plus: Int = 0) -> Int {
    let whole = days.values.reduce(0, +)
    let later = days.reduce(0) { $1.key + plus > served ? $0 + $1.value : $0 }
    return (2000 * later + whole) / (2 * whole)
  }
}

/// A demand known by a weighted sample of whole quantities.
package struct EmpiricalDemand: Hashable, Sendable {
  /// In increasing order of quantity.
  private let sample: [Point]
  private let weight: Int

  private struct Point: Hashable, Sendable { var quantity: Int, weight: Int }

  package init(_ sample: [(quantity: Int, weight: Int)]) {
    precondition(!sample.isEmpty, "a sample has at least one quantity")
    self.sample = sample.map(Point.init).sorted { $0.quantity < $1.quantity }
    weight = sample.reduce(0) { $0 + $1.weight }
  }

  package init(_ quantities: [Int]) { self.init(quantities.map { ($0, 1) }) }

  /// The least quantity that is enough with probability `level` or more.
  package func quantile(_ level: Double) -> Int {
    let wanted = level * Double(weight) - 1e-9
    var reached = 0
    for point in sample {
      reached += point.weight
      if Double(reached) >= wanted { return point.quantity }
    }
    return sample[sample.count - 1].quantity
  }

  package var mean: Fraction {
    Fraction(sample.reduce(Int128(0)) { $0 + Int128($1.quantity) * Int128($1.weight) }, Int128(weight))
  }

  package var meanRoundedUp: Int { mean.roundedUp }

  /// The share of the sample strictly above `stock`.
  package func probability(above stock: Int) -> Fraction {
    Fraction(sample.reduce(0) { $1.quantity > stock ? $0 + $1.weight : $0 }, over: weight)
  }
}
