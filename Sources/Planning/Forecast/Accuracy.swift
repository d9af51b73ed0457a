/// Measures of how good a forecast was, once the demand is known.
package enum Accuracy {
  /// The loss of quoting `quantile` for probability `level` when `actual` came: what it costs to be short,
  /// weighted `level`, or over, weighted 1 − `level` (Koenker and Bassett, 1978). In units of demand.
  @inline(__always)
  package static func pinball(_ level: Double, actual: Double, quantile: Double) -> Double {
    actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual)
  }
}
