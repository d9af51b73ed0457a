/// What is known of the demand in one period.
package enum DemandObservation: Equatable, Sendable {
  /// The whole demand.
  case reported(Int64)
  /// Nobody reported: unknown, which is not zero.
  case missing
  /// The item was out of stock on `outOfStockDays` days of the period: demand was at least what was used.
  case censored(atLeast: Int64, outOfStockDays: Int)
}

/// The demand for one item at one centre, a period after another.
///
/// Missing periods before the first report mean that the item was not yet in use; they carry no information.
package struct DemandSeries: Equatable, Sendable {
  /// Names the series in the result; the random paths are drawn from it and the run's seed.
  package var key: String
  /// What else it is like: series of a category teach each other, and a new one is forecast from the others.
  package var category: String?
  package var bucket: Bucket
  /// The number of the first period, in buckets from an origin that all series of a run share.
  package var start: Int
  package var observations: [DemandObservation]

  package init(
    key: String,
    category: String? = nil,
    bucket: Bucket,
    start: Int = 0,
    observations: [DemandObservation]
  ) {
    self.key = key
    self.category = category
    self.bucket = bucket
    self.start = start
    self.observations = observations
  }

  /// The number of the first period to forecast.
  package var nextPeriod: Int { start + observations.count }
}
