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
    var first = range.lowerBound
    for (member, share) in zip(members, shares) where share > 0 {
      let indices = member.filter.dynamics.isSeasonal ? season?.future : nil
      let rates = member.filter.growthFactors(steps: matrix.steps)
      for path in first..<first + share {
        member.filter.draw(path, into: &matrix, season: indices, rates: rates, prior: prior, using: &random)
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

  @inline(__always)
  fileprivate func draw(
    _ path: Int,
    into matrix: inout SamplePaths,
    season: [Double]?,
    rates: [Double],
    prior: LevelPrior,
    using random: inout RandomStream
  ) {
    let kappa = inverseSize(around: level, prior: prior)
    var level = level
    var weight = weight
    for step in 0..<matrix.steps {
      let carried = level * rates[step]
      let index = season?[step] ?? 1
      let drawn = random.negativeBinomial(mean: carried * index, inverseSize: kappa)
      matrix[path, step] = drawn
      weight = (1 - dynamics.gain) * weight + 1
      level = max(carried + (Double(drawn) / index - carried) / max(weight, 1), Self.smallest)
    }
  }
}
