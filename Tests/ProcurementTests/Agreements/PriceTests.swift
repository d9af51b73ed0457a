import Inventory
import TestSupport
import Testing

@testable import Procurement

@Suite struct PriceTests {
  static func tiers(_ mode: PriceTiers.Mode, _ tiers: (Int64, Int64)...) throws -> PriceTiers {
    try #require(PriceTiers(mode, tiers.map { PriceTiers.Tier(from: $0.0, price: Money(cents: $0.1)) }))
  }

  @Test func `under all-units tiers the tier reached prices every pack`() throws {
    let prices = try Self.tiers(.allUnits, (1, 1000), (10, 900), (100, 700))
    let costs = [0, 1, 9, 10, 99, 100, 250].map { prices.cost(of: $0)?.cents }
    #expect(costs == [0, 1000, 9000, 9000, 89_100, 70_000, 175_000])
  }

  @Test func `under incremental tiers each pack costs what its own tier says`() throws {
    let prices = try Self.tiers(.incremental, (1, 1000), (10, 900), (100, 700))
    let costs = [0, 1, 9, 10, 99, 100, 101].map { prices.cost(of: $0)?.cents }
    #expect(costs == [0, 1000, 9000, 9900, 90_000, 90_700, 91_400])
  }

  @Test func `incremental cost is the sum of the packs' own prices`() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<300 {
      let prices = try Self.random(.incremental, &generator)
      let packs = Int64.random(in: 0...120, using: &generator)
      let byHand = (0..<packs).reduce(Int64(0)) { $0 + prices.tier(at: $1 + 1).price.cents }
      #expect(prices.cost(of: packs)?.cents == byHand)
    }
  }

  @Test func `a cost beyond 64 bits is no cost`() throws {
    let prices = try Self.tiers(.allUnits, (1, 10_000_000_000))
    #expect(prices.cost(of: 10_000_000_000) == nil)
    #expect(prices.cost(of: -1) == nil)
  }

  @Test func `tiers need a price, positive starts and no start twice`() {
    #expect(PriceTiers(.allUnits, []) == nil)
    #expect(PriceTiers(.allUnits, [.init(from: 0, price: .zero)]) == nil)
    #expect(PriceTiers(.allUnits, [.init(from: 1, price: Money(cents: -1))]) == nil)
    #expect(PriceTiers(.allUnits, [.init(from: 1, price: .zero), .init(from: 1, price: .zero)]) == nil)
  }

  @Test func `buying up to the next tier is taken where it costs less in all`() throws {
    let terms = Offer.Terms(packUnits: Quantity(10), prices: try Self.tiers(.allUnits, (1, 1000), (100, 900)))
    #expect(terms.cheapest(atLeast: 95)?.packs == 100)
    #expect(terms.cheapest(atLeast: 90)?.packs == 90)
    #expect(terms.cheapest(atLeast: 95, atMost: 99)?.packs == 95)
  }

  @Test func `the cheapest way to have enough is that of trying every number`() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let terms = try Self.randomTerms(&generator)
      let wanted = Int64.random(in: 1...60, using: &generator)
      let tried = (wanted...300).filter(terms.isOrderable).compactMap { count in
        terms.prices.cost(of: count).map { (cost: $0, packs: count) }
      }
      let best = tried.min { ($0.cost, $0.packs) < ($1.cost, $1.packs) }
      let found = terms.cheapest(atLeast: wanted)
      #expect(found?.cost == best?.cost)
      #expect(found?.packs == best?.packs)
    }
  }

  @Test func `the most packs within a budget are those of trying every number`() throws {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<500 {
      let terms = try Self.randomTerms(&generator)
      let limit = Int64.random(in: 0...80, using: &generator)
      let budget = Money(cents: Int64.random(in: 0...40_000, using: &generator))
      let tried = (0...limit).filter {
        terms.isOrderable($0) && (terms.prices.cost(of: $0) ?? .zero) <= budget
      }
      #expect(terms.orderable(atMost: limit, within: budget) == tried.max() ?? 0)
    }
  }

  @Test func `orderable numbers are whole multiples from the minimum`() throws {
    let prices = try Self.tiers(.allUnits, (1, 100))
    let terms = Offer.Terms(packUnits: Quantity(1), minimumPacks: 10, multiplePacks: 4, prices: prices)
    #expect([0, 1, 10, 12, 13].map { terms.orderable(atLeast: $0) } == [0, 12, 12, 12, 16])
    #expect([0, 9, 11, 12, 15].map { terms.orderable(atMost: $0) } == [0, 0, 0, 12, 12])
  }

  @Test func `capacity counts the first period after the lead time and each whole one after it`() throws {
    let terms = Offer.Terms(
      packUnits: Quantity(1),
      capacity: Offer.Capacity(packs: 60, days: 7),
      leadDays: 14,
      prices: try Self.tiers(.allUnits, (1, 100))
    )
    let day = Day(rawValue: 100)
    #expect(
      [13, 14, 20, 21, 28].map { terms.deliverable(orderedOn: day, by: day + $0) } == [0, 60, 60, 120, 180]
    )
  }

  /// Falling prices, as suppliers give them, and now and then a rising one.
  static func random(
    _ mode: PriceTiers.Mode,
    _ generator: inout SeededGenerator,
    tiers: Int? = nil,
    price: Int64? = nil
  ) throws -> PriceTiers {
    var from: Int64 = 1
    var cents = price ?? Int64.random(in: 100...1000, using: &generator)
    var list: [PriceTiers.Tier] = []
    for _ in 0..<(tiers ?? Int.random(in: 1...4, using: &generator)) {
      list.append(PriceTiers.Tier(from: from, price: Money(cents: cents)))
      from += Int64.random(in: 1...40, using: &generator)
      cents = max(0, cents + Int64.random(in: -200...20, using: &generator))
    }
    return try #require(PriceTiers(mode, list))
  }

  static func randomTerms(_ generator: inout SeededGenerator) throws -> Offer.Terms {
    Offer.Terms(
      packUnits: Quantity(Int64.random(in: 1...100, using: &generator)),
      minimumPacks: Int64.random(in: 1...12, using: &generator),
      multiplePacks: Int64.random(in: 1...6, using: &generator),
      prices: try random(Bool.random(using: &generator) ? .allUnits : .incremental, &generator)
    )
  }
}
