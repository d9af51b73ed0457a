/// How the three methods, and every blend of them, would have fared on a sample of a class.
///
/// At each of up to four origins near the end of each history, the methods see what was known then and draw
/// futures; blends are scored on the periods and on the sum over the lead time that followed.
struct MethodBacktest {
  let prior: ClassPrior
  let leadTime: Int
  let seed: UInt64

  private static let paths = 192
  private static let origins = 4
  private static let levels = [0.1, 0.25, 0.5, 0.75, 0.9]

  /// Losses of each of `MethodBlend.grid`, over periods and over lead times, and their number.
  struct Losses {
    var period = [Double](repeating: 0, count: MethodBlend.grid.count)
    var lead = [Double](repeating: 0, count: MethodBlend.grid.count)
  }

  /// The blend that loses least, the two losses in equal parts.
  func bestBlend(_ sample: [DemandHistory]) -> MethodBlend {
    var losses = Losses()
    for (index, history) in sample.enumerated() { score(history, index: index, into: &losses) }
    guard let bestPeriod = losses.period.min(), let bestLead = losses.lead.min(), bestPeriod > 0, bestLead > 0
    else { return MethodBlend() }
    let total = zip(losses.period, losses.lead).map { $0 / bestPeriod + $1 / bestLead }
    let best = total.indices.min { total[$0] < total[$1] } ?? 0
    return MethodBlend.grid[best]
  }

  /// The probabilities at which the forecasts of `prior.blend` put the lead-time sums that came, by origin.
  func outcomes(_ sample: [DemandHistory]) -> [[Double]] {
    var outcomes = [[Double]](repeating: [], count: Self.origins)
    for (index, history) in sample.enumerated() {
      for (number, origin) in origins(of: history).enumerated() {
        guard let actual = leadSum(history, origin) else { continue }
        var random = stream(index, number)
        let model = SeriesModel(history.prefix(origin), steps: leadTime, prior: prior)
        let paths = model.paths(Self.paths, steps: leadTime, blend: prior.blend, using: &random)
        outcomes[number].append(place(actual, among: paths.sums(from: 0, count: leadTime)))
      }
    }
    return outcomes
  }

  private func origins(of history: DemandHistory) -> [Int] {
    (1...Self.origins).map { history.count - $0 * leadTime }.filter { $0 >= max(6, Int(Double(history.count) * X("of", 0.66))) }
  }

  private func stream(_ index: Int, _ origin: Int) -> RandomStream {
    RandomStream(seed: SplitMix64.mixed(seed &+ UInt64(index * 8 + origin)))
  }

  private func leadSum(_ history: DemandHistory, _ origin: Int) -> Double? {
    let window = origin..<origin + leadTime
    guard history.exposures[window].allSatisfy({ $0 == 1 }) else { return nil }
    return history.quantities[window].reduce(0, +)
  }

  /// The share of `sums` below `actual`, and part of those that equal it.
  private func place(_ actual: Double, among sums: [Int]) -> Double {
    var below = 0.0
    var equal = 0.0
    for sum in sums {
      if Double(sum) < actual { below += 1 } else if Double(sum) == actual { equal += 1 }
    }
    let a = below / Double(sums.count)
    let share = X("tie", 0.5) * min(1, max(0, (X("hi", 0.9) - a) / X("wi", 0.3)))
    return a + equal / Double(sums.count) * share
  }

  private func score(_ history: DemandHistory, index: Int, into losses: inout Losses) {
    let known = DemandSummary(history)
    guard known.mean > 0 else { return }
    for (number, origin) in origins(of: history).enumerated() {
      let past = history.prefix(origin)
      let (mean, step) = (DemandSummary(past).mean, past.meanStep)
      guard mean > 0, step > 0, let actual = leadSum(history, origin) else { continue }
      let model = SeriesModel(past, steps: leadTime, prior: prior)
      var random = stream(index, number)
      let methods = [MethodBlend(level: 1, logNormal: 0, urn: 0), MethodBlend(level: 0, logNormal: 1, urn: 0),
        MethodBlend(level: 0, logNormal: 0, urn: 1)].map {
          model.paths(Self.paths, steps: leadTime, blend: $0, using: &random)
        }
      let blends = MethodBlend.grid.map(model.tilted)
      for step0 in 0..<leadTime {
        let drawn = BlendedSample(methods.map { $0.column(step0) })
        let y = history.quantities[origin + step0]
        for (blend, weights) in blends.enumerated() {
          losses.period[blend] += drawn.loss(Self.levels, weights: weights, actual: y) / step
        }
      }
      let drawn = BlendedSample(methods.map { $0.sums(from: 0, count: leadTime)[...] })
      for (blend, weights) in blends.enumerated() {
        losses.lead[blend] += drawn.loss([0.95], weights: weights, actual: actual) / mean
      }
    }
  }
}

/// Draws of several methods in one ascending order, to read quantiles of any blend of them.
struct BlendedSample {
  private var values: [Int] = []
  private var methods: [Int] = []
  private let count: Int

  init(_ draws: [ArraySlice<Int>]) {
    count = draws.first?.count ?? 0
    let all = draws.flatMap { Array($0) }
    for position in RadixSort.order(all) {
      values.append(all[position])
      methods.append(position / count)
    }
  }

  /// The mean pinball loss over `levels`, which ascend, of the blend's quantiles.
  func loss(_ levels: [Double], weights: [Double], actual: Double) -> Double {
    var sum = 0.0
    var loss = 0.0
    var next = 0
    for (value, method) in zip(values, methods) {
      sum += weights[method] / Double(count)
      while next < levels.count && sum >= levels[next] - 1e-9 {
        loss += Accuracy.pinball(levels[next], actual: actual, quantile: Double(value))
        next += 1
      }
      if next == levels.count { break }
    }
    return loss / Double(levels.count)
  }
}

extension DemandHistory {
  /// Mean absolute change from one observed period to the next: the error of the naive forecast.
  var meanStep: Double {
    var (sum, count) = (0.0, 0.0)
    for t in stride(from: 1, to: self.count, by: 1) where exposures[t] == 1 && exposures[t - 1] == 1 {
      sum += abs(quantities[t] - quantities[t - 1])
      count += 1
    }
    return count > 0 ? sum / count : 0
  }
}
