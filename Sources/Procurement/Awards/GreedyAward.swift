import Inventory

/// The award by one simple rule: item by item, the cheapest feasible offer first.
///
/// For each item in order of SKU, as long as a centre still waits: of the steps that the lots' rules allow, the one with
/// the least cost for a unit that is waited for (freight counted where it opens a new order) is taken.
/// - a sole holder, and every holder under best offer, is a step of its own;
/// - of a cascade only the first holder by rank that has not been taken yet;
/// - the holders of a shared lot are taken together, each for its part.
/// A step takes the packs that cover every centre in whole packs, up to what the supplier can deliver by the day, and up
/// to what the ceiling leaves; it goes to a later tier where that costs less in all and the centres tolerate it. A
/// supplier whose order stays below its minimum value is left out and the award drawn up again without it.
///
/// Of several rounds the last is bought first: a need waits for the last round from which some offer still arrives in
/// time, and what a round cannot cover is left to the one before it.
///
/// No bound is known: it is the baseline that an exact award is compared with. Cost: O(items × offers² × centres).
package struct GreedyAward {
  private let input: AwardInput
  /// The round that is bought for, from 0.
  private let round: Int
  /// What each offer's round can bring, as the exact award reads it.
  private let capacities: [Offer.Code: [Int64?]]
  private let excluded: Set<OrderKey>
  private var rooms: [LotKey: Ceiling]
  /// The freight that each order opened so far may cost at most: what its ceiling keeps free for it.
  private var reserved: [OrderKey: Money] = [:]
  private var bought: [(offer: Offer, packs: Int64)] = []

  package static func plan(for input: AwardInput) -> AwardPlan {
    let days = input.orderDays
    let capacities = input.capacities
    var rest = input
    var plan = AwardPlan(lines: [], uncovered: [])
    for round in days.indices.reversed() {
      let award = settled(rest.waiting(for: round), round: round, capacities)
      let bought = award.plan
      plan.lines = bought.lines.map { $0.ordered(on: round == 0 ? nil : days[round]) } + plan.lines
      plan.uncovered = bought.uncovered
      rest = rest.after(award, bought, in: round)
    }
    plan.lines.sort { left, right in
      (left.offer.item, left.orderOn?.rawValue ?? .min) < (right.offer.item, right.orderOn?.rawValue ?? .min)
    }
    return plan
  }

  /// The award of a round, drawn up again without the orders that stay below their minimum value.
  private static func settled(
    _ asked: AwardInput,
    round: Int,
    _ capacities: [Offer.Code: [Int64?]]
  ) -> GreedyAward {
    var excluded: Set<OrderKey> = []
    while true {
      let award = GreedyAward(asked, round: round, capacities, without: excluded)
      let small = award.belowMinimum
      if small.isEmpty { return award }
      excluded.formUnion(small)
    }
  }

  private init(
    _ input: AwardInput,
    round: Int,
    _ capacities: [Offer.Code: [Int64?]],
    without excluded: Set<OrderKey>
  ) {
    self.input = input
    self.round = round
    self.capacities = capacities
    self.excluded = excluded
    rooms = Dictionary(input.lots.map { ($0.key, $0.ceiling) }, uniquingKeysWith: { first, _ in first })
    for item in input.items { cover(item) }
  }

  /// What is left of a lot's ceiling.
  func room(of lot: LotKey) -> Ceiling? { rooms[lot] }

  private var plan: AwardPlan {
    AwardPlan(buying: bought, for: input, reasons: reasons)
  }

  private mutating func cover(_ item: Item.SKU) {
    var cover = ItemCover(item, of: input.needs)
    var taken: Set<Offer.Code> = []
    while cover.units > 0 {
      let tried = steps(for: item, without: taken).compactMap { offers in attempt(offers, cover) }
      guard let best = tried.min(by: { $0.isCheaper(than: $1) }) else { return }
      self = best.award
      cover = best.cover
      taken.formUnion(best.offers.map(\.code))
    }
  }

  /// Packs of an offer that can be there in time; nil without a stated capacity.
  private func deliverable(_ offer: Offer) -> Int64? {
    let inTime = offer.terms.deliverable(by: input.neededBy, orderedOn: input.orderDays, round: round)
    return [inTime, capacities[offer.code]?[round]].compactMap { $0 }.min()
  }

  /// The groups of offers that may be taken next under the lots' rules.
  private func steps(for item: Item.SKU, without taken: Set<Offer.Code>) -> [[Offer]] {
    let offers = input.offers.filter { offer in
      offer.item == item && !taken.contains(offer.code) && !excluded.contains(offer.orderKey)
        && deliverable(offer) != 0
    }
    return input.lots.flatMap { lot -> [[Offer]] in
      let ranks = Dictionary(uniqueKeysWithValues: lot.holders.map { ($0.supplier, $0.rank) })
      let held = offers.filter { $0.lotKey == lot.key }
        .sorted { (ranks[$0.supplier] ?? .max, $0.code) < (ranks[$1.supplier] ?? .max, $1.code) }
      switch lot.rule {
      case .sole, .bestOffer: return held.map { [$0] }
      case .cascade: return held.first.map { [[$0]] } ?? []
      case .share: return held.isEmpty ? [] : [held]
      }
    }
  }

  /// The orders worth less than their supplier takes.
  private var belowMinimum: Set<OrderKey> {
    let orders = Dictionary(grouping: bought, by: \.offer.orderKey)
    return Set(
      orders.filter { _, lines in
        let goods = lines.reduce(Money.zero) { $0 + ($1.offer.terms.prices.cost(of: $1.packs) ?? .zero) }
        return goods < lines.map(\.offer.terms.minimumValue).max() ?? .zero
      }.keys
    )
  }

  /// Why items are left uncovered.
  private var reasons: [Item.SKU: String] {
    Dictionary(uniqueKeysWithValues: input.items.map { ($0, reason($0)) })
  }

  private func reason(_ item: Item.SKU) -> String {
    let offers = input.offers.filter { $0.item == item }
    if offers.isEmpty { return "nobody offers it" }
    if offers.allSatisfy({ deliverable($0) == 0 }) {
      return "no supplier delivers it by \(input.neededBy)"
    }
    if offers.contains(where: { excluded.contains($0.orderKey) }) {
      return "the order would stay below the supplier's minimum value"
    }
    return "the suppliers' capacities, minimums and the lots' ceilings leave no more"
  }
}

