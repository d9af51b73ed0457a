extension LevelMixture {
  /// Draws paths `range` of `matrix`, each from one member, members sharing the range by weight.
  ///
  /// A path is simulated forward through its member's own recursion: what it draws in a period moves its level,
  /// so that sums over a lead time carry the uncertainty of the level. Cost: O(paths · steps).
  func draw(
    into matrix: inout SamplePaths,
    paths range: Range<Int>,
    prior: LevelPrior,
    using random: inout RandomStream
  ) {
    let shares = Apportionment.shares(of: range.count, weights: members.map(\.weight))
    let (paths, steps) = (matrix.paths, matrix.steps)
    let even = EvenUniforms(steps: steps, using: &random)
    var cells = matrix.values.mutableSpan
    var first = range.lowerBound
    for (member, share) in zip(members, shares) where share > 0 {
      let filter = member.filter
      let indices =
        (filter.dynamics.isSeasonal ? season?.future : nil) ?? [Double](repeating: 1, count: steps)
      let carries = zip(filter.growthFactors(steps: steps), indices).map { (growth: $0, season: $1) }
      let kappa = filter.inverseSize(around: filter.level, prior: prior)
      for path in first..<first + share {
        filter.follow(carries) { step, mean in
          let place = even.uniform(path: path, step: step, using: &random)
          let drawn = random.negativeBinomial(mean: mean, inverseSize: kappa, at: place)
          cells[step * paths + path] = drawn
          return drawn
        }
      }
      first += share
    }
  }
}

extension LevelFilter {
  /// By how much the level is carried into each step: exp(φʲ⁺¹·growth) for step j.
  func growthFactors(steps: Int) -> [Double] {
    guard dynamics.damping > 0 else { return [Double](repeating: 1, count: steps) }
    var rate = growth
    return (0..<steps).map { _ in
      rate *= dynamics.damping
      return Elementary.exp(rate)
    }
  }

  /// One future: each step's growth and season as `carries` says, its demand as `draw` makes it of step and mean.
  @inline(__always)
  fileprivate func follow(_ carries: [(growth: Double, season: Double)], draw: (Int, Double) -> Int) {
    var (level, weight) = (level, weight)
    for (step, carry) in carries.enumerated() {
      let carried = level * carry.growth
      let drawn = draw(step, carried * carry.season)
      weight = (1 - dynamics.gain) * weight + 1
      level = max(carried + (Double(drawn) / carry.season - carried) / max(weight, 1), Self.smallest)
    }
  }
}
