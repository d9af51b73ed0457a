/// What all points of a block together must and may have, in units, and how many units a pack of each source is.
struct BlockExtent {
  /// What must have arrived by a date from the sources that are in time for it.
  struct Stage {
    var least: Int
    var sources: [Int]
  }

  var least: Int
  var most: Int
  var sizes: [Int]
  var stages: [Stage] = []
  /// Limits on several sources together that no price of packs knows of.
  var rules: [BlockRule] = []

  /// The ranges without what the other sources' ranges leave no room or no need for; nil where nothing is left.
  func tightened(_ ranges: [BlockRange], _ prices: [BlockPrice]) -> [BlockRange]? {
    var ranges = ranges
    for _ in 0..<(rules.isEmpty ? 3 : 8) {
      let before = ranges
      guard tighten(&ranges, prices) else { return nil }
      for stage in stages {
        guard tighten(&ranges, to: stage, prices) else { return nil }
      }
      for rule in rules {
        guard let bounds = rule.bounds(ranges) else { return nil }
        for (source, bound) in zip(rule.sources, bounds) {
          guard ranges[source].tighten(bound, prices[source]) else { return nil }
        }
      }
      if ranges == before { break }
    }
    return ranges
  }

  private func tighten(_ ranges: inout [BlockRange], _ prices: [BlockPrice]) -> Bool {
    var low = 0
    var high = 0
    for (range, size) in zip(ranges, sizes) {
      low += range.least * size
      high += range.most * size
    }
    guard low <= most, high >= least else { return false }
    for source in ranges.indices where ranges[source].packs != nil {
      let size = sizes[source]
      let upper = (most - low + ranges[source].least * size) / size
      let needed = max(0, least - high + ranges[source].most * size).dividedRoundingUp(by: size)
      guard ranges[source].tighten((needed, upper), prices[source]) else { return false }
    }
    return true
  }

  private func tighten(_ ranges: inout [BlockRange], to stage: Stage, _ prices: [BlockPrice]) -> Bool {
    let high = stage.sources.reduce(0) { $0 + ranges[$1].most * sizes[$1] }
    guard high >= stage.least else { return false }
    for source in stage.sources where ranges[source].packs != nil {
      let size = sizes[source]
      let needed = max(0, stage.least - high + ranges[source].most * size).dividedRoundingUp(by: size)
      guard ranges[source].tighten((needed, .max), prices[source]) else { return false }
    }
    return true
  }
}

extension BlockRange {
  var least: Int { allowsNone ? 0 : packs?.lowerBound ?? 0 }
  var most: Int { packs?.upperBound ?? 0 }

  /// The range cut to `least…most` and to what can be ordered; false where nothing is left.
  fileprivate mutating func tighten(_ bounds: (least: Int, most: Int), _ price: BlockPrice) -> Bool {
    if bounds.least > 0 { allowsNone = false }
    guard bounds.most >= 0 else { return false }
    if let packs {
      self.packs = price.tightened(
        max(packs.lowerBound, bounds.least),
        min(packs.upperBound, bounds.most)
      )
    }
    return packs != nil || allowsNone
  }
}

extension BlockPrice {
  /// The range cut to numbers of packs that a piece has; nil where none has.
  fileprivate func tightened(_ lower: Int, _ upper: Int) -> ClosedRange<Int>? {
    guard let first = pieces.first(where: { $0.packs.upperBound >= lower }),
      let last = pieces.last(where: { $0.packs.lowerBound <= upper })
    else { return nil }
    let low = max(lower, first.packs.lowerBound).roundedUp(to: multiple)
    let high = min(upper, last.packs.upperBound).roundedDown(to: multiple)
    return low <= high ? low...high : nil
  }
}
