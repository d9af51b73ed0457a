import Inventory
import Planning
import TestSupport
import Testing

@testable import Procurement

/// Awards that order in several rounds.
@Suite struct RoundTests {
  private typealias Greedy = GreedyAwardTests
  private static let day = Greedy.day

  private static func terms(
    lead: Int64,
    packs: Int64? = nil,
    days: Int64 = 10,
    _ price: Int64
  ) throws -> Offer.Terms {
    var terms = try Greedy.terms(.allUnits, (1, price))
    terms.leadDays = lead
    terms.capacity = packs.map { Offer.Capacity(packs: $0, days: days) }
    return terms
  }

  private static func input(_ needs: [Need], _ offers: [Offer], rounds: [Int64]) -> AwardInput {
    var input = Greedy.input(needs: needs, offers)
    input.neededBy = day + 60
    input.rounds = rounds.map { day + $0 }
    return input
  }

  private static func need(_ centre: Centre.Code, _ units: Int64, by offset: Int64) -> Need {
    Need(centre: centre, item: "SWAB", quantity: Quantity(units), neededBy: day + offset)
  }

  private func words(_ plan: Procurement.AwardPlan) -> [String] {
    plan.lines.map { line in
      let shares = line.shares.map { "\($0.centre) \($0.packs)" }.joined(separator: ", ")
      return "\(line.offer.code) \(line.packs) on day \((line.orderOn ?? Self.day) - Self.day): \(shares)"
    }
  }

