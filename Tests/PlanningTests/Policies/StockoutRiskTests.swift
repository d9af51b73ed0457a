import Testing

@testable import Planning

struct StockoutRiskTests {
  private let futures = DemandPaths([[1, 1, 1, 1], [2, 2, 2, 2], [3, 3, 3, 3], [4, 4, 4, 4]])

  @Test func `the probability counts the futures that run out before the next delivery`() {
    let risk = StockoutRisk(demand: futures, lots: [.init(6)], today: 10, nextDelivery: .fixed(3))
    #expect(risk.probability == Fraction(1, over: 2))
    #expect(risk.runsOut == .init(early: 11, median: 12, late: nil))
    #expect(risk.meanShortage == Fraction(0 + 0 + 3 + 6, over: 4))
    #expect(risk.highShortage == 6)
  }

  @Test func `an expiring lot and a late transfer raise the risk`() {
    let lots: [UsableLot] = [.init(4, until: 10), .init(8, from: 12)]
    let onTime = StockoutRisk(demand: futures, lots: lots, today: 10, nextDelivery: .fixed(2))
    #expect(onTime.probability == Fraction(1))
    let fresh = StockoutRisk(
      demand: futures,
      lots: [.init(4), .init(8, from: 11)],
      today: 10,
      nextDelivery: .fixed(2)
    )
    #expect(fresh.probability == .zero)
    let late = StockoutRisk(
      demand: futures,
      lots: [.init(4), .init(8, from: 11)],
      today: 10,
      nextDelivery: .fixed(2),
      lateness: LeadTimes([0: 1, 1: 1])
    )
    #expect(late.probability == Fraction(1, over: 4))
  }

  @Test func `a random next delivery is weighed by how often each delay was seen`() {
    let risk = StockoutRisk(
      demand: DemandPaths([[1, 1, 1, 1]]),
      lots: [.init(2)],
      today: 0,
      nextDelivery: LeadTimes([2: 3, 4: 1])
    )
    #expect(risk.probability == Fraction(1, over: 4))
    #expect(risk.runsOut == .init(early: 2, median: 2, late: 2))
  }

  @Test func `more stock never raises the probability`() {
    var cases = SeededCases(seed: 61)
    for _ in 0..<100 {
      let demand = DemandPaths((0..<5).map { _ in (0..<6).map { _ in cases.int(0...4) } })
      let risks = (0...20).map {
        StockoutRisk(demand: demand, lots: [.init($0)], today: 0, nextDelivery: .fixed(5)).probability
      }
      #expect(zip(risks, risks.dropFirst()).allSatisfy(>=))
    }
  }

  @Test func `the component that runs out first stops the tests`() {
    let risk = KitRisk(
      demand: futures,
      components: [
        .init("swab", perKit: 1, lots: [.init(40)]), .init("reagent", perKit: 2, lots: [.init(13)]),
      ],
      today: 0,
      nextDelivery: .fixed(4)
    )
    #expect(risk.limiting?.component == "reagent")
    #expect(risk.limiting?.stopsFirst == Fraction(3, over: 4))
    #expect(risk.limiting?.risk.probability == Fraction(3, over: 4))
    #expect(risk.findings.map(\.risk.highShortage) == [19, 0])
  }
}
