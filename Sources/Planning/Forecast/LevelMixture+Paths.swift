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
    let even = EvenUniforms(steps: matrix.steps, using: &random)
    var first = range.lowerBound
    for (member, share) in zip(members, shares) where share > 0 {
      let scatter = member.filter.inverseSize(around: member.filter.level, prior: prior)
      let carries = member.filter.carries(
        steps: matrix.steps,
        indices: member.filter.dynamics.isSeasonal || isShaped ? season?.future : nil
      )
      let (start, paths) = (first, matrix.paths)
      var cells = matrix.values.mutableSpan
      member.filter.follow(carries, count: share) { index, step, mean in
        let place = even.uniform(path: start + index, step: step, using: &random)
        let drawn = random.negativeBinomial(mean: mean, inverseSize: scatter, at: place)
        cells[step * paths + start + index] = drawn
        return drawn
      }
      first += share
    }
  }
}

/// What a step does to the level whatever is drawn: the growth into it, its season, and the share of a surprise
/// that stays.
private struct Carry {
  let growth: Double
  let season: Double
  let gain: Double
}

extension LevelFilter {
  /// The growth into step j is exp(φʲ⁺¹·growth).
  fileprivate func carries(steps: Int, indices: [Double]?) -> [Carry] {
    var (rate, weight) = (growth, weight)
    return (0..<steps).map { step in
      rate *= dynamics.damping
      weight = (1 - dynamics.gain) * weight + 1
      return Carry(
        growth: dynamics.damping > 0 ? Elementary.exp(rate) : 1,
        season: indices?[step] ?? 1,
        gain: 1 / max(weight, 1)
      )
    }
  }

  /// `count` futures side by side, a step after another: each demand is as `draw` makes it of path, step and mean.
  @inline(__always)
  fileprivate func follow(_ carries: [Carry], count: Int, draw: (Int, Int, Double) -> Int) {
    var levels = [Double](repeating: level, count: count)
    for (step, carry) in carries.enumerated() {
      let perLevel = carry.gain / carry.season
      for index in 0..<count {
        let carried = levels[index] * carry.growth
        let drawn = draw(index, step, carried * carry.season)
        levels[index] = max(carried * (1 - carry.gain) + Double(drawn) * perLevel, Self.smallest)
      }
    }
  }
}
