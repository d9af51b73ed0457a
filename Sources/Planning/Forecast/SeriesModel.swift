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
    if isSurging { return [1, 0, 0] }
    let odds = Elementary.exp(min(max(X("tilt", 0.25) * hurdleAdvantage, -20), X("tcap", 1)))
    let sum = blend.level + (blend.logNormal + blend.urn) * odds
    return [blend.level / sum, blend.logNormal * odds / sum, blend.urn * odds / sum]
  }

  init(_ history: DemandHistory, steps: Int, prior: ClassPrior) {
    levels = LevelMixture(history, horizon: steps, prior: prior.level)
    hurdle = Hurdle(history, prior: prior.hurdle)
    self.prior = prior
    isSurging = X("surge", 1) > 0 && SurgeDetector.flags(history, season: levels.season, prior: prior.level).last == true
    if isSurging { levels.keepFast() }
    hurdleAdvantage = HurdleEvidence.value(history, prior: prior.hurdle) - levels.evidence
  }

  /// `paths` futures of `steps` periods, the methods sharing the paths as the class's blend says.
  ///
  /// Paths are dealt so that equal sums, once sorted, hold the methods in turn and not one after the other.
  func paths(_ paths: Int, steps: Int, blend: MethodBlend, using random: inout RandomStream) -> SamplePaths {
    var matrix = SamplePaths(paths: paths, steps: steps)
    let shares = Apportionment.shares(of: paths, weights: tilted(blend))
    let firstHurdle = shares[0]
    let firstUrn = firstHurdle + shares[1]
    levels.draw(into: &matrix, paths: 0..<firstHurdle, prior: prior.level, using: &random)
    hurdle.drawLogNormal(into: &matrix, paths: firstHurdle..<firstUrn, using: &random)
    hurdle.drawUrn(into: &matrix, paths: firstUrn..<paths, using: &random)
    return matrix
  }
}
