/// The risk of running out before the next possible delivery, from simulated futures of the demand.
package struct StockoutRisk: Hashable, Sendable {
  /// The probability, exact for the sample.
  package var probability: Fraction
  /// The first day that is not served whole, at these shares of the futures; nil where the stock outlasts
  /// the paths.
  package var runsOut: Interval
  /// Units not served before the next possible delivery, on average.
  package var meanShortage: Fraction
  /// The unserved units that only one future in ten exceeds.
  package var highShortage: Int

  package struct Interval: Hashable, Sendable {
    package var early: Int?
    package var median: Int?
    package var late: Int?
  }

  /// Simulates every future first expired, first out.
  ///
  /// - Parameters:
  ///   - demand: simulated days, the first of which is `today`.
  ///   - lots: usable stock with expiry, confirmed deliveries and transfers on the way.
  ///   - today: the day of the first demand.
  ///   - nextDelivery: days from today to the next possible delivery that is not yet ordered.
  ///   - lateness: days by which everything on the way may be late, all by the same.
  /// - Complexity: one simulation for each path and lateness: O(paths · lateness · days · lots).
  package init(
    demand: DemandPaths,
    lots: [UsableLot],
    today: Int,
    nextDelivery: LeadTimes,
    lateness: LeadTimes = .fixed(0)
  ) {
    var tally = RiskTally()
    for path in demand.paths {
      for (late, weight) in lateness.days.sorted(by: { $0.key < $1.key }) {
        let projection = StockProjection(lots: lots.late(by: late, today), demand: path, from: today)
        tally.count(projection, weight: weight, nextDelivery)
      }
    }
    self.init(tally, today: today)
  }

  fileprivate init(_ tally: RiskTally, today: Int) {
    probability = Fraction(tally.out, tally.weight)
    meanShortage = Fraction(tally.shortage, tally.weight)
    highShortage = EmpiricalDemand(tally.shortages).quantile(0.9)
    let days = EmpiricalDemand(tally.days)
    func day(_ level: Double) -> Int? { days.quantile(level) == .max ? nil : today + days.quantile(level) }
    runsOut = Interval(early: day(0.1), median: day(0.5), late: day(0.9))
  }
}

extension [UsableLot] {
  /// What is not here yet comes later than planned.
  fileprivate func late(by days: Int, _ today: Int) -> Self {
    map { $0.from > today ? UsableLot($0.quantity, from: $0.from + days, until: $0.until) : $0 }
  }
}

/// Futures counted with their weights.
private struct RiskTally {
  var weight: Int128 = 0
  var out: Int128 = 0
  var shortage: Int128 = 0
  var shortages: [(quantity: Int, weight: Int)] = []
  var days: [(quantity: Int, weight: Int)] = []

  /// Beyond the simulated days nothing is known to be short.
  mutating func count(_ projection: StockProjection, weight: Int, _ next: LeadTimes) {
    days.append((projection.firstShortDay ?? .max, weight))
    for (delivery, share) in next.days.sorted(by: { $0.key < $1.key }) {
      let both = weight * share
      let short = projection.short.prefix(delivery).reduce(0, +)
      self.weight += Int128(both)
      out += short > 0 ? Int128(both) : 0
      shortage += Int128(short) * Int128(both)
      shortages.append((short, both))
    }
  }
}

/// Which component of a kit stops the tests first, when, and by how much.
package struct KitRisk: Hashable, Sendable {
  package struct Component: Hashable, Sendable {
    package var code: String
    package var perKit: Int
    package var lots: [UsableLot]

    package init(_ code: String, perKit: Int, lots: [UsableLot]) {
      (self.code, self.perKit, self.lots) = (code, perKit, lots)
    }
  }

  package struct Finding: Hashable, Sendable {
    package var component: String
    package var risk: StockoutRisk
    /// The share of the futures in which this component is the first to stop the tests.
    package var stopsFirst: Fraction
  }

  /// The likeliest to stop the tests first, first.
  package var findings: [Finding]

  package var limiting: Finding? { findings.first { $0.stopsFirst > .zero } }

  /// Every component is used for every kit asked, as if the others lasted: the first to run out stops all.
  package init(demand: DemandPaths, components: [Component], today: Int, nextDelivery: LeadTimes) {
    let projections = components.map { component in
      demand.paths.map { path in
        StockProjection(lots: component.lots, demand: path.map { $0 * component.perKit }, from: today)
      }
    }
    var first = components.map { _ in 0 }
    for path in demand.paths.indices {
      let days = projections.map { $0[path].firstShortDay ?? .max }
      guard let least = days.min(), least < .max else { continue }
      if let stopper = days.firstIndex(of: least) { first[stopper] += 1 }
    }
    findings = components.indices.map { index in
      var tally = RiskTally()
      for projection in projections[index] { tally.count(projection, weight: 1, nextDelivery) }
      return Finding(
        component: components[index].code,
        risk: StockoutRisk(tally, today: today),
        stopsFirst: Fraction(first[index], over: demand.paths.count)
      )
    }.sorted { ($1.stopsFirst, $0.component) < ($0.stopsFirst, $1.component) }
  }
}
