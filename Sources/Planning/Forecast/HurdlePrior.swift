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
  var withinWorth: Double { 8 }
  /// Sizes over their item's mean, ascending, at equal steps of probability.
  var relativeSizes: [Double] = [1]
  /// Chance, against one of the item's own sizes each, that the next size is unlike all of them.
  var newSizeWorth: Double { 2 }
  /// The class after each period, the first `recentStart`: a class may rise or fall as a whole.
  var recent: [Recent] = []
  var recentStart = 0

  /// What is known of the class's demands of late.
  struct Recent: Equatable, Sendable, Codable {
    /// The probability of a demand.
    var occurrence: Double
    /// That over what `memory` keeps of it, which lags behind.
    var drift: Double
  }

  /// The class before `period`.
  func recent(before period: Int) -> Recent {
    let index = period - 1 - recentStart
    guard !recent.isEmpty, index >= 0 else { return Recent(occurrence: occurrence, drift: 1) }
    return recent[min(index, recent.count - 1)]
  }
}
