import Inventory

/// Who pays what of a plan: at first every centre the same for a pack, then nobody more than alone where others can take
/// it over.
///
/// Freight of an order is divided by the value of goods at the first prices, and stays so. A centre above its cost alone
/// hands the excess over, line by line, to the centres that share the line and still save, in proportion to what they
/// save; so every line keeps its sum. After Moulin (2003), “Fair Division and Collective Welfare”, on caps at the
/// stand-alone cost. Cost: O(lines × centres²).
struct SettledShares {
  private(set) var lines: [AwardPlan.Line]
  /// Goods and freight of each centre.
  private(set) var costs: [Centre.Code: Money]
  private let alone: [Centre.Code: Money]

  init(_ plan: AwardPlan, alone: [Centre.Code: Money]) {
    lines = plan.lines
    costs = plan.costs()
    self.alone = alone
    for centre in costs.keys.sorted() {
      for line in lines.indices { relieve(centre, in: line) }
    }
  }

  /// How much less than alone a centre pays; negative where it pays more, nil where it could not buy alone.
  func saving(_ centre: Centre.Code) -> Int64? {
    guard let cost = costs[centre], let alone = alone[centre] else { return nil }
    return (alone - cost).cents
  }

  private mutating func relieve(_ centre: Centre.Code, in line: Int) {
    guard let saving = saving(centre), saving < 0,
      let own = lines[line].shares.firstIndex(where: { $0.centre == centre })
    else { return }
    let rooms = lines[line].shares.map { share in
      share.centre == centre ? 0 : max(0, self.saving(share.centre) ?? 0)
    }
    let paid = lines[line].shares[own].cost ?? .zero
    let moved = min(-saving, paid.cents, rooms.reduce(0, +))
    guard moved > 0 else { return }
    move(-moved, share: own, of: line)
    for (share, part) in split(moved, inProportionTo: rooms).enumerated() {
      move(part, share: share, of: line)
    }
  }

  private mutating func move(_ cents: Int64, share: Int, of line: Int) {
    let before = lines[line].shares[share]
    lines[line].shares[share].cost = (before.cost ?? .zero) + Money(cents: cents)
    costs[before.centre, default: .zero] += Money(cents: cents)
  }
}
