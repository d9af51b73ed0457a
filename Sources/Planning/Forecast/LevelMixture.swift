/// The dynamics that a history supports, with their weights and their state at its end.
struct LevelMixture {
  struct Member {
    let filter: LevelFilter
    var weight: Double
  }

  private(set) var members: [Member] = []
  let season: SeasonTrack?
  /// Whether the season is the history's own shape, which every member follows.
  let isShaped: Bool

  /// Filters `history` through every candidate that its class uses and weighs them by Bayes' rule: the class's
  /// weight times the discounted probability that each gave to the history. Cost: O(candidates · periods).
  init(_ history: DemandHistory, horizon: Int, prior: LevelPrior, shape: OwnShape? = nil) {
    isShaped = shape != nil
    let hasSeason = shape == nil && SeasonTrack.applies(to: history, prior: prior)
    let used = Dynamics.all.indices.filter { index in
      (hasSeason || shape != nil || !Dynamics.all[index].isSeasonal) && prior.weight(of: index) > 0
    }
    season =
      shape.map { SeasonTrack($0, periods: history.count) }
      ?? (hasSeason && used.contains { Dynamics.all[$0].isSeasonal }
        ? SeasonTrack(history, horizon: horizon, prior: prior) : nil)
    let (season, isShaped) = (season, isShaped)
    members = used.map { index in
      let dynamics = Dynamics.all[index]
      let indices = dynamics.isSeasonal || isShaped ? season?.past : nil
      let filter = Self.filtered(history, dynamics, indices: indices, prior: prior)
      return Member(filter: filter, weight: prior.weight(of: index))
    }
    weigh()
  }

  private static func filtered(
    _ history: DemandHistory,
    _ dynamics: Dynamics,
    indices: [Double]?,
    prior: LevelPrior
  ) -> LevelFilter {
    var filter = LevelFilter(dynamics, prior: prior)
    for t in 0..<history.count {
      filter.observe(
        history.quantities[t],
        exposure: history.exposures[t],
        season: indices?[t] ?? 1,
        classGrowth: prior.growth(at: history.start + t),
        prior: prior
      )
    }
    return filter
  }

  /// ln of the probability that the mixture gave to the history, without ln y!.
  private(set) var evidence = 0.0

  private mutating func weigh() {
    let best = members.map(\.filter.evidence).max() ?? 0
    for index in members.indices {
      members[index].weight *= Elementary.exp(members[index].filter.evidence - best)
    }
    let sum = members.reduce(0) { $0 + $1.weight }
    for index in members.indices { members[index].weight /= sum }
    if sum > 0 { evidence = best + Elementary.log(sum) }
  }

  /// Keeps the candidates that follow a change at once: what a series in surge is forecast with.
  mutating func keepFast() {
    let fast = members.filter { $0.filter.dynamics.gain >= 0.4 }
    guard !fast.isEmpty else { return }
    members = fast
    weigh()
  }
}

extension LevelPrior {
  /// The class's weight of `Dynamics.all[index]`; equal before anything is learned.
  func weight(of index: Int) -> Double { weights.isEmpty ? 1 : weights[index] }
}
