/// One history fitted by every method, ready to draw futures from.
struct SeriesModel {
  var levels: LevelMixture
  let hurdle: Hurdle
  private let prior: ClassPrior

  init(_ history: DemandHistory, steps: Int, prior: ClassPrior) {
    levels = LevelMixture(history, horizon: steps, prior: prior.level)
    hurdle = Hurdle(history, prior: prior.hurdle)
    self.prior = prior
  }

  /// `paths` futures of `steps` periods, the methods sharing the paths as the class's blend says.
  ///
  /// Paths are dealt so that equal sums, once sorted, hold the methods in turn and not one after the other.
  func paths(_ paths: Int, steps: Int, blend: MethodBlend, using random: inout RandomStream) -> SamplePaths {
    var matrix = SamplePaths(paths: paths, steps: steps)
    let shares = Apportionment.shares(of: paths, weights: blend.weights)
    let firstHurdle = shares[0]
    let firstUrn = firstHurdle + shares[1]
    levels.draw(into: &matrix, paths: 0..<firstHurdle, prior: prior.level, using: &random)
    hurdle.drawLogNormal(into: &matrix, paths: firstHurdle..<firstUrn, using: &random)
    hurdle.drawUrn(into: &matrix, paths: firstUrn..<paths, using: &random)
    return matrix
  }
}
