import Inventory
import TestSupport
import Testing

@testable import Procurement

@Suite struct GreedyAwardTests {
  static let day = Day(rawValue: 18_400)
  static let key = LotKey(agreement: "AC-1", number: 1)

  static func offer(
    _ code: Offer.Code,
    _ supplier: Supplier.Code,
    id: Int64,
    item: Item.SKU = "SWAB",
    _ terms: Offer.Terms
  ) -> Offer {
    Offer(
      id: Offer.ID(rawValue: id),
      code: code,
      agreement: "AC-1",
      lot: 1,
      supplier: supplier,
      item: item,
      validFrom: day,
      validUntil: day,
      terms: terms
    )
  }

  static func terms(
    pack: Int64 = 100,
    minimum: Int64 = 1,
    multiple: Int64 = 1,
    capacity: Int64? = nil,
    minimumValue: Int64 = 0,
    freight: Int64 = 0,
    _ mode: PriceTiers.Mode = .allUnits,
    _ tiers: (Int64, Int64)...
  ) throws -> Offer.Terms {
    let prices = try #require(
      PriceTiers(mode, tiers.map { .init(from: $0.0, price: Money(cents: $0.1)) })
    )
    return Offer.Terms(
      packUnits: Quantity(pack),
      minimumPacks: minimum,
      multiplePacks: multiple,
      minimumValue: Money(cents: minimumValue),
      capacity: capacity.map { Offer.Capacity(packs: $0, days: 1000) },
      prices: prices,
      freight: Offer.Freight(charge: Money(cents: freight))
    )
  }

  static func input(
    rule: AgreementLot.Rule = .bestOffer,
    maximum: Int64 = 1_000_000_000,
    shares: [Int64?] = [nil, nil, nil],
    needs: [Need],
    _ offers: [Offer]
  ) -> AwardInput {
    let suppliers = Set(offers.map(\.supplier)).sorted()
    let holders = zip(zip(Int64(1)..., suppliers), shares).map {
      AgreementLot.Holder(supplier: $0.0.1, rank: $0.0.0, sharePermille: $0.1)
    }
    let ceiling = Ceiling(maximumValue: Money(cents: maximum))
    let lot = AwardInput.Lot(key: key, rule: rule, ceiling: ceiling, holders: holders)
    return AwardInput(day: day, neededBy: day + 30, needs: needs, offers: offers, lots: [lot])
  }

  static let needs = [
    Need(centre: "berard", item: "SWAB", quantity: Quantity(1250), tolerance: Quantity(500)),
    Need(centre: "curie", item: "SWAB", quantity: Quantity(700)),
    Need(centre: "ico", item: "SWAB", quantity: .zero),
  ]

  private func words(_ plan: AwardPlan) -> [String] {
    plan.lines.map { line in
      let shares = line.shares.map { "\($0.centre) \($0.packs) \($0.cost?.cents ?? -1)" }.joined(
        separator: ", "
      )
      return "\(line.offer.code) \(line.packs) \(line.cost.cents): \(shares)"
    }
  }

  @Test func `the cheapest offer covers every centre in whole packs`() throws {
    let plan = GreedyAward.plan(
      for: Self.input(
        needs: Self.needs,
        [
          Self.offer("dear", "alder", id: 1, try Self.terms(.allUnits, (1, 1000))),
          Self.offer("cheap", "birch", id: 2, try Self.terms(.allUnits, (1, 900))),
        ]
      )
    )
    #expect(words(plan) == ["cheap 20 18000: berard 13 11700, curie 7 6300"])
    #expect(plan.uncovered == [])
  }

  @Test func `a supplier short of capacity is followed by the next`() throws {
    let plan = GreedyAward.plan(
      for: Self.input(
        needs: Self.needs,
        [
          Self.offer("dear", "alder", id: 1, try Self.terms(.allUnits, (1, 1000))),
          Self.offer("cheap", "birch", id: 2, try Self.terms(capacity: 12, .allUnits, (1, 900))),
        ]
      )
    )
    #expect(
      words(plan) == [
        "cheap 12 10800: berard 8 7200, curie 4 3600", "dear 8 8000: berard 5 5000, curie 3 3000",
      ]
    )
  }

  @Test func `buying up to the next tier happens where it is cheaper and tolerated`() throws {
    func plan(_ needs: [Need]) throws -> AwardPlan {
      let tiers = try Self.terms(.allUnits, (1, 1000), (22, 800))
      return GreedyAward.plan(for: Self.input(needs: needs, [Self.offer("a", "alder", id: 1, tiers)]))
    }
    let tolerant = try plan(Self.needs)
    #expect(words(tolerant) == ["a 22 17600: berard 15 12000, curie 7 5600"])
    var strict = Self.needs
    strict[0].tolerance = .zero
    let exact = try plan(strict)
    #expect(words(exact) == ["a 20 20000: berard 13 13000, curie 7 7000"])
  }

  @Test func `a cascade goes by rank and not by price`() throws {
    let offers = [
      Self.offer("first", "alder", id: 1, try Self.terms(capacity: 15, .allUnits, (1, 1000))),
      Self.offer("second", "birch", id: 2, try Self.terms(.allUnits, (1, 500))),
    ]
    let plan = GreedyAward.plan(for: Self.input(rule: .cascade, needs: Self.needs, offers))
    #expect(plan.lines.map { "\($0.offer.code) \($0.packs)" } == ["first 15", "second 5"])
  }

  @Test func `a shared lot gives each holder its part`() throws {
    let offers = [
      Self.offer("a", "alder", id: 1, try Self.terms(.allUnits, (1, 1000))),
      Self.offer("b", "birch", id: 2, try Self.terms(.allUnits, (1, 500))),
    ]
    let input = Self.input(rule: .share, shares: [600, 400], needs: Self.needs, offers)
    #expect(GreedyAward.plan(for: input).lines.map { "\($0.offer.code) \($0.packs)" } == ["a 12", "b 8"])
  }

  @Test func `a ceiling stops the award and says so`() throws {
    let offers = [Self.offer("a", "alder", id: 1, try Self.terms(.allUnits, (1, 1000)))]
    let plan = GreedyAward.plan(for: Self.input(maximum: 15_500, needs: Self.needs, offers))
    #expect(plan.lines.map(\.packs) == [15])
    #expect(plan.uncovered.map { "\($0.centre) \($0.quantity)" } == ["berard 250", "curie 200"])
    #expect(
      Set(plan.uncovered.map(\.reason)) == [
        "the suppliers' capacities, minimums and the lots' ceilings leave no more"
      ]
    )
  }

  @Test func `a supplier whose order stays below its minimum value is left out`() throws {
    let offers = [
      Self.offer("cheap", "alder", id: 1, try Self.terms(minimumValue: 50_000, .allUnits, (1, 500))),
      Self.offer("dear", "birch", id: 2, try Self.terms(.allUnits, (1, 1000))),
    ]
    let plan = GreedyAward.plan(for: Self.input(needs: Self.needs, offers))
    #expect(plan.lines.map { "\($0.offer.code) \($0.packs)" } == ["dear 20"])
  }

  @Test func `what comes too late is not awarded`() throws {
    var late = try Self.terms(.allUnits, (1, 1))
    late.leadDays = 31
    let plan = GreedyAward.plan(
      for: Self.input(needs: Self.needs, [Self.offer("late", "alder", id: 1, late)])
    )
    #expect(plan.lines == [])
    #expect(Set(plan.uncovered.map(\.reason)) == ["no supplier delivers it by \(Self.day + 30)"])
  }

  @Test func `savings compare with each centre alone at its own tier`() throws {
    let tiers = try Self.terms(freight: 1000, .allUnits, (1, 1000), (20, 800))
    let input = Self.input(needs: Self.needs, [Self.offer("a", "alder", id: 1, tiers)])
    let plan = GreedyAward.plan(for: input)
    // Together 20 × 8.00 and 10.00 of freight; alone 13 × 10.00 and 7 × 10.00, 10.00 of freight each.
    #expect(
      plan.savings(for: input) == [
        CentreSaving(centre: "berard", cost: Money(cents: 11_050), alone: Money(cents: 14_000)),
        CentreSaving(centre: "curie", cost: Money(cents: 5_950), alone: Money(cents: 8_000)),
      ]
    )
  }

  /// A small centre and a large one under incremental tiers: an even price for a pack would charge the small one more
  /// than alone only where tiers rise, so tiers here rise.
  @Test func `nobody pays more than alone where all together do not`() throws {
    let rising = try Self.terms(.incremental, (1, 500), (8, 2000))
    let input = Self.input(needs: Self.needs, [Self.offer("a", "alder", id: 1, rising)])
    let plan = GreedyAward.plan(for: input)
    #expect(plan.lines.map(\.cost.cents) == [29_500])
    let alone = Standalone(input)
    #expect(alone.goods(of: "SWAB", at: "berard") == Money(cents: 15_500))
    #expect(alone.goods(of: "SWAB", at: "curie") == Money(cents: 3_500))
    // All together pay more than all alone here, so the price of a pack is the same for all.
    #expect(plan.lines[0].shares.compactMap(\.cost?.cents) == [19_175, 10_325])
  }

  @Test func `every award respects packs, minimums, multiples, capacities and ceilings, and conserves sums`()
    throws
  {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<300 {
      let input = try Self.random(&generator)
      let plan = GreedyAward.plan(for: input)
      for line in plan.lines {
        let terms = line.offer.terms
        #expect(terms.isOrderable(line.packs))
        #expect(line.packs <= terms.deliverable(orderedOn: input.day, by: input.neededBy) ?? .max)
        #expect(terms.prices.cost(of: line.packs) == line.cost)
        #expect(line.shares.reduce(0) { $0 + $1.packs } == line.packs)
        #expect(line.shares.reduce(Money.zero) { $0 + ($1.cost ?? .zero) } == line.cost)
      }
      let total = plan.goods + plan.totalFreight
      #expect(total <= input.lots[0].ceiling.maximumValue ?? .zero)
      #expect(plan.costs().values.reduce(.zero, +) == total)
      for need in input.needs {
        let got = plan.lines.filter { $0.offer.item == need.item }.reduce(Int64(0)) { sum, line in
          let packs = line.shares.first { $0.centre == need.centre }?.packs ?? 0
          return sum + packs * line.offer.terms.packUnits.units
        }
        let missing =
          plan.uncovered.first { $0.centre == need.centre && $0.item == need.item }?.quantity.units ?? 0
        #expect(got + missing >= need.quantity.units)
        #expect(missing == max(0, need.quantity.units - got))
      }
    }
  }

  static func random(_ generator: inout SeededGenerator) throws -> AwardInput {
    let items: [Item.SKU] = ["SWAB", "TUBE"]
    let suppliers: [Supplier.Code] = ["alder", "birch", "cedar"]
    let needs = items.flatMap { item in
      (["berard", "curie", "ico"] as [Centre.Code]).map { centre in
        Need(
          centre: centre,
          item: item,
          quantity: Quantity(Int64.random(in: 0...5000, using: &generator)),
          tolerance: Quantity(Int64.random(in: 0...500, using: &generator))
        )
      }
    }
    var id: Int64 = 0
    let offers = try items.flatMap { item in
      try suppliers.map { supplier in
        id += 1
        var terms = try PriceTests.randomTerms(&generator)
        terms.capacity =
          Bool.random(using: &generator)
          ? .init(packs: Int64.random(in: 5...60, using: &generator), days: 7) : nil
        terms.freight.charge = Money(cents: Int64.random(in: 0...3000, using: &generator))
        return offer(Offer.Code(stringLiteral: "o\(id)"), supplier, id: id, item: item, terms)
      }
    }
    let rules: [AgreementLot.Rule] = [.bestOffer, .cascade, .share]
    return input(
      rule: rules.randomElement(using: &generator) ?? .bestOffer,
      maximum: Int64.random(in: 5_000...300_000, using: &generator),
      shares: [500, 300, 200],
      needs: needs,
      offers
    )
  }
}
