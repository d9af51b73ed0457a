/// The forecasts of one item at every centre and for the network, which say the same: the centres add up to the network.
package struct NetworkForecast: Equatable, Sendable {
  package struct Part: Equatable, Sendable {
    package var pattern: DemandPattern
    package var isSurging: Bool
    /// Nil where the series had enough of its own; else where the demand was borrowed from.
    package var borrowed: BorrowedDemand.Source?
    /// Nil where nobody knows anything of the demand: unknown is not zero.
    package var paths: SamplePaths?
  }

  /// In the order of the series given.
  package var centres: [Part]
  package var network: Part

  /// Forecasts each series, borrows for those without a history, and reconciles period by period.
  ///
  /// The network's own forecast is of the sum of the centres; a period in which some did not report is scaled up by what
  /// the silent ones usually are of it. Reconciled means are in thousandths of a unit, and paths are scaled to them.
  /// `elsewhere` is what else the same centres use, for an item that is new everywhere.
  package init(
    _ series: [DemandSeries],
    elsewhere: [DemandSeries?] = [],
    steps: Int,
    forecaster: Forecaster
  ) {
    let prepared = BorrowedDemand.fill(series, elsewhere: elsewhere)
    var parts = prepared.map { filled -> Part in
      guard let usable = filled.series else { return .unknown }
      return Part(forecaster.forecast(usable, horizon: steps), borrowed: filled.source)
    }
    let known = prepared.compactMap(\.series)
    guard let total = Self.total(of: known) else {
      self.init(centres: parts, network: .unknown)
      return
    }
    var network = known.count == 1 ? nil : Part(forecaster.forecast(total, horizon: steps), borrowed: nil)
    if network != nil { Self.reconcile(&parts, with: &network) }
    self.init(centres: parts, network: network ?? parts.first { $0.paths != nil } ?? .unknown)
  }

  private init(centres: [Part], network: Part) { (self.centres, self.network) = (centres, network) }

  private static func reconcile(_ parts: inout [Part], with network: inout Part?) {
    guard let whole = network?.paths else { return }
    let known = parts.indices.filter { parts[$0].paths != nil }
    var targets = [[Int64]](repeating: [], count: known.count)
    var totals: [Int64] = []
    for step in 0..<whole.size.steps {
      let centres = known.compactMap { parts[$0].paths?.estimate(from: step, count: 1).inThousandths }
      let agreed = Reconciliation(
        network: whole.estimate(from: step, count: 1).inThousandths,
        centres: centres
      )
      totals.append(agreed.network)
      for (place, target) in agreed.centres.enumerated() { targets[place].append(target) }
    }
    for (place, index) in known.enumerated() {
      parts[index].paths = parts[index].paths?.scaled(toThousandths: targets[place])
    }
    network?.paths = whole.scaled(toThousandths: totals)
  }

  /// The sum of the series over the periods that any of them has.
  private static func total(of series: [DemandSeries]) -> DemandSeries? {
    guard let first = series.first, let end = series.map(\.nextPeriod).max(),
      let start = series.map(\.start).min()
    else { return nil }
    let rates = series.map(\.meanRate)
    let observations = (start..<end).map { period in
      sum(series.map { $0.observation(at: period) }, rates: rates)
    }
    let key = first.key.split(separator: "|", maxSplits: 1).first.map { "\($0)|" } ?? first.key
    return DemandSeries(
      key: key,
      category: first.category,
      bucket: first.bucket,
      start: start,
      observations: observations
    )
  }

  /// What was seen of a period, over the share that those who told are of all.
  private static func sum(_ parts: [DemandObservation], rates: [Double]) -> DemandObservation {
    var (told, total) = (0.0, 0.0)
    var quantity = 0.0
    for (part, rate) in zip(parts, rates) {
      total += rate
      guard let seen = part.perPeriod else { continue }
      told += rate
      quantity += seen
    }
    guard parts.contains(where: { $0 != .missing }), told * 2 >= total else { return .missing }
    let scaled = told > 0 ? quantity * total / told : quantity
    return .reported(Int64(scaled.rounded(.toNearestOrAwayFromZero)))
  }
}

extension NetworkForecast.Part {
  package static let unknown = Self(pattern: .smooth, isSurging: false, borrowed: nil, paths: nil)

  init(_ forecast: DemandForecast, borrowed: BorrowedDemand.Source?) {
    self.init(
      pattern: forecast.pattern,
      isSurging: forecast.isSurging,
      borrowed: borrowed,
      paths: forecast.paths
    )
  }
}

extension NetworkForecast {
  /// Follows a planner's scenarios: those of a centre first, then those of the network, shared by the centres' means;
  /// the network becomes the sum of its centres.
  package mutating func follow(network scenarios: [Scenario], centres own: [[Scenario]]) {
    for (index, scenarios) in own.enumerated() {
      for scenario in scenarios {
        centres[index].paths = centres[index].paths?.adopting(scenario)
      }
    }
    let known = centres.indices.filter { centres[$0].paths != nil }
    for scenario in scenarios {
      let means = known.compactMap { index in centres[index].paths?.means }
      let shares = scenario.target(of: means).shared(among: means)
      for (place, index) in known.enumerated() {
        centres[index].paths = centres[index].paths?.adopting(shares[place])
      }
    }
    guard !scenarios.isEmpty || own.contains(where: { !$0.isEmpty }), let whole = network.paths else {
      return
    }
    let means = known.compactMap { centres[$0].paths?.means }
    network.paths = whole.scaled(
      toThousandths: (0..<whole.size.steps).map { step in
        means.reduce(0) { $0 + $1[step].thousandths }
      }
    )
  }
}

extension SamplePaths {
  package var means: [MeanQuantity] { (0..<steps).map { mean(of: $0) } }
}

extension Scenario {
  /// A blend is of the network's mean: shared out, it is what the network is then expected to use.
  fileprivate func target(of means: [[MeanQuantity]]) -> Scenario {
    guard case .blend = mode else { return self }
    var result = self
    result.mode = .override
    result.totals = totals.indices.map { step in
      let sum = means.reduce(Int64(0)) { step < $1.count ? $0 + $1[step].thousandths : $0 }
      return target(step: step, mean: MeanQuantity(thousandths: sum)).map { ($0 + 500) / 1000 }
    }
    return result
  }
}

extension Reconciliation.Estimate {
  /// The same demand counted in thousandths of a unit, so that reconciling rounds them and not whole units.
  var inThousandths: Self { Self(mean: mean * 1000, variance: variance * 1_000_000) }
}
