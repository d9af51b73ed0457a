/// How demand arrives: often or seldom, in even or uneven sizes (Syntetos, Boylan and Croston, 2005).
package enum DemandPattern: String, CaseIterable, Sendable, Codable {
  case smooth, erratic, intermittent, lumpy

  /// Mean periods between two demands from which demand is intermittent.
  static let intervalLimit = 1.32
  /// Squared coefficient of variation of the sizes from which they are uneven.
  static let variationLimit = 0.49

  init(_ summary: DemandSummary) {
    switch (summary.interval < Self.intervalLimit, summary.sizeVariation < Self.variationLimit) {
    case (true, true): self = .smooth
    case (true, false): self = .erratic
    case (false, true): self = .intermittent
    case (false, false): self = .lumpy
    }
  }
}

/// The figures of a history that do not depend on the order of its periods.
struct DemandSummary: Equatable, Sendable {
  /// Sum of the exposures: how many periods were seen.
  var observed = 0.0
  var demands = 0
  var total = 0.0
  var squares = 0.0
  var largest = 0.0

  init(_ history: DemandHistory) {
    for (quantity, exposure) in zip(history.quantities, history.exposures) where exposure > 0 {
      observed += exposure
      total += quantity
      squares += quantity * quantity
      largest = max(largest, quantity)
      if quantity > 0 { demands += 1 }
    }
  }

  var mean: Double { observed > 0 ? total / observed : 0 }

  /// Mean number of periods from one demand to the next; infinite without demand.
  var interval: Double { demands > 0 ? observed / Double(demands) : .infinity }

  /// Squared coefficient of variation of the non-zero quantities.
  var sizeVariation: Double {
    guard demands > 1 else { return 0 }
    let size = total / Double(demands)
    let variance = (squares - total * size) / Double(demands - 1)
    return max(0, variance) / (size * size)
  }
}
