/// The classic point forecasts of intermittent demand, by exponential smoothing started at the first value.
///
/// They are the yardstick of the field and the reference that other programs can be compared with to the last
/// digit; the paths of `Forecaster` do not use them. Each is a mean demand a period, nil without demand.
package enum IntermittentPoints {
  /// Single exponential smoothing of every period.
  package static func smoothed(_ quantities: [Double], gain: Double) -> Double? {
    guard var level = quantities.first else { return nil }
    for quantity in quantities.dropFirst() { level += gain * (quantity - level) }
    return level
  }

  /// Croston (1972): smoothed size over smoothed interval between demands.
  package static func croston(_ quantities: [Double], gain: Double) -> Double? {
    var (sizes, intervals, last) = ([Double](), [Double](), -1)
    for (period, quantity) in quantities.enumerated() where quantity > 0 {
      sizes.append(quantity)
      intervals.append(Double(period - last))
      last = period
    }
    guard let size = smoothed(sizes, gain: gain), let interval = smoothed(intervals, gain: gain) else {
      return nil
    }
    return size / interval
  }

  /// Syntetos and Boylan (2005): Croston without most of its bias.
  package static func syntetosBoylan(_ quantities: [Double], gain: Double) -> Double? {
    croston(quantities, gain: gain).map { $0 * (1 - gain / 2) }
  }

  /// Shale, Boylan and Johnston (2006): the correction for demands that arrive as a Poisson process.
  package static func shaleBoylanJohnston(_ quantities: [Double], gain: Double) -> Double? {
    croston(quantities, gain: gain).map { $0 * (1 - gain / (2 - gain)) }
  }

  /// Teunter, Syntetos and Babai (2011): smoothed size times the smoothed probability of a demand, which falls
  /// while nothing is asked for.
  package static func teunter(_ quantities: [Double], sizeGain: Double, probabilityGain: Double) -> Double? {
    let sizes = quantities.filter { $0 > 0 }
    let demands = quantities.map { $0 > 0 ? 1.0 : 0 }
    guard let size = smoothed(sizes, gain: sizeGain),
      let probability = smoothed(demands, gain: probabilityGain)
    else { return nil }
    return size * probability
  }
}
