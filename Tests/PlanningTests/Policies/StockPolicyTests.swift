import Testing

@testable import Planning

struct StockPolicyTests {
  private let terms = PolicyTerms(
    serviceLevel: 0.95,
    leadTime: NormalDemand(mean: 9, deviation: 2),
    cycleDays: 14
  )

  @Test func `safety stock covers the spread of demand and of the lead time`() {
    let policy = StockPolicy(demand: NormalDemand(mean: 20, deviation: 8), terms: terms)
    #expect((policy.safetyStock, policy.reorderPoint, policy.orderUpTo) == (77, 257, 537))
    #expect(
      policy.explanation
        == .init(
          safetyStock: "77 = 1.645 × √(9.0 d × 8.00² + 20.00² × 2.0²)",
          reorderPoint: "257 = 180 (20.00 a day × 9.0 days) + safety stock 77",
          orderUpTo: "537 = reorder point 257 + 280 (20.00 a day × 14 days of order cycle)"
        )
    )
  }

  @Test func `the legal cover is a floor under the safety stock`() {
    var legal = terms
    legal.legalCoverDays = 60
    let policy = StockPolicy(demand: NormalDemand(mean: 20, deviation: 8), terms: legal)
    #expect((policy.safetyStock, policy.reorderPoint) == (1200, 1380))
    #expect(
      policy.explanation.safetyStock
        == "1200 = 60 days of legal cover × 20.00 a day, above 77 = 1.645 × √(9.0 d × 8.00² + 20.00² × 2.0²)"
    )
  }

  @Test func `a review period is protected as the lead time is`() {
    var weekly = terms
    weekly.reviewDays = 7
    let policy = StockPolicy(demand: NormalDemand(mean: 20, deviation: 8), terms: weekly)
    #expect((policy.safetyStock, policy.reorderPoint) == (85, 405))
  }

  @Test func `sample paths give the quantile of their own lead-time demand`() {
    let paths = DemandPaths([[0, 0, 0], [1, 1, 1], [2, 2, 2], [0, 0, 9]])
    let policy = StockPolicy(
      paths: paths,
      leadTimes: .fixed(3),
      terms: PolicyTerms(serviceLevel: 0.75, leadTime: LeadTimes.fixed(3).moments, cycleDays: 0)
    )
    #expect((policy.safetyStock, policy.reorderPoint, policy.orderUpTo) == (1, 6, 6))
  }

  @Test func `a random lead time weighs every length as often as it was seen`() {
    let demand = DemandPaths([[1, 1, 1, 1]]).demand(over: LeadTimes(observed: [2, 2, 4, 6]))
    #expect([0.25, 0.5, 0.51, 0.75, 0.76].map(demand.quantile) == [2, 2, 4, 4, 6])
    #expect(demand.mean == Fraction(7, over: 2))
    #expect(demand.probability(above: 3) == Fraction(1, over: 2))
  }

  @Test func `a bucket is spread over its days without losing a unit`() {
    #expect(DemandPaths(buckets: [[7, 9]], days: 4).paths == [[1, 2, 2, 2, 2, 2, 2, 3]])
  }

  @Test(arguments: [
    (0.5, 0.0), (0.95, 1.6448536269514722), (0.975, 1.959963984540054), (0.001, -3.090232306167813),
  ])
  func `normal quantiles are exact to the published digits`(level: Double, expected: Double) {
    #expect(abs(StandardNormal.quantile(level) - expected) < 1e-12)
  }
}
