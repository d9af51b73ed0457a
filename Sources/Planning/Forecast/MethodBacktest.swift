/// How the three methods, and every blend of them, would have fared on a sample of a class.
///
/// At each of up to five origins near the end of each history, the methods see what was known then and draw
/// futures; blends are scored on the periods and on the sum over the lead time that followed.
struct MethodBacktest {
  let prior: ClassPrior
  let leadTime: Int
  let seed: UInt64

  private static let paths = 192
  private static let origins = 5
  private static let indifference = 0.005
  private static let levels = [0.1, 0.25, 0.5, 0.75, 0.9]

  /// Losses of each of `MethodBlend.grid`, over periods and over lead times, and their number.
  struct Losses {
    var period = [Double](repeating: 0, count: MethodBlend.grid.count)
    var lead = [Double](repeating: 0, count: MethodBlend.grid.count)
  }

  /// The blends averaged, each counting e times less for every `indifference` it loses more than the best, the two
  /// losses in equal parts: differences below that are chance, and an average of equals is better than any.
  func bestBlend(_ sample: [DemandHistory]) -> MethodBlend {
    var losses = Losses()
    for (index, history) in sample.enumerated() { score(history, index: index, into: &losses) }
    guard let bestPeriod = losses.period.min(), let bestLead = losses.lead.min(), bestPeriod > 0, bestLead > 0
    else { return MethodBlend() }
    let total = zip(losses.period, losses.lead).map { $0 / bestPeriod + $1 / bestLead }
    let best = total.min() ?? 0
    return MethodBlend.grid.averaged(total.map { Elementary.exp((best - $0) / Self.indifference) })
  }

  /// The probabilities at which forecasts put the lead-time sums that came, by origin, the latest first.
  struct Outcomes {
    /// For quantiles that are the smallest number to cover what is asked.
    var reaching: [[Double]]
    /// For quantiles that are the number to cover nearest to it.
    var nearest: [[Double]]
  }

  /// How the forecasts of `prior.blend` fared.
  func outcomes(_ sample: [DemandHistory]) -> Outcomes {
    let none = [[Double]](repeating: [], count: Self.origins)
    var outcomes = Outcomes(reaching: none, nearest: none)
    for (index, history) in sample.enumerated() {
      for (number, origin) in origins(of: history, from: 2.0 / 3).enumerated() {
        guard let actual = leadSum(history, origin) else { continue }
        var random = stream(index, number)
        let model = SeriesModel(history.prefix(origin), steps: leadTime, prior: prior)
        let paths = model.paths(Self.paths, steps: leadTime, blend: prior.blend, using: &random)
        let place = Place(of: actual, among: paths.sums(from: 0, count: leadTime))
        outcomes.reaching[number].append(place.reaching)
        outcomes.nearest[number].append(place.nearest)
      }
    }
    return outcomes
  }

  /// Up to five origins a lead time apart, none before `share` of the history. Which method is better shows from half
  /// of it on; how wide forecasts should be is asked of the last third alone, because what came before an epidemic
  /// says little of its scatter.
  private func origins(of history: DemandHistory, from share: Double) -> [Int] {
    let first = max(6, Int(Double(history.count) * share))
    return (1...Self.origins).map { history.count - $0 * leadTime }.filter { $0 >= first }
  }

  private func stream(_ index: Int, _ origin: Int) -> RandomStream {
    RandomStream(seed: SplitMix64.mixed(seed &+ UInt64(index * 16 + origin)))
  }

  private func leadSum(_ history: DemandHistory, _ origin: Int) -> Double? {
    let window = origin..<origin + leadTime
    guard history.exposures[window].allSatisfy({ $0 == 1 }) else { return nil }
    return history.quantities[window].reduce(0, +)
  }

  /// Where a sum lies among those drawn.
  private struct Place {
    let below: Double
    let equal: Double

    init(of actual: Double, among sums: [Int]) {
      let count = Double(sums.count)
      below = Double(sums.count { Double($0) < actual }) / count
      equal = Double(sums.count { Double($0) == actual }) / count
    }

    /// A quantile covers a sum that equals it; so in the upper tail, which stock is held for, ties do not count.
    var reaching: Double { below + equal * 0.5 * min(1, max(0, (0.9 - below) / 0.3)) }

    /// The quantile nearest to a level covers this sum from halfway between those below and those up to it.
    var nearest: Double { below + 0.5 * equal }
  }

  private func score(_ history: DemandHistory, index: Int, into losses: inout Losses) {
    for (number, origin) in origins(of: history, from: 0.5).enumerated() {
      let past = history.prefix(origin)
      let (mean, step) = (DemandSummary(past).mean, past.meanStep)
      guard mean > 0, step > 0, let actual = leadSum(history, origin) else { continue }
      let model = SeriesModel(past, steps: leadTime, prior: prior)
      let blends = MethodBlend.grid.map(model.tilted)
      var random = stream(index, number)
      let methods = MethodBlend.pure.map {
        model.paths(Self.paths, steps: leadTime, shares: $0, using: &random)
      }
      for ahead in 0..<leadTime {
        let drawn = BlendedSample(methods.map { $0.column(ahead) })
        let demand = history.quantities[origin + ahead]
        for (blend, shares) in blends.enumerated() {
          losses.period[blend] += drawn.loss(Self.levels, shares: shares, actual: demand) / step
        }
      }
      let drawn = BlendedSample(methods.map { $0.sums(from: 0, count: leadTime)[...] })
      for (blend, shares) in blends.enumerated() {
        losses.lead[blend] += drawn.loss([0.95], shares: shares, actual: actual) / mean
      }
    }
  }
}
