/// Demand for an item that has hardly any history at a centre, taken from where there is one.
///
/// The rate is what the other centres use of the same item, scaled by how large the centre is beside them: by the means of
/// what both use of other items where that is known, else alike. The borrowed periods are the others' periods scaled, so
/// that their season and their surges come along; what the centre itself reported replaces them.
package enum BorrowedDemand {
  package enum Source: String, Equatable, Sendable, Codable { case otherCentres, category }

  package struct Filled: Equatable, Sendable {
    /// Nil where there is nothing to go by.
    package var series: DemandSeries?
    package var source: Source?
  }

  /// Observed periods from which a series speaks for itself.
  package static let enough = 4

  /// The series, one a centre, each with what it borrows; `elsewhere` holds for each centre what it uses of the other
  /// items of the category together, where that is known.
  package static func fill(_ series: [DemandSeries], elsewhere: [DemandSeries?] = []) -> [Filled] {
    let settled = series.filter { $0.observedPeriods >= enough }
    return series.indices.map { index in
      let own = series[index]
      if own.observedPeriods >= enough { return Filled(series: own, source: nil) }
      let beside = index < elsewhere.count ? elsewhere[index] : nil
      if !settled.isEmpty {
        let scale = scale(of: beside, among: series, elsewhere)
        let lent = borrowed(from: settled, scale: scale / Double(settled.count), own: own)
        return Filled(series: lent, source: .otherCentres)
      }
      if let beside, beside.observedPeriods >= enough {
        return Filled(series: borrowed(from: [beside], scale: 1, own: own), source: .category)
      }
      return Filled(series: own.observedPeriods > 0 ? own : nil, source: nil)
    }
  }

  /// How much this centre uses beside the settled ones, from what all of them use of other items; 1 where not known.
  private static func scale(
    of beside: DemandSeries?,
    among series: [DemandSeries],
    _ elsewhere: [DemandSeries?]
  ) -> Double {
    guard let beside, beside.meanRate > 0 else { return 1 }
    let rates = series.indices.compactMap { index -> Double? in
      guard series[index].observedPeriods >= enough, index < elsewhere.count else { return nil }
      return elsewhere[index]?.meanRate
    }
    let mean = rates.reduce(0, +) / Double(max(1, rates.count))
    return mean > 0 ? beside.meanRate / mean : 1
  }

  private static func borrowed(from peers: [DemandSeries], scale: Double, own: DemandSeries) -> DemandSeries {
    let start = peers.map(\.start).min() ?? own.start
    let observations = (start..<own.nextPeriod).map { period -> DemandObservation in
      let mine = own.observation(at: period)
      if mine != .missing { return mine }
      let seen = peers.compactMap { $0.observation(at: period).perPeriod }
      guard !seen.isEmpty else { return .missing }
      // Peers that are silent in a period are taken to be like those that are not.
      let rate = seen.reduce(0, +) * Double(peers.count) / Double(seen.count) * scale
      return .reported(Int64(rate.rounded(.toNearestOrAwayFromZero)))
    }
    return DemandSeries(
      key: own.key,
      category: own.category,
      bucket: own.bucket,
      start: start,
      observations: observations
    )
  }
}

extension DemandSeries {
  /// Periods of which something is known.
  package var observedPeriods: Int { observations.count { $0.perPeriod != nil } }

  /// Mean demand of a period, over those that were seen; zero where none was.
  package var meanRate: Double {
    let seen = observations.compactMap(\.perPeriod)
    return seen.isEmpty ? 0 : seen.reduce(0, +) / Double(seen.count)
  }

  func observation(at period: Int) -> DemandObservation {
    let index = period - start
    return observations.indices.contains(index) ? observations[index] : .missing
  }
}

extension DemandObservation {
  /// The demand of a whole week that was seen, scaled up for the days without stock; nil where too little was seen.
  var perPeriod: Double? {
    switch self {
    case .missing: nil
    case .reported(let quantity): Double(quantity)
    case .censored(let quantity, let days): days < 6 ? Double(quantity) * 7 / Double(7 - days) : nil
    }
  }
}
