/// The ways in which cascades can be kept for one item: for each set of sources taken to be used up, the packs
/// that this asks of them and the points that the sources after them may then deliver to.
///
/// A larger set that lets nobody deliver anywhere else is left out: its plans are the smaller set's too. With h
/// holders that reach all points a lot has h sets in each period.
struct CascadeCases {
  struct Case {
    /// Packs that a used-up source has at least, by the block's sources.
    var least: [Int]
    /// By point and source: who may deliver where.
    var reach: [[Bool]]
  }

  private(set) var all: [Case] = []
  private let usable: [[Bool]]
  /// By point and source: the sources that must be used up before.
  private let before: [[[Int]]]
  /// Packs at which a source is used up; nil where it never is.
  private let full: [Int?]
  private let packs: [Int]
  private let room: Int
  private static let mostCases = 40

  /// Nil where there are too many.
  init?(_ index: AwardIndex, _ block: AwardIndex.Block) {
    let sources = block.sources.map { index.sources[$0] }
    usable = block.points.map { point in sources.map { $0.arrivalDay <= point.lastDay } }
    packs = sources.map(\.pack)
    room = block.points.reduce(0) { $0 + $1.most }
    let lots = index.problem.agreements.filter { $0.rule == .cascade && $0.items.contains(block.item) }
    let own = Dictionary(uniqueKeysWithValues: block.sources.enumerated().map { ($1, $0) })
    before = block.points.map { point in
      block.sources.map { source in
        let earlier = lots.flatMap { index.sourcesBefore(source, in: $0, at: point.deliveryPoint) }
        return Set(earlier.compactMap { own[$0] }).sorted()
      }
    }
    full = sources.map { source in
      let limits = [source.capacityPacks, block.sharePacks[source.offer]].compactMap { $0 }
      return limits.min().flatMap { $0 <= source.mostPacks ? $0 : nil }
    }
    if lots.isEmpty {
      all = [Case(least: sources.map { _ in 0 }, reach: usable)]
      return
    }
    // A share over several periods is used up by their sum.
    guard block.sharePacks.isEmpty || index.problem.periods.count == 1 else { return nil }
    let candidates = Set(before.flatMap { $0.flatMap { $0 } }).filter { full[$0] != nil }.sorted()
    var isUsedUp = sources.map { _ in false }
    guard add(candidates[...], &isUsedUp, room) else { return nil }
  }

  /// Every set of the candidates that fits into the points; false where there are too many.
  private mutating func add(_ candidates: ArraySlice<Int>, _ isUsedUp: inout [Bool], _ room: Int) -> Bool {
    guard let next = candidates.first else {
      if let found = found(isUsedUp) { all.append(found) }
      return all.count <= Self.mostCases
    }
    guard add(candidates.dropFirst(), &isUsedUp, room) else { return false }
    let left = room - (full[next] ?? 0) * packs[next]
    guard left >= 0 else { return true }
    isUsedUp[next] = true
    defer { isUsedUp[next] = false }
    return add(candidates.dropFirst(), &isUsedUp, left)
  }

  private func found(_ isUsedUp: [Bool]) -> Case? {
    let reach = reach(isUsedUp)
    var fewer = isUsedUp
    for source in isUsedUp.indices where isUsedUp[source] {
      guard reach.contains(where: { $0[source] }) else { return nil }
      fewer[source] = false
      if self.reach(fewer) == reach { return nil }
      fewer[source] = true
    }
    return Case(least: isUsedUp.indices.map { isUsedUp[$0] ? full[$0] ?? 0 : 0 }, reach: reach)
  }

  private func reach(_ isUsedUp: [Bool]) -> [[Bool]] {
    zip(usable, before).map { usable, before in
      usable.indices.map { usable[$0] && before[$0].allSatisfy { isUsedUp[$0] } }
    }
  }
}
