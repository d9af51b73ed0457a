/// One delivery to be shared, in packs: what each centre has got so far and the bounds of what it may have
/// got after it.
struct SharingRound {
  struct Part {
    var stock: Int128
    var use: DailyUse
    var priority: Int
    /// In units.
    var need: Int
    var baseline: Int
    /// Packs, counted from the first delivery.
    var got: Int
    var floor: Int
    var cap: Int
  }

  struct Outcome {
    /// Packs after this delivery, counted from the first.
    var packs: [Int]
    /// The exact shares that were rounded, in packs; nil for the rules that give pack by pack.
    var shares: [Fraction]?
  }

  var packSize: Int
  /// Packs delivered so far that may be shared.
  var supply: Int
  var parts: [Part]

  func outcome(_ rule: AllocationRule) -> Outcome {
    let floors = parts.map { max($0.got, $0.floor) }
    guard floors.reduce(0, +) <= supply else { return Outcome(packs: floorsCut(), shares: nil) }
    return switch rule {
    case .equalCover: Outcome(packs: equalCover(parts.indices, from: floors), shares: nil)
    case .priority: Outcome(packs: byClass(from: floors), shares: nil)
    case .need: rounded(proportional { $0.need })
    case .baseline: rounded(proportional { $0.baseline })
    case .equalAwards: rounded(claims(.equalAwards))
    case .equalLosses: rounded(claims(.equalLosses))
    case .talmud: rounded(claims(.talmud))
    }
  }

  /// Too little for every floor: what is left of the floors is shared in proportion to them.
  private func floorsCut() -> [Int] {
    let missing = parts.map { max(0, $0.floor - $0.got) }
    let left = max(0, supply - parts.reduce(0) { $0 + $1.got })
    return zip(parts, LargestRemainder.split(left, inProportionTo: missing)).map { $0.got + $1 }
  }

  private func equalCover(_ members: some Sequence<Int>, from start: [Int]) -> [Int] {
    let members = Array(members)
    let filling = EqualCover(
      packSize: packSize,
      parts: members.map { index in
        let part = parts[index]
        return .init(
          scaledStock: part.stock,
          use: part.use,
          lower: start[index] - part.got,
          upper: part.cap - part.got
        )
      }
    )
    let outside = Set(parts.indices).subtracting(members).reduce(0) { $0 + start[$1] }
    let given = filling.packs(sharing: supply - outside - members.reduce(0) { $0 + parts[$1].got })
    var packs = start
    for (index, more) in zip(members, given) { packs[index] = parts[index].got + more }
    return packs
  }

  private func byClass(from floors: [Int]) -> [Int] {
    Dictionary(grouping: parts.indices) { parts[$0].priority }.sorted { $0.key < $1.key }
      .reduce(floors) { packs, group in equalCover(group.value, from: packs) }
  }

  private func proportional(_ weight: (Part) -> Int) -> [Fraction] {
    BoundedShares(parts.map { .init(weight: weight($0), lower: $0.floor, upper: $0.cap) }).shares(of: supply)
  }

  /// The floors first; the rule divides the rest among what is still claimed, in units.
  private func claims(_ rule: ClaimsRule) -> [Fraction] {
    let claims = parts.map { max(0, min($0.need, $0.cap * packSize) - $0.floor * packSize) }
    let estate = (supply - parts.reduce(0) { $0 + $1.floor }) * packSize
    return zip(parts, rule.awards(of: estate, claims: claims)).map { part, award in
      Fraction(part.floor) + award / Fraction(packSize)
    }
  }

  /// Shares add up to the supply where it is scarce; where it is not, a started pack is given whole.
  private func rounded(_ shares: [Fraction]) -> Outcome {
    let total = min(supply, shares.reduce(0) { $0 + $1.roundedUp })
    return Outcome(
      packs: LargestRemainder.round(shares, to: total, notBelow: parts.map(\.got)),
      shares: shares
    )
  }
}
