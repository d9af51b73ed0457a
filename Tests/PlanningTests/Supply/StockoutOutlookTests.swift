import Testing

@testable import Planning

@Suite struct StockoutOutlookTests {
  @Test func `it says what the simulation of every future by itself says`() {
    var random = RandomStream(seed: 7)
    for _ in 0..<60 {
      let weeks = Self.weeks(paths: 30, steps: 6, most: 40, using: &random)
      let daily = DailyDemand(weeks: weeks)
      let lots = (0..<random.index(below: 4)).map { _ in
        UsableLot(
          random.index(below: 60),
          from: 101 + random.index(below: 10),
          until: random.index(below: 2) == 0 ? nil : 101 + random.index(below: 40)
        )
      }
      let lead = LeadTimes([5 + random.index(below: 10): 2, 20: 1])
      let outlook = StockoutOutlook(demand: daily, lots: lots, awaited: [], today: 100, span: 30)
      let risk = StockoutRisk(demand: daily.demandPaths, lots: lots, today: 101, nextDelivery: lead)
      let permille =
        (2000 * risk.probability.numerator + risk.probability.denominator)
        / (2 * risk.probability.denominator)
      #expect(outlook.permille(before: lead) == Int(permille))
      #expect(outlook.runsOut(0.5).map { 100 + $0 } == risk.runsOut.median)
      #expect(outlook.runsOut(0.1).map { 100 + $0 } == risk.runsOut.early)
    }
  }

  @Test func `half of a unit a day is one every other day`() {
    let daily = DailyDemand(paths: 2, days: 6, values: [1, 1, 1, 1, 1, 1, 0, 3, 0, 0, 3, 1])
    #expect(daily.rationed(to: 50).values == [1, 0, 1, 0, 1, 0, 0, 2, 0, 0, 1, 1])
    #expect(daily.rationed(to: 100) == daily)
  }

  @Test func `more stock never makes running out likelier`() {
    var random = RandomStream(seed: 11)
    let daily = DailyDemand(weeks: Self.weeks(paths: 50, steps: 5, most: 30, using: &random))
    let lead = LeadTimes.fixed(21)
    let shares = stride(from: 0, through: 120, by: 10).map { units in
      StockoutOutlook(demand: daily, lots: [UsableLot(units, from: 1)], awaited: [], today: 0, span: 21)
        .permille(before: lead)
    }
    #expect(shares == shares.sorted(by: >))
    #expect(shares.first == 1000)
    #expect(shares.last == 0)
  }

  @Test func `a delivery comes as the supplier's deliveries came before`() {
    let records = [
      DeliveryRecord([.init(delay: 0, permille: 700), .init(delay: 7, permille: 200)]),
      DeliveryRecord([]),
    ]
    let awaited = AwaitedDelivery(quantity: 100, promised: 110, records: records)
    func told(_ today: Int) -> [[String]] {
      awaited.outcomes(today: today).map { $0.map { "\($0.units) in \($0.delay)" } }
    }
    #expect(told(100) == [["70 in 10", "20 in 17"], [], ["100 in 10"]])
    // Three days late: what the first record still had to come, seen from what is outstanding.
    #expect(told(113) == [["66 in 4"]])
    // Later than any record: a week, for want of better knowledge.
    #expect(told(130) == [["100 in 7"]])
  }

  @Test func `a supplier under strain is late as it was when it was late, and one never late by a week`() {
    let late = DeliveryRecord([.init(delay: 0, permille: 700), .init(delay: 7, permille: 300)])
    // Three parts of a third each, rounded down: all there on the day.
    let whole = DeliveryRecord([0, 0, -2].map { .init(delay: $0, permille: 333) })
    func told(_ records: [DeliveryRecord], today: Int) -> [[String]] {
      AwaitedDelivery(quantity: 100, promised: 110, records: records, prospect: .strained)
        .outcomes(today: today).map { $0.map { "\($0.units) in \($0.delay)" } }
    }
    #expect(told([whole, late, .asPromised], today: 100) == [["70 in 10", "30 in 17"]])
    #expect(told([whole, late], today: 112) == [["100 in 5"]])
    #expect(told([whole], today: 100) == [["100 in 17"]])
    #expect(told([], today: 112) == [["100 in 5"]])
    #expect(told([], today: 120) == [["100 in 7"]])
    #expect(told([DeliveryRecord([])], today: 100) == [[]])
  }

  @Test func `nothing comes before a rupture ends, and nothing at all where nobody knows when`() {
    let records = [DeliveryRecord([.init(delay: -4, permille: 500), .init(delay: 6, permille: 500)])]
    var awaited = AwaitedDelivery(quantity: 100, promised: 110, records: records, prospect: .held(until: 120))
    func told(_ today: Int) -> [[String]] {
      awaited.outcomes(today: today).map { $0.map { "\($0.units) in \($0.delay)" } }
    }
    // The end of the rupture is the promise from now on, to which lateness adds.
    #expect(told(100) == [["50 in 20", "50 in 26"], ["100 in 20"]])
    #expect(told(119) == [["50 in 1", "50 in 7"], ["100 in 1"]])
    #expect(awaited.isExpected(within: 20, today: 100))
    #expect(!awaited.isExpected(within: 19, today: 100))
    awaited.prospect = .withheld
    #expect(told(100) == [[]])
    #expect(!awaited.isExpected(within: 1_000, today: 100))
    let daily = DailyDemand(paths: 1, days: 3, values: [1, 1, 1])
    let outlook = StockoutOutlook(
      demand: daily,
      lots: [UsableLot(2, from: 1)],
      awaited: [awaited],
      today: 110,
      span: 3
    )
    #expect(outlook.served == [2])
  }

  @Test func `components are used for whole tests on the running total`() {
    var weeks = SamplePaths(paths: 1, steps: 1)
    weeks[0, 0] = 94
    let plates = DailyDemand(weeks: weeks).used(quantity: 1, tests: 94)
    let mix = DailyDemand(weeks: weeks).used(quantity: 96, tests: 94)
    #expect(plates.values == [1, 0, 0, 0, 0, 0, 0])
    #expect(mix.values.reduce(0, +) == 96)
  }

  private static func weeks(
    paths: Int,
    steps: Int,
    most: Int,
    using random: inout RandomStream
  ) -> SamplePaths {
    var weeks = SamplePaths(paths: paths, steps: steps)
    for path in 0..<paths {
      for step in 0..<steps { weeks[path, step] = random.index(below: most) }
    }
    return weeks
  }
}
