/// What packs of one source cost a block, with the prices that the ties between items put on them: pieces of
/// `fixed + perPack × packs`, in euros.
struct BlockPrice {
  struct Piece {
    var packs: ClosedRange<Int>
    var fixed: Double
    var perPack: Double

    func cost(_ packs: Int) -> Double { fixed + perPack * Double(packs) }
  }

  var pieces: [Piece]
  /// Only whole multiples of so many packs can be ordered.
  var multiple = 1

  /// Infinite where so many packs cannot be ordered.
  func cost(_ packs: Int) -> Double {
    if packs == 0 { return 0 }
    guard multiple == 1 || packs % multiple == 0 else { return .infinity }
    for piece in pieces where piece.packs.contains(packs) { return piece.cost(packs) }
    return .infinity
  }
}

/// The numbers of packs of one source that a branch of the search still allows: none, or one in a range.
struct BlockRange: Equatable {
  var allowsNone: Bool
  var packs: ClosedRange<Int>?

  func contains(_ count: Int) -> Bool { count == 0 ? allowsNone : packs?.contains(count) ?? false }
}

/// A line below a source's cost: `base + slope × packs`, equal to it at `touching`.
struct CostLine {
  var base = 0.0
  var slope: Double
  var touching = 0

  func cost(_ packs: Int) -> Double { packs == 0 ? base : base + slope * Double(packs) }
}

extension BlockPrice {
  /// The ends of the pieces within the range: costs are linear between them.
  private func ends(_ range: BlockRange) -> [(packs: Int, cost: Double)] {
    guard let allowed = range.packs else { return [] }
    return pieces.filter { $0.packs.overlaps(allowed) }.flatMap { piece in
      let packs = piece.packs.clamped(to: allowed)
      return [
        (packs.lowerBound, piece.cost(packs.lowerBound)), (packs.upperBound, piece.cost(packs.upperBound)),
      ]
    }
  }

  /// A line below the cost on all of the range: through the origin where nothing may be ordered, otherwise
  /// along the range's ends, which is the cost itself on a single piece.
  func lineBelow(_ range: BlockRange) -> CostLine {
    let ends = ends(range)
    guard let first = ends.first, let last = ends.last else { return CostLine(slope: .infinity) }
    if range.allowsNone {
      let least = ends.min { $0.cost * Double($1.packs) < $1.cost * Double($0.packs) } ?? first
      return CostLine(slope: least.cost / Double(least.packs), touching: least.packs)
    }
    var line = CostLine(slope: 0)
    line.slope =
      last.packs > first.packs
      ? (last.cost - first.cost) / Double(last.packs - first.packs) : first.cost / Double(first.packs)
    line.base = .infinity
    for end in ends where end.cost - line.slope * Double(end.packs) < line.base {
      line.base = end.cost - line.slope * Double(end.packs)
      line.touching = end.packs
    }
    return line
  }

  /// The pieces that the range overlaps, by position.
  func pieces(in range: BlockRange) -> [Int] {
    guard let allowed = range.packs else { return [] }
    return pieces.indices.filter { pieces[$0].packs.overlaps(allowed) }
  }
}
