/// One history fitted by every method, ready to draw futures from.
struct SeriesModel {
  var levels: LevelMixture
  let hurdle: Hurdle
  /// Whether demand has doubled of late: then only methods that follow at once are used.
  let isSurging: Bool
  /// ln of how much more probable the history is as coin and size than as a moving level.
  private let hurdleAdvantage: Double
  private let prior: ClassPrior

  /// The class's blend, moved by the series' own evidence: the odds of the hurdle methods are multiplied by a
  /// root of their likelihood ratio, because the class chose its blend on the same kind of evidence.
  func tilted(_ blend: MethodBlend) -> [Double] {
    if isSurging || levels.isShaped { return [1, 0, 0] }
    let odds = Elementary.exp(min(max(0.25 * hurdleAdvantage, -20), 1))
    let sum = blend.level + (blend.logNormal + blend.urn) * odds
    return [blend.level / sum, blend.logNormal * odds / sum, blend.urn * odds / sum]
  }

  /// The probability that the item is not in use.
  private let dormancy: Double

  init(_ history: DemandHistory, steps: Int, prior: ClassPrior) {
    let prior = prior.suited(to: history)
    dormancy = Dormancy.probability(history, prior: prior.hurdle)
    let shape = prior.level.hasOthers ? nil : OwnShape(history, horizon: steps)
    levels = LevelMixture(history, horizon: steps, prior: prior.level, shape: shape)
    hurdle = Hurdle(history, prior: prior.hurdle)
    self.prior = prior
    isSurging = SurgeDetector.flags(history, season: levels.season, prior: prior.level).last == true
    if isSurging { levels.keepFast() }
    hurdleAdvantage = HurdleEvidence.value(history, prior: prior.hurdle) - levels.evidence
  }

  /// Makes as large a part of the paths nothing as the item is likely not to be in use.
  private func silence(_ drawn: inout SamplePaths, using random: inout RandomStream) {
    let even = EvenUniforms(steps: 1, using: &random)
    for path in 0..<drawn.paths where even.uniform(path: path, step: 0, using: &random) < dormancy {
      for step in 0..<drawn.steps { drawn[path, step] = 0 }
    }
  }

  /// `paths` futures of `steps` periods, the methods sharing them as the tilted blend says.
  func paths(_ paths: Int, steps: Int, blend: MethodBlend, using random: inout RandomStream) -> SamplePaths {
    self.paths(paths, steps: steps, shares: tilted(blend), using: &random)
  }

  /// `paths` futures of `steps` periods, the methods sharing them in proportion to `shares`.
  func paths(_ paths: Int, steps: Int, shares: [Double], using random: inout RandomStream) -> SamplePaths {
    var drawn = SamplePaths(paths: paths, steps: steps)
    let counts = Apportionment.shares(of: paths, weights: shares)
    let firstLogNormal = counts[0]
    let firstUrn = firstLogNormal + counts[1]
    levels.draw(into: &drawn, paths: 0..<firstLogNormal, prior: prior.level, using: &random)
    hurdle.drawLogNormal(into: &drawn, paths: firstLogNormal..<firstUrn, using: &random)
    hurdle.drawUrn(into: &drawn, paths: firstUrn..<paths, using: &random)
    if dormancy > 0 { silence(&drawn, using: &random) }
    return drawn
  }
}