extension GreedyAward {
  /// The award after a step, and what the step cost for what it covered.
  private struct Attempt {
    var award: GreedyAward
    var cover: ItemCover
    var offers: [Offer]
    var cost: Money
    var units: Int64

    /// Cost for a unit, compared by cross products; ties to the first code.
    func isCheaper(than other: Attempt) -> Bool {
      let mine = Int128(cost.cents) * Int128(other.units)
      let theirs = Int128(other.cost.cents) * Int128(units)
      if mine != theirs { return mine < theirs }
      return (offers.first?.code.rawValue ?? "") < (other.offers.first?.code.rawValue ?? "")
    }
  }

  /// Takes a group of offers, each for its part of what is waited for; nil where nothing can be taken.
  private func attempt(_ offers: [Offer], _ cover: ItemCover) -> Attempt? {
    var attempt = Attempt(award: self, cover: cover, offers: offers, cost: .zero, units: 0)
    let holders = input.lots.first { $0.key == offers.first?.lotKey }?.holders ?? []
    let weights = offers.map { offer in holders.first { $0.supplier == offer.supplier }?.sharePermille ?? 1 }
    let parts = split(cover.units, inProportionTo: weights)
    for (index, offer) in offers.enumerated() {
      let isLast = index == offers.count - 1
      attempt.cost += attempt.award.take(offer, from: &attempt.cover, units: isLast ? nil : parts[index])
    }
    attempt.units = cover.units - attempt.cover.units
    return attempt.units > 0 ? attempt : nil
  }

  /// Buys what an offer can cover of `units`, or of all that is waited for; returns what it costs with new freight.
  private mutating func take(_ offer: Offer, from cover: inout ItemCover, units: Int64?) -> Money {
    let terms = offer.terms
    let packs = cover.packs(of: terms.packUnits)
    let part = units.map { Quantity($0).packs(of: terms.packUnits, rounding: .up) } ?? packs.needed
    guard let count = count(of: offer, wanted: min(part, packs.needed), tolerated: packs.tolerated),
      let cost = terms.prices.cost(of: count)
    else { return .zero }
    let isNew = reserved[offer.orderKey] == nil
    let draw = Ceiling.Draw(value: cost + reserve(for: offer), quantity: terms.packUnits * count)
    reserved[offer.orderKey] = max(reserved[offer.orderKey] ?? .zero, terms.freight.charge)
    rooms[offer.lotKey] = rooms[offer.lotKey]?.drawing(draw)
    bought.append((offer, count))
    _ = cover.take(count, of: terms.packUnits)
    return cost + (isNew ? terms.freight.charge(forGoods: cost) : .zero)
  }

  /// The freight that taking an offer may add to its order: an order bears the dearest of its offers' charges.
  private func reserve(for offer: Offer) -> Money {
    max(.zero, offer.terms.freight.charge - (reserved[offer.orderKey] ?? .zero))
  }

  /// How many packs to buy; nil where none can be.
  private func count(of offer: Offer, wanted: Int64, tolerated: Int64) -> Int64? {
    let terms = offer.terms
    guard wanted > 0, let room = rooms[offer.lotKey] else { return nil }
    let byQuantity = room.roomInQuantity?.packs(of: terms.packUnits, rounding: .down) ?? .max
    let limit = min(byQuantity, deliverable(offer) ?? .max)
    let budget = room.roomInValue.map { $0 - reserve(for: offer) } ?? Money(cents: .max)
    let least = terms.orderable(atLeast: wanted)
    let upTo = max(least, min(wanted + tolerated, limit))
    if least <= limit, let best = terms.cheapest(atLeast: wanted, atMost: upTo), best.cost <= budget {
      return best.packs
    }
    let most = terms.orderable(atMost: min(limit, least), within: budget)
    return most > 0 ? most : nil
  }
}
