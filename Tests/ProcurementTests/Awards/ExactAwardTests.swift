import Inventory
import Planning
import TestSupport
import Testing

@testable import Procurement

@Suite(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
struct ExactAwardTests {
  typealias Greedy = GreedyAwardTests

  private func decide(_ input: AwardInput, _ request: AwardRequest = AwardRequest()) throws -> ExactAward {
    try ExactAward.decide("C-1", input, request, with: try HiGHS())
  }

  private func words(_ plan: Procurement.AwardPlan) -> [String] {
    plan.lines.map { line in
      let shares = line.shares.map { "\($0.centre) \($0.packs)" }.joined(separator: ", ")
      return "\(line.offer.code) \(line.packs) for \(line.cost): \(shares)"
    }
  }

  /// Cheap first and dear for the rest is 8 × 5.00 and 12 × 10.00; all from the middle one 20 × 7.00.
  @Test func `the cheapest offer first is dearer than the award that looks at all of them`() throws {
    let offers = [
      Greedy.offer("cheap", "alder", id: 1, try Greedy.terms(capacity: 8, .allUnits, (1, 500))),
      Greedy.offer("dear", "birch", id: 2, try Greedy.terms(.allUnits, (1, 1000))),
      Greedy.offer("middle", "cedar", id: 3, try Greedy.terms(.allUnits, (1, 1100), (20, 700))),
    ]
    let award = try decide(Greedy.input(needs: Greedy.needs, offers))
    #expect(words(award.plan) == ["middle 20 for 140.00: berard 13, curie 7"])
    #expect(award.method.status == .optimal)
    #expect(award.method.bound == Money(cents: 14_000))
    #expect(award.method.gapPermillion == 0)
    #expect(award.method.version == ExactAward.version)
    #expect(award.report.remarks?.greedy.cost == Money(cents: 16_000))
    #expect(award.report.remarks?.greedy.uncovered == 0)
  }

  @Test func `a maximum share buys from two suppliers and says what that costs`() throws {
    let offers = [
      Greedy.offer("a", "alder", id: 1, try Greedy.terms(.allUnits, (1, 1000))),
      Greedy.offer("b", "birch", id: 2, try Greedy.terms(.allUnits, (1, 900))),
    ]
    let award = try decide(
      Greedy.input(needs: Greedy.needs, offers),
      AwardRequest(maximumShare: 60)
    )
    // 60 % of 1,950 are 1,170 units: 12 packs.
    #expect(award.plan.lines.map { "\($0.offer.code) \($0.packs)" } == ["a 8", "b 12"])
    #expect(
      award.report.remarks?.dualSourcing == AwardRemarks.Saving(amount: Money(cents: 800), isProven: true)
    )
  }

  @Test func `an impossible budget names the needs and the budget`() throws {
    let offers = [Greedy.offer("a", "alder", id: 1, try Greedy.terms(.allUnits, (1, 1000)))]
    let input = Greedy.input(needs: Greedy.needs, offers)
    let clauses = [
      "berard needs 1,250 of SWAB by \(input.neededBy)", "curie needs 700 of SWAB by \(input.neededBy)",
      "the budget is 190.00",
    ]
    #expect(throws: AwardError.impossible("C-1", clauses, earliest: nil)) {
      _ = try decide(input, AwardRequest(budget: Money(cents: 19_000)))
    }
  }

  /// Ten packs are all that can be had: 13 and 7 are needed, ten are left out, and the ten are bought at the least cost.
  @Test func `what no offer can cover is left out, and the rest is proven`() throws {
    let offers = [
      Greedy.offer("cheap", "alder", id: 1, try Greedy.terms(capacity: 4, .allUnits, (1, 500))),
      Greedy.offer("dear", "birch", id: 2, try Greedy.terms(capacity: 6, .allUnits, (1, 1000))),
    ]
    let input = Greedy.input(needs: Greedy.needs, offers)
    #expect(throws: AwardError.self) { try decide(input) }
    let award = try ExactAward.decideAsFarAsPossible("C-1", input, AwardRequest(), with: try HiGHS())
    #expect(award.method.status == .optimal)
    #expect(award.plan.goods == Money(cents: 4 * 500 + 6 * 1000))
    let left = award.report.uncovered.reduce(Quantity.zero) { $0 + $1.quantity }
    let bought = award.plan.lines.reduce(Quantity.zero) { $0 + $1.offer.terms.packUnits * $1.packs }
    #expect(left + bought == Greedy.needs.reduce(.zero) { $0 + $1.quantity })
    #expect(award.plan.uncovered == award.report.uncovered)
  }

  @Test func `what can be covered whole is awarded whole, asked for in part or not`() throws {
    let offers = [Greedy.offer("a", "alder", id: 1, try Greedy.terms(.allUnits, (1, 500)))]
    let input = Greedy.input(needs: Greedy.needs, offers)
    let award = try ExactAward.decideAsFarAsPossible("C-1", input, AwardRequest(), with: try HiGHS())
    #expect(award.plan == (try decide(input)).plan)
    #expect(award.report.uncovered.isEmpty)
  }

  @Test func `a need that nobody reaches in time stands alone and says when it could`() throws {
    var late = try Greedy.terms(.allUnits, (1, 1))
    late.leadDays = 31
    let input = Greedy.input(needs: [Greedy.needs[1]], [Greedy.offer("late", "alder", id: 1, late)])
    let clause =
      "curie needs 700 of SWAB by \(input.neededBy), and the first delivery possible is on \(input.day + 31)"
    #expect(throws: AwardError.impossible("C-1", [clause], earliest: nil)) { _ = try decide(input) }
  }

  @Test func `each need is served by its own date`() throws {
    var slow = try Greedy.terms(.allUnits, (1, 500))
    slow.leadDays = 20
    let offers = [
      Greedy.offer("fast", "alder", id: 1, try Greedy.terms(.allUnits, (1, 1000))),
      Greedy.offer("slow", "birch", id: 2, slow),
    ]
    var needs = Greedy.needs
    needs[1].neededBy = Greedy.day + 10
    let award = try decide(Greedy.input(needs: needs, offers))
    #expect(words(award.plan) == ["fast 7 for 70.00: curie 7", "slow 13 for 65.00: berard 13"])
  }

  @Test func `what a multiple forces goes to the largest need and is told`() throws {
    let offers = [
      Greedy.offer("a", "alder", id: 1, try Greedy.terms(minimum: 8, multiple: 8, .allUnits, (1, 1000)))
    ]
    var needs = Greedy.needs
    needs[0].tolerance = .zero
    let award = try decide(Greedy.input(needs: needs, offers))
    #expect(words(award.plan) == ["a 24 for 240.00: berard 17, curie 7"])
    #expect(award.report.remarks?.tolerances.map { "\($0.centre) \($0.beyond)" } == ["berard 450"])
  }

  @Test func `a cascade goes by rank and not by price, a shared lot by its parts`() throws {
    let offers = [
      Greedy.offer("first", "alder", id: 1, try Greedy.terms(capacity: 15, .allUnits, (1, 1000))),
      Greedy.offer("second", "birch", id: 2, try Greedy.terms(.allUnits, (1, 500))),
    ]
    let cascade = try decide(Greedy.input(rule: .cascade, needs: Greedy.needs, offers))
    #expect(cascade.plan.lines.map { "\($0.offer.code) \($0.packs)" } == ["first 15", "second 5"])
    let shared = try decide(Greedy.input(rule: .share, shares: [600, 400], needs: Greedy.needs, offers))
    // Each part to within a pack: 11 of 20 packs are within one of 60 %.
    #expect(shared.plan.lines.map { "\($0.offer.code) \($0.packs)" } == ["first 11", "second 9"])
  }

  @Test func `a ceiling holds goods and freight, and what more of it would save is told`() throws {
    let offers = [
      Greedy.offer("a", "alder", id: 1, try Greedy.terms(freight: 500, .allUnits, (1, 700))),
      Greedy.offer("b", "birch", id: 2, try Greedy.terms(.allUnits, (1, 800))),
    ]
    // All from alder is 140.00 and 5.00: less than birch's 160.00.
    let free = try decide(Greedy.input(maximum: 14_500, needs: Greedy.needs, offers))
    #expect(free.plan.lines.map { "\($0.offer.code) \($0.packs)" } == ["a 20"])
    #expect(throws: AwardError.self) {
      _ = try decide(Greedy.input(maximum: 14_499, needs: Greedy.needs, offers))
    }
  }

  @Test func `where the charges of one order differ the bound still holds and the cost is the order's`()
    throws
  {
    let charged = try Greedy.terms(freight: 900, .allUnits, (1, 100))
    let offers = [
      Greedy.offer("swab", "alder", id: 1, charged),
      Greedy.offer("tube", "alder", id: 2, item: "TUBE", try Greedy.terms(freight: 300, .allUnits, (1, 100))),
    ]
    let needs = [Need(centre: "curie", item: "TUBE", quantity: Quantity(200))]
    let award = try decide(Greedy.input(needs: needs + [Greedy.needs[1]], offers))
    #expect(award.plan.goods + award.plan.totalFreight == Money(cents: 1800))
    #expect(award.method.bound == Money(cents: 1200))
    #expect(award.method.status == .feasible)
  }

  @Test func `nobody pays more than alone while somebody on the line saves`() throws {
    let tiers = try Greedy.terms(.incremental, (1, 500), (8, 2000))
    let offers = [
      Greedy.offer("a", "alder", id: 1, tiers),
      Greedy.offer("b", "birch", id: 2, try Greedy.terms(.allUnits, (1, 1500), (13, 400))),
    ]
    let award = try decide(Greedy.input(needs: Greedy.needs, offers))
    #expect(award.report.savings.allSatisfy { ($0.saving ?? .zero) >= .zero })
    #expect(award.report.remarks?.dearer == [])
  }

  /// An enumeration that knows nothing of the mathematics: every number of packs of every offer for every centre.
  @Test func `small awards cost what trying everything finds`() throws {
    var generator = SeededGenerator(seed: 77)
    var (found, impossible) = (0, 0)
    for _ in 0..<250 {
      let small = try SmallAward(&generator)
      let expected = small.cheapest()
      do {
        let award = try decide(small.input, AwardRequest(budget: small.budget))
        #expect(award.plan.goods + award.plan.totalFreight == expected, "\(small.input)")
        #expect(award.method.status == .optimal)
        found += 1
      } catch is AwardError {
        #expect(expected == nil, "\(small.input)")
        impossible += 1
      }
    }
    #expect(found > 120)
    #expect(impossible > 6)
  }

  @Test func `every exact award keeps packs, minimums, capacities and ceilings, and conserves sums`() throws {
    var generator = SeededGenerator(seed: 22)
    var awarded = 0
    for _ in 0..<80 {
      let input = try Greedy.random(&generator)
      guard let award = try? decide(input, AwardRequest(timeLimit: 20)) else { continue }
      awarded += 1
      let plan = award.plan
      for line in plan.lines {
        #expect(line.offer.terms.isOrderable(line.packs))
        #expect(line.packs <= line.offer.terms.deliverable(orderedOn: input.day, by: input.neededBy) ?? .max)
        #expect(line.offer.terms.prices.cost(of: line.packs) == line.cost)
        #expect(line.shares.reduce(0) { $0 + $1.packs } == line.packs)
        #expect(line.shares.reduce(Money.zero) { $0 + ($1.cost ?? .zero) } == line.cost)
        #expect(line.shares.allSatisfy { ($0.cost ?? .zero) >= .zero })
      }
      let total = plan.goods + plan.totalFreight
      #expect(total <= input.lots[0].ceiling.maximumValue ?? .zero)
      #expect(award.report.savings.reduce(Money.zero) { $0 + $1.cost } == total)
      for need in input.needs where need.quantity > .zero {
        let got = plan.lines.filter { $0.offer.item == need.item }.reduce(Int64(0)) { sum, line in
          let packs = line.shares.first { $0.centre == need.centre }?.packs ?? 0
          return sum + packs * line.offer.terms.packUnits.units
        }
        #expect(got >= need.quantity.units)
      }
    }
    #expect(awarded > 24)
  }
}
