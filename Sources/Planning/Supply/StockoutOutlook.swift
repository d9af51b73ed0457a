/// The stock of one place played against every simulated future, with deliveries drawn from how they went before.
///
/// Lots are used first expired, first out; what is not served on its day is lost. Future `p` takes outcome `p mod n` of a
/// delivery's `n`: the futures come in the order of their totals, so this is stratified sampling. Days count from the day
/// after `today`. Days beyond the simulated ones are taken as served.
package struct StockoutOutlook: Equatable, Sendable {
  /// By future: days that are served whole before the first that is not; `days` where all are.
  package let served: [Int]
  /// By future: units not served in the first `span` days.
  package let short: [Int]
  package let days: Int

  package init(demand: DailyDemand, lots: [UsableLot], awaited: [AwaitedDelivery], today: Int, span: Int) {
    var shelf = Shelf(lots: lots, awaited: awaited, today: today, days: demand.days)
    var served: [Int] = []
    var short: [Int] = []
    for path in 0..<demand.paths {
      let first = path * demand.days
      let outcome = shelf.play(demand.values[first..<first + demand.days], future: path, span: span)
      served.append(outcome.served)
      short.append(outcome.short)
    }
    (self.served, self.short, days) = (served, short, demand.days)
  }

  /// The probability that a day before a delivery is not served, `plus` days being waited before it is ordered: every
  /// future meets every lead time. In thousandths, rounded half up.
  package func permille(before delivery: LeadTimes, plus: Int = 0) -> Int {
    let spans = delivery.days.sorted { $0.key < $1.key }
    let weight = spans.reduce(0) { $0 + $1.value }
    let out = served.reduce(0) { sum, day in
      day == days ? sum : spans.reduce(sum) { $1.key + plus > day ? $0 + $1.value : $0 }
    }
    let whole = weight * served.count
    return (2000 * out + whole) / (2 * whole)
  }

  /// The probability that a simulated day is not served, in thousandths rounded half up.
  package var permilleOfHorizon: Int {
    let out = served.count { $0 < days }
    return (2000 * out + served.count) / (2 * served.count)
  }

  /// The first day not served, as days from `today`, that a share of the futures does not outlast; nil where the stock
  /// outlasts the simulated days.
  package func runsOut(_ level: Double) -> Int? {
    let sorted = served.sorted()
    let rank = min(sorted.count, max(1, Int((level * Double(sorted.count) - 1e-9).rounded(.up))))
    return sorted[rank - 1] == days ? nil : sorted[rank - 1] + 1
  }

  /// Units not served within the span: the mean, rounded half up, and what only one future in ten exceeds.
  package var meanShort: Int { (2 * short.reduce(0, +) + short.count) / (2 * short.count) }
  package var highShort: Int { short.sorted()[min(short.count - 1, (short.count * 9 + 9) / 10 - 1)] }
}

/// What lies on a shelf and what comes to it, ready to be played many times.
private struct Shelf {
  /// Dated lots in the order in which they expire; the rest is one pool without a date.
  private let dated: [UsableLot]
  private let pool: Int
  private let comings: [[[(delay: Int, units: Int)]]]
  private let undatedLater: [UsableLot]
  private let today: Int
  private var left: [Int]
  private var arrivals: [Int]

  init(lots: [UsableLot], awaited: [AwaitedDelivery], today: Int, days: Int) {
    dated = lots.filter { $0.until != nil }.sorted {
      ($0.lastDay, $0.from, $0.quantity) < ($1.lastDay, $1.from, $1.quantity)
    }
    pool = lots.reduce(0) { $1.until == nil && $1.from <= today + 1 ? $0 + $1.quantity : $0 }
    undatedLater = lots.filter { $0.until == nil && $0.from > today + 1 }
    comings = awaited.map { $0.outcomes(today: today) }
    self.today = today
    left = dated.map(\.quantity)
    arrivals = [Int](repeating: 0, count: days)
  }

  /// kernel: one future, day after day; the loop is kept in one place because it is run for every future of every centre,
  /// item and action. Cost: O(days · dated lots).
  mutating func play(_ demand: ArraySlice<Int>, future: Int, span: Int) -> (served: Int, short: Int) {
    prepare(future)
    var undated = pool
    var served = arrivals.count
    var short = 0
    for (day, wanted) in demand.enumerated() {
      undated += arrivals[day]
      var missing = wanted
      for index in dated.indices where missing > 0 && left[index] > 0 {
        let lot = dated[index]
        guard lot.lastDay > today + day, lot.from <= today + 1 + day else { continue }
        let used = min(missing, left[index])
        left[index] -= used
        missing -= used
      }
      let used = min(missing, undated)
      undated -= used
      missing -= used
      guard missing > 0 else { continue }
      if served == arrivals.count { served = day }
      if day >= span { break }
      short += missing
    }
    return (served, short)
  }

  private mutating func prepare(_ future: Int) {
    for index in dated.indices { left[index] = dated[index].quantity }
    for day in arrivals.indices { arrivals[day] = 0 }
    for lot in undatedLater where lot.from - today - 1 < arrivals.count {
      arrivals[lot.from - today - 1] += lot.quantity
    }
    for outcomes in comings {
      for part in outcomes[future % outcomes.count] where part.delay <= arrivals.count {
        arrivals[max(0, part.delay - 1)] += part.units
      }
    }
  }
}