  /// Periods of ten days, four packs each, begin on days 0, 10, 20, … of the first order.
  @Test func `rounds share a supplier's periods and never count on one twice`() throws {
    let terms = try Self.terms(lead: 5, packs: 4, 100)
    let days = [0, 15, 20].map { Self.day + $0 }
    let by = { (offset: Int64, round: Int) in
      terms.deliverable(by: Self.day + offset, orderedOn: days, round: round)
    }
    // Periods 0 and 10 belong to the first round; none begins between day 15 and 20; from day 20 on all are the third's.
    #expect((by(60, 0), by(60, 1), by(60, 2)) == (8, 0, 16))
    #expect((by(14, 0), by(4, 0), by(24, 2), by(25, 2)) == (4, 0, 0, 4))
    #expect(
      by(60, 0).map { $0 + (by(60, 2) ?? 0) } == terms.deliverable(orderedOn: Self.day, by: Self.day + 60)
    )
  }

  @Test func `the greedy rule orders each need in the last round that is in time`() throws {
    let offers = [Greedy.offer("a", "alder", id: 1, try Self.terms(lead: 7, 500))]
    let needs = [
      Self.need("berard", 300, by: 10), Self.need("berard", 500, by: 40), Self.need("curie", 200, by: 45),
    ]
    let plan = GreedyAward.plan(for: Self.input(needs, offers, rounds: [30]))
    #expect(words(plan) == ["a 3 on day 0: berard 3", "a 7 on day 30: berard 5, curie 2"])
    #expect(plan.uncovered.isEmpty)
  }

  @Test func `what the last round cannot deliver is ordered in the one before`() throws {
    let offers = [Greedy.offer("a", "alder", id: 1, try Self.terms(lead: 5, packs: 2, days: 30, 500))]
    let plan = GreedyAward.plan(for: Self.input([Self.need("curie", 500, by: 40)], offers, rounds: [30]))
    #expect(words(plan) == ["a 2 on day 0: curie 2", "a 2 on day 30: curie 2"])
    #expect(plan.uncovered.map(\.quantity) == [Quantity(100)])
  }

  @Test func `a centre alone is compared by all that it needs`() throws {
    let offers = [Greedy.offer("a", "alder", id: 1, try Greedy.terms(.allUnits, (1, 1000), (5, 800)))]
    let needs = [Self.need("berard", 300, by: 10), Self.need("berard", 200, by: 40)]
    let alone = Standalone(Self.input(needs, offers, rounds: [30]))
    #expect(alone.goods(of: "SWAB", at: "berard") == Money(cents: 4000))
  }

  @Test(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
  func `capacity that one round lacks is used in the next`() throws {
    var dear = try Self.terms(lead: 5, 900)
    dear.freight = Offer.Freight(charge: Money(cents: 10_000))
    let offers = [
      Greedy.offer("cheap", "alder", id: 1, try Self.terms(lead: 5, packs: 5, days: 30, 500)),
      Greedy.offer("dear", "birch", id: 2, dear),
    ]
    let needs = [Self.need("berard", 500, by: 10), Self.need("curie", 500, by: 50)]
    let once = try ExactAward.decide("C-1", Self.input(needs, offers, rounds: []), .init(), with: try HiGHS())
    let twice = try ExactAward.decide(
      "C-1",
      Self.input(needs, offers, rounds: [30]),
      .init(),
      with: try HiGHS()
    )
    #expect(words(once.plan).count == 2)
    #expect(words(twice.plan) == ["cheap 5 on day 0: berard 5", "cheap 5 on day 30: curie 5"])
    #expect(twice.plan.goods == Money(cents: 5000))
    #expect(twice.method.status == .optimal)
  }

  @Test(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
  func `what is asked of rounds at random arrives in time and costs no more than the greedy rule`() throws {
    var random = SeededGenerator(seed: 11)
    var compared = 0
    for _ in 0..<150 {
      let offers = try (Int64(1)...3).map { id in
        let packs = Bool.random(using: &random) ? Int64.random(in: 1...6, using: &random) : nil
        let terms = try Self.terms(
          lead: .random(in: 0...20, using: &random),
          packs: packs,
          days: .random(in: 5...30, using: &random),
          .random(in: 1...9, using: &random) * 100
        )
        let codes: [Offer.Code] = ["one", "two", "three"]
        return Greedy.offer(codes[Int(id) - 1], ["alder", "birch", "cedar"][Int(id) - 1], id: id, terms)
      }
      let dues = [Int64(12), 30, 55].shuffled(using: &random).prefix(2)
      let needs = ["berard", "curie"].flatMap { (centre: Centre.Code) in
        dues.map { Self.need(centre, .random(in: 0...900, using: &random), by: $0) }
      }
      let input = Self.input(needs, offers, rounds: [.random(in: 1...25, using: &random), 40])
      let greedy = GreedyAward.plan(for: input)
      try check(greedy, of: input, isWhole: greedy.uncovered.isEmpty)
      guard let exact = try? ExactAward.decide("C-1", input, .init(), with: try HiGHS()) else {
        // The greedy rule keeps every limit, so that what it covers can be awarded.
        #expect(!greedy.uncovered.isEmpty || input.items.isEmpty)
        continue
      }
      try check(exact.plan, of: input, isWhole: true)
      guard greedy.uncovered.isEmpty else { continue }
      compared += 1
      #expect(exact.plan.goods <= greedy.goods)
    }
    #expect(compared > 50)
  }

  /// Every need is there on its day, and no supplier is asked for more than it can bring by the last.
  private func check(_ plan: Procurement.AwardPlan, of input: AwardInput, isWhole: Bool) throws {
    let last = try #require(input.needs.compactMap(\.neededBy).max())
    for (offer, lines) in Dictionary(grouping: plan.lines, by: \.offer.code) {
      let terms = try #require(lines.first).offer.terms
      let most = terms.deliverable(orderedOn: input.day, by: last) ?? .max
      #expect(lines.reduce(0) { $0 + $1.packs } <= most, "\(offer)")
      #expect(Set(lines.map(\.orderOn)).count == lines.count)
    }
    guard isWhole else { return }
    for due in Set(input.needs.compactMap(\.neededBy)) {
      for centre in Set(input.needs.map(\.centre)) {
        let needed = input.needs.filter { $0.centre == centre && ($0.neededBy ?? due) <= due }
          .reduce(Quantity.zero) { $0 + $1.quantity }
        let there = plan.lines.filter { ($0.orderOn ?? input.day) + $0.offer.terms.leadDays <= due }
          .reduce(Quantity.zero) { sum, line in
            let packs = line.shares.first { $0.centre == centre }?.packs ?? 0
            return sum + line.offer.terms.packUnits * packs
          }
        #expect(there >= needed, "\(centre) by \(due)")
      }
    }
  }
}
