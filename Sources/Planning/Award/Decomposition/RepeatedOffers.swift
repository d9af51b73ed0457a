/// One offer in several rounds of orders: rounds that an item's cheapest plan can do without, because an earlier one delivers
/// the same for no more and has enough for all.
///
/// At one price it makes no difference which round a source delivers in, and a search that tries both does everything
/// twice. Prices are those that the ties put on packs: at others it may be the other way round.
struct RepeatedOffers {
  let prices: [BlockPrice]
  /// By source.
  let offers: [Int]
  /// Most packs that all rounds of a source's offer together can be of use for.
  let useful: [Int]
  /// Whether one source reaches all that another does, in time for all that the other is in time for.
  let reaches: (_ one: Int, _ other: Int) -> Bool

  /// By source: whether it can be left out. Of two that can stand for each other the first is kept.
  var dispensable: [Bool] {
    var dispensable = [Bool](repeating: false, count: prices.count)
    for other in prices.indices where !prices[other].pieces.isEmpty {
      dispensable[other] = prices.indices.contains { one in
        one != other && offers[one] == offers[other] && !dispensable[one] && stands(one, for: other)
          && (one < other || !stands(other, for: one))
      }
    }
    return dispensable
  }

  /// What two orders cost, one of both costs at the most.
  private func stands(_ one: Int, for other: Int) -> Bool {
    prices[one].multiple == prices[other].multiple && reaches(one, other)
      && prices[one].isNeverDearer(inLarger: useful[one]) && prices[one].isNoDearer(than: prices[other])
  }
}

extension BlockPrice {
  /// Whether it goes without a gap up to so many packs, each of which costs the less the more there are.
  fileprivate func isNeverDearer(inLarger most: Int) -> Bool {
    guard let last = pieces.last, last.packs.upperBound >= most else { return false }
    return pieces.allSatisfy { $0.fixed >= 0 }
      && zip(pieces, pieces.dropFirst()).allSatisfy { lower, upper in
        let (end, first) = (lower.packs.upperBound, upper.packs.lowerBound)
        // Cost of a pack, compared crosswise.
        return first == end + 1 && upper.cost(first) * Double(end) <= lower.cost(end) * Double(first)
      }
  }

  /// Whether it has the other's pieces, or more after them, for no more.
  fileprivate func isNoDearer(than other: BlockPrice) -> Bool {
    guard pieces.count >= other.pieces.count else { return false }
    return zip(pieces, other.pieces).allSatisfy { own, piece in
      let ends = [piece.packs.lowerBound, piece.packs.upperBound]
      return own.packs.lowerBound == piece.packs.lowerBound && own.packs.upperBound >= piece.packs.upperBound
        && ends.allSatisfy { own.cost($0) <= piece.cost($0) }
    }
  }
}
