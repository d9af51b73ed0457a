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

  /// Infinite where so many packs cannot be ordered.
  func cost(_ packs: Int) -> Double {
    if packs == 0 { return 0 }
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

extension BlockPrice {
  /// The least price of a pack over the range, and the number of packs at which it is had: `cost ≥ price ×
  /// packs` on all of the range, with equality there. On a piece `fixed / n + perPack` is monotone, so its
  /// ends suffice.
  func leastPerPack(_ range: BlockRange) -> (price: Double, at: Int) {
    guard let allowed = range.packs else { return (.infinity, 0) }
    var least = (price: Double.infinity, at: 0)
    for piece in pieces where piece.packs.overlaps(allowed) {
      let packs = piece.packs.clamped(to: allowed)
      for end in [packs.lowerBound, packs.upperBound] {
        let price = piece.cost(end) / Double(end)
        if price < least.price { least = (price, end) }
      }
    }
    return least
  }
}
