/// A block's delivery points as tables of covering knapsacks: quantities in the packs' common unit, sources joined
/// to kinds, points to groups.
struct BlockPoints {
  private let points: [AwardIndex.Point]
  /// By point and source.
  private let reach: [[Bool]]
  private let packs: [Int]
  private let unit: Int
  /// Dates on which something is due, and the first of them that each source is in time for.
  private let days: [Int]
  private let classes: [Int]

  init(_ index: AwardIndex, _ block: AwardIndex.Block, _ reach: [[Bool]]) {
    points = block.points
    self.reach = reach
    packs = block.sources.map { index.sources[$0].pack }
    unit = packs.reduce(0) { greatestCommonDivisor($0, $1) }
    let days = Set(block.points.flatMap { $0.dues.map(\.day) }).sorted()
    self.days = days
    classes = block.sources.map { source in
      days.firstIndex { index.sources[source].arrivalDay <= $0 } ?? days.count
    }
  }

  /// Larger tables than these are the solver's.
  private static let largestTable = 200_000
  private static let largestTables = 6_000_000
  private static let mostKinds = 60

  /// Nil where they are too large.
  var tables: PointTables? {
    let kinds = kinds
    guard kinds.count <= Self.mostKinds, points.allSatisfy({ $0.most / unit <= Self.largestTable }) else {
      return nil
    }
    var groups: [(reach: [Bool], dues: [PointTables.Due])] = []
    var placed: [PointTables.Point] = []
    for (point, reach) in zip(points, reach) {
      let group = (reach: reach, dues: dues(point, reach, kinds))
      let known = groups.firstIndex { $0 == group }
      if known == nil { groups.append(group) }
      placed.append(
        .init(
          need: point.need.dividedRoundingUp(by: unit),
          most: point.most / unit,
          group: known ?? groups.count - 1
        )
      )
    }
    let sizes = groups.indices.map { group in
      placed.reduce(0) { $1.group == group ? max($0, $1.most + 1) : $0 }
    }
    guard sizes.reduce(0, +) * kinds.count <= Self.largestTables else { return nil }
    return PointTables(
      points: placed,
      kinds: kinds.map { kind in
        .init(size: packs[kind[0]] / unit, groups: groups.map { $0.reach[kind[0]] }, sources: kind)
      },
      dues: groups.map(\.dues)
    )
  }

  /// Sources with packs of one size that arrive between the same dates and reach the same points, by arrival.
  private var kinds: [[Int]] {
    var kinds: [[Int]] = []
    for source in packs.indices.sorted(by: { (classes[$0], $0) < (classes[$1], $1) }) {
      let known = kinds.firstIndex { kind in
        packs[kind[0]] == packs[source] && classes[kind[0]] == classes[source]
          && reach.allSatisfy { $0[kind[0]] == $0[source] }
      }
      if let known { kinds[known].append(source) } else { kinds.append([source]) }
    }
    return kinds
  }

  /// What the point is owed before its last kinds arrive.
  private func dues(_ point: AwardIndex.Point, _ reach: [Bool], _ kinds: [[Int]]) -> [PointTables.Due] {
    let last = kinds.lastIndex { reach[$0[0]] } ?? 0
    var dues: [PointTables.Due] = []
    for due in point.dues.dropLast() where due.quantity > 0 {
      let before = kinds.firstIndex { days[classes[$0[0]], default: .max] > due.day } ?? kinds.count
      guard before <= last else { continue }
      let quantity = due.quantity.dividedRoundingUp(by: unit)
      if dues.last?.before == before { dues.removeLast() }
      dues.append(.init(before: before, quantity: quantity))
    }
    return dues
  }

  var extent: BlockExtent {
    BlockExtent(
      least: points.reduce(0) { $0 + $1.need.dividedRoundingUp(by: unit) },
      most: points.reduce(0) { $0 + $1.most / unit },
      sizes: packs.map { $0 / unit },
      stages: days.dropLast().enumerated().compactMap { position, day in
        let least = points.reduce(0) { sum, point in
          sum + (point.dues.last { $0.day <= day }?.quantity ?? 0).dividedRoundingUp(by: unit)
        }
        return least == 0
          ? nil : .init(least: least, sources: classes.indices.filter { classes[$0] <= position })
      }
    )
  }
}

extension Array {
  fileprivate subscript(_ position: Int, default missing: Element) -> Element {
    position < count ? self[position] : missing
  }
}
