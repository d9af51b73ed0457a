/// What a planner expects instead of, or beside, what history says: a campaign, a reopening, a wave.
package struct Scenario: Equatable, Sendable {
  /// How far the planner is believed.
  package enum Mode: Equatable, Sendable {
    /// The forecast's mean becomes the scenario's total.
    case override
    /// The mean becomes a weighted mean of both; `share`, from 0 to 100, is the scenario's percentage.
    case blend(share: Int)
  }

  /// Expected demand in each period from the first forecast one; nil leaves a period as it is.
  package var totals: [Int64?]
  package var mode: Mode
  /// The day on which it was stated, as ISO text, and by whom or from what document.
  package var date: String
  package var source: String

  package init(totals: [Int64?], mode: Mode, date: String, source: String) {
    self.totals = totals
    self.mode = mode
    self.date = date
    self.source = source
  }

  /// The same scenario for each of several centres, its totals shared in proportion to `means`, the forecast
  /// means of a centre and period; the shares of a period add up to its total.
  package func shared(among means: [[MeanQuantity]]) -> [Scenario] {
    var parts = means.map { _ in Scenario(totals: [], mode: mode, date: date, source: source) }
    for (step, total) in totals.enumerated() {
      let weights = means.map { step < $0.count ? $0[step].value : 0 }
      let shares = total.map { Apportionment.shares(of: Int($0), weights: weights).map(Int64.init) }
      for index in parts.indices { parts[index].totals.append(shares?[index]) }
    }
    return parts
  }

  /// What the scenario makes of a period's mean, in thousandths; nil where it says nothing.
  func target(step: Int, mean: MeanQuantity) -> Int64? {
    guard step < totals.count, let total = totals[step] else { return nil }
    switch mode {
    case .override: return total * 1000
    case .blend(let share):
      let weight = Int64(min(max(share, 0), 100))
      return (total * 1000 * weight + mean.thousandths * (100 - weight) + 50) / 100
    }
  }
}

extension SamplePaths {
  /// Every path of each step scaled so that the step's mean is the scenario's, rounded so that the sum over
  /// paths is kept: the spread in proportion to the mean stays as history showed it.
  func following(_ scenario: Scenario) -> SamplePaths {
    var result = self
    for step in 0..<steps {
      let mean = MeanQuantity(total: column(step).reduce(0, +), count: paths)
      guard let target = scenario.target(step: step, mean: mean) else { continue }
      result.rescale(step, from: mean, to: target)
    }
    return result
  }

  /// A mean of zero has no shape to scale: every path then takes the target itself, rounded half up.
  mutating func rescale(_ step: Int, from mean: MeanQuantity, to target: Int64) {
    guard mean.thousandths > 0 else {
      for path in 0..<paths { self[path, step] = Int((target + 500) / 1000) }
      return
    }
    // Of the paths' own sum: the ratio of means that were rounded to thousandths would miss the target by a path or two.
    let ratio = Double(target) * Double(paths) / (1000 * Double(column(step).reduce(0, +)))
    var carry = 0.5
    for path in 0..<paths {
      let exact = Double(self[path, step]) * ratio + carry
      let whole = exact.rounded(.down)
      self[path, step] = Int(whole)
      carry = exact - whole
    }
  }
}
