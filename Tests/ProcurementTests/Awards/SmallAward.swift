import Inventory
import TestSupport

@testable import Procurement

/// An award small enough to try every plan: one item, two centres, two or three offers of one lot.
struct SmallAward {
  let input: AwardInput
  let budget: Money?

  init(_ generator: inout SeededGenerator) throws {
    let day = GreedyAwardTests.day
    let needs = (["berard", "curie"] as [Centre.Code]).map { centre in
      Need(
        centre: centre,
        item: "SWAB",
        quantity: Quantity(Int64.random(in: 0...9, using: &generator)),
        tolerance: Quantity(Int64.random(in: 0...5, using: &generator)),
        neededBy: Bool.random(using: &generator) ? day + Int64.random(in: 5...30, using: &generator) : nil
      )
    }
    let suppliers: [Supplier.Code] = ["alder", "birch", "cedar"]
    let freight = suppliers.map { _ in Self.freight(&generator) }
    let minimum = suppliers.map { _ in
      Self.chance(4, &generator) ? Int64.random(in: 100...900, using: &generator) : 0
    }
    let offers = try (0..<Int.random(in: 2...3, using: &generator)).map { index in
      var terms = try Self.terms(&generator)
      terms.freight = freight[index]
      terms.minimumValue = Money(cents: minimum[index])
      return GreedyAwardTests.offer(
        Offer.Code(stringLiteral: "o\(index)"),
        suppliers[index],
        id: Int64(index + 1),
        terms
      )
    }
    let maximum = Self.chance(2, &generator) ? Int64.random(in: 300...3_000, using: &generator) : 1_000_000
    input = GreedyAwardTests.input(maximum: maximum, needs: needs, offers)
    budget = Self.chance(4, &generator) ? Money(cents: Int64.random(in: 300...3_000, using: &generator)) : nil
  }

  private static func chance(_ oneIn: Int, _ generator: inout SeededGenerator) -> Bool {
    Int.random(in: 1...oneIn, using: &generator) == 1
  }

  private static func freight(_ generator: inout SeededGenerator) -> Offer.Freight {
    Offer.Freight(
      charge: Money(cents: Int64.random(in: 0...300, using: &generator)),
      freeFrom: chance(2, &generator) ? Money(cents: Int64.random(in: 200...1_500, using: &generator)) : nil
    )
  }

  private static func terms(_ generator: inout SeededGenerator) throws -> Offer.Terms {
    let first = Int64.random(in: 80...300, using: &generator)
    let second = first * Int64.random(in: 60...105, using: &generator) / 100
    var terms = try GreedyAwardTests.terms(
      pack: Int64.random(in: 1...4, using: &generator),
      capacity: chance(3, &generator) ? Int64.random(in: 1...6, using: &generator) : nil,
      Bool.random(using: &generator) ? .allUnits : .incremental,
      (1, first),
      (Int64.random(in: 2...6, using: &generator), second)
    )
    terms.leadDays = Int64.random(in: 0...15, using: &generator)
    return terms
  }

  /// The least cost of all plans that keep every limit; nil where there is none.
  func cheapest() -> Money? {
    let needs = input.needs.filter { $0.quantity > .zero }
    let choices = needs.flatMap { need in input.offers.map { (need: need, offer: $0, most: most(need)) } }
    var packs = choices.map { _ in Int64(0) }
    var best: Money?
    while true {
      if let cost = cost(zip(choices, packs).map { ($0.need, $0.offer, $1) }, needs),
        cost < best ?? Money(cents: .max)
      {
        best = cost
      }
      var place = 0
      while place < packs.count,
        packs[place] == choices[place].most / choices[place].offer.terms.packUnits.units
      {
        packs[place] = 0
        place += 1
      }
      guard place < packs.count else { return best }
      packs[place] += 1
    }
  }

  /// A centre takes its need and its tolerance, or the last pack of whatever can reach it.
  private func most(_ need: Need) -> Int64 {
    let packs = usable.filter { input.day + $0.terms.leadDays <= date(need) }.map(\.terms.packUnits.units)
    return need.quantity.units + max(need.tolerance.units, (packs.max() ?? 1) - 1)
  }

  /// Offers that reach somebody in time.
  private var usable: [Offer] {
    input.offers.filter { offer in
      input.needs.contains { $0.quantity > .zero && input.day + offer.terms.leadDays <= date($0) }
    }
  }

  private func date(_ need: Need) -> Day { need.neededBy ?? input.neededBy }

  private func cost(_ bought: [(need: Need, offer: Offer, packs: Int64)], _ needs: [Need]) -> Money? {
    for need in needs {
      let own = bought.filter { $0.need.centre == need.centre }
      let units = own.reduce(0) { $0 + $1.packs * $1.offer.terms.packUnits.units }
      guard units >= need.quantity.units, units <= most(need) else { return nil }
      guard own.allSatisfy({ $0.packs == 0 || input.day + $0.offer.terms.leadDays <= date(need) }) else {
        return nil
      }
    }
    var lines: [AwardPlan.Line] = []
    for offer in input.offers {
      let packs = bought.filter { $0.offer.code == offer.code }.reduce(0) { $0 + $1.packs }
      guard packs > 0 else { continue }
      guard packs <= offer.terms.capacity?.packs ?? .max, let cost = offer.terms.prices.cost(of: packs),
        cost >= offer.terms.minimumValue
      else { return nil }
      lines.append(AwardPlan.Line(offer: offer, packs: packs, cost: cost, shares: []))
    }
    let plan = AwardPlan(lines: lines, uncovered: [])
    let total = plan.goods + plan.totalFreight
    let ceiling = input.lots[0].ceiling.maximumValue ?? .zero
    return total <= ceiling && total <= budget ?? total ? total : nil
  }
}
