/// The trend and the season that one history shows by itself: an index a period, by which demand is divided before its
/// level is learned and multiplied when it is forecast.
///
/// The trend is a straight line, continued with its steps damped by φ (Gardner and McKenzie, 1985); the season is its
/// first two harmonics where the cycle is long, a mean a place where it is short (a year of weeks has too few of each to
/// average). Both are fitted by least squares to two cycles or more. A shape is believed when it forecasts better: at
/// two of three origins of the last part, seen from there alone, and over all three its squared error has to be clearly
/// below that of the mean of the last periods (a rolling-origin backtest; Tashman, 2000). Cost: O(periods · terms²).
struct OwnShape {
  /// One index a period of the history, then of the horizon; of mean one over the history.
  let indices: [Double]

  /// φ a period, by bucket: a trend of weeks fades over some twenty of them.
  private static let damping = 0.95
  /// What the shape's squared error may be of that without it.
  private static let gain = 0.7
  private static let least = 24

  /// Nil where no shape is believed, or the history is too short or too sparse to show one.
  init?(_ history: DemandHistory, horizon: Int) {
    let summary = DemandSummary(history)
    guard history.count >= Self.least, summary.interval < DemandPattern.intervalLimit, summary.mean >= 1
    else { return nil }
    var best: (loss: Double, form: Form)?
    for form in Form.all(for: history) {
      let loss = Self.backtest(history, form: form)
      if loss < Self.gain, loss < (best?.loss ?? .infinity) { best = (loss, form) }
    }
    guard let form = best?.form, let fit = Fit(history, count: history.count, form: form) else { return nil }
    indices = (0..<history.count + horizon).map { max(fit.value(at: $0) / summary.mean, 0.02) }
  }

  /// The squared error of the shape over that of a level, one period to a quarter of the history ahead of each origin; one
  /// where the shape is worse at two of them.
  private static func backtest(_ history: DemandHistory, form: Form) -> Double {
    let ahead = max(3, min(history.bucket.cycle, history.count / 4))
    var (shaped, flat, worse) = (0.0, 0.0, 0)
    for number in 1...3 {
      let origin = history.count - (number * ahead + 1) / 2
      guard origin >= form.least(history.bucket), let fit = Fit(history, count: origin, form: form) else {
        return 1
      }
      // The scale of the level: how the latest periods stood to the shape, and to nothing.
      let recent = max(0, origin - 8)..<origin
      let seen = recent.filter { history.exposures[$0] == 1 }
      guard !seen.isEmpty else { return 1 }
      let mean = seen.reduce(0) { $0 + history.quantities[$1] } / Double(seen.count)
      let level = mean / max(seen.reduce(0) { $0 + fit.value(at: $1) } / Double(seen.count), 1e-6)
      var (own, plain) = (0.0, 0.0)
      for t in origin..<min(origin + ahead, history.count) where history.exposures[t] == 1 {
        own += square(history.quantities[t] - level * fit.value(at: t))
        plain += square(history.quantities[t] - mean)
      }
      if own > plain { worse += 1 }
      shaped += own
      flat += plain
    }
    return worse < 2 && flat > 0 ? shaped / flat : 1
  }

  private static func square(_ x: Double) -> Double { x * x }
}

extension OwnShape {
  /// What a shape consists of.
  struct Form {
    let hasTrend: Bool
    let hasSeason: Bool

    static func all(for history: DemandHistory) -> [Form] {
      let seasonal = history.count >= 2 * history.bucket.cycle
      return [Form(hasTrend: true, hasSeason: false)]
        + (seasonal ? [Form(hasTrend: false, hasSeason: true), Form(hasTrend: true, hasSeason: true)] : [])
    }

    /// Periods that it takes to fit one.
    func least(_ bucket: Bucket) -> Int { hasSeason ? bucket.cycle * 5 / 4 : 12 }

    /// The regressors of a period: one, its place in the history, and its season's.
    func terms(_ t: Int, _ history: DemandHistory, count: Int) -> [Double] {
      var terms = [1.0]
      // Behind the end of what is known the line's steps fade: φ + φ² + … .
      let beyond = Double(t - count + 1)
      if hasTrend {
        let faded = t < count ? Double(t) : Double(count - 1) + Self.faded(beyond)
        terms.append(faded / Double(count))
      }
      guard hasSeason else { return terms }
      let (cycle, phase) = (history.bucket.cycle, history.bucket.phase(of: history.start + t))
      if cycle <= 12 {
        terms += (1..<cycle).map { $0 == phase ? 1.0 : 0 }
      } else {
        for harmonic in 1...2 {
          let angle = Double((phase * harmonic) % cycle) / Double(cycle)
          terms += [Elementary.sine(turns: angle), Elementary.sine(turns: angle + 0.25)]
        }
      }
      return terms
    }

    private static func faded(_ steps: Double) -> Double {
      var (sum, share) = (0.0, 1.0)
      for _ in 0..<Int(steps) {
        share *= OwnShape.damping
        sum += share
      }
      return sum
    }
  }

  /// Least squares over the first `count` periods of a history.
  struct Fit {
    private let coefficients: [Double]
    private let form: Form
    private let history: DemandHistory
    private let count: Int

    /// Nil where the periods do not determine the shape.
    init?(_ history: DemandHistory, count: Int, form: Form) {
      (self.history, self.count, self.form) = (history, count, form)
      let size = form.terms(0, history, count: count).count
      var normal = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
      for t in 0..<count where history.exposures[t] > 0 {
        let terms = form.terms(t, history, count: count)
        let rate = history.quantities[t] / history.exposures[t]
        for (row, left) in terms.enumerated() where left != 0 {
          let weighted = left * history.exposures[t]
          for (column, right) in terms.enumerated() { normal[row][column] += weighted * right }
          normal[row][size] += weighted * rate
        }
      }
      guard let solved = Self.solved(&normal) else { return nil }
      coefficients = solved
    }

    /// Expected demand of a period, not below a fiftieth of nothing.
    func value(at t: Int) -> Double {
      let terms = form.terms(t, history, count: count)
      return max(zip(coefficients, terms).reduce(0) { $0 + $1.0 * $1.1 }, 1e-6)
    }

    /// Gauss's elimination with the largest pivot; nil where there is none.
    private static func solved(_ rows: inout [[Double]]) -> [Double]? {
      let size = rows.count
      for column in 0..<size {
        let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
        guard abs(rows[pivot][column]) > 1e-9 else { return nil }
        rows.swapAt(column, pivot)
        for row in 0..<size where row != column && rows[row][column] != 0 {
          let factor = rows[row][column] / rows[column][column]
          for place in column...size { rows[row][place] -= factor * rows[column][place] }
        }
      }
      return (0..<size).map { rows[$0][size] / rows[$0][$0] }
    }
  }
}
