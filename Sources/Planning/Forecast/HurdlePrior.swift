/// What a class of series teaches about how often one more of them is asked for, and in what sizes.
struct HurdlePrior: Equatable, Sendable, Codable {
  /// Mean probability of a demand in a period, over the items of the class.
  var occurrence = 0.3
  /// What `occurrence` is worth, in periods: the sum of the parameters of its beta distribution.
  var occurrenceWorth = 4.0
  /// What a period keeps of its say after each later one.
  var memory = 0.97
  /// Mean over the items of their mean logarithm of size, and its variance between items.
  var logSize = 0.7
  var logSizeVariance = 1.0
  /// Variance of the logarithm of size within an item, worth `withinWorth` sizes.
  var withinVariance = 0.4
  var withinWorth = 8.0
  /// Sizes over their item's mean, ascending, at equal steps of probability.
  var relativeSizes: [Double] = [1]
  /// Chance, against one of the item's own sizes each, that the next size is unlike all of them.
  var newSizeWorth: Double { 2 }
  /// Share of the class that is not in use at all.
  var dormantShare = 0.5
  /// How much likelier a demand is in the class after each period than its discounted counts say, which lag behind
  /// when the whole class rises or falls; `drift[0]` is that after `driftStart`.
  var drift: [Double] = []
  var driftStart = 0

  /// The factor for the probability of a demand in the periods from `period` on.
  func drift(before period: Int) -> Double {
    let index = period - 1 - driftStart
    return drift.isEmpty || index < 0 ? 1 : drift[min(index, drift.count - 1)]
  }
}
