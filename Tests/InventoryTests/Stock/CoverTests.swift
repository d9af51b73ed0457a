import TestSupport
import Testing

@testable import Inventory

@Suite struct CoverTests {
  private let today = StockFixture.monday

  private func day(_ offset: Int64, _ change: Int64, used: Int64?) -> DayOfStock {
    DayOfStock(day: today + offset, change: change, used: used)
  }

  @Test func `the mean is what was used over the days of the buckets that say so`() {
    let window = UseWindow(endingOn: today)
    let days = [day(-21, -70, used: 70), day(-7, -30, used: 30), day(0, 0, used: 0)]
    #expect(window.dailyUse(onHand: 10, days: days) == .known(units: 100, days: 21))
  }

  @Test func `a bucket without a word is unknown, not zero`() {
    let window = UseWindow(endingOn: today, buckets: 2)
    #expect(window.dailyUse(onHand: 5, days: []) == .unknown)
    #expect(window.dailyUse(onHand: 5, days: [day(0, 5, used: nil)]) == .unknown)
    #expect(window.dailyUse(onHand: 5, days: [day(0, 0, used: 0)]) == .known(units: 0, days: 7))
    #expect(Cover(usable: 5, use: .unknown) == .unknown)
    #expect(Cover(usable: 5, use: .known(units: 0, days: 7)) == .noUse)
  }

  @Test func `days without stock are taken out of the days`() {
    let window = UseWindow(endingOn: today, buckets: 1)
    // Used up four days ago, delivered today: three days ended with nothing.
    let days = [day(-4, -12, used: 12), day(0, 50, used: nil)]
    #expect(window.daysWithoutStock(onHand: 50, days: days) == [today - 1, today - 2, today - 3])
    #expect(window.dailyUse(onHand: 50, days: days) == .known(units: 12, days: 4))
    #expect(window.dailyUse(onHand: 0, days: [day(-6, 0, used: 0)]) == .unknown)
  }

  @Test func `cover is whole days, rounded down`() {
    #expect(Cover(usable: 99, use: .known(units: 100, days: 7)) == .days(6))
    #expect(Cover(usable: 0, use: .known(units: 100, days: 7)) == .days(0))
    #expect(Cover(usable: .max, use: .known(units: 1, days: 28)) == .days(.max))
  }

  @Test func `a lot is usable as far as its turn comes before it expires`() {
    let use = DailyUse.known(units: 70, days: 7)
    let lots = [
      ExpiringStock(quantity: 7, expiry: today - 1),
      ExpiringStock(quantity: 30, expiry: today),
      ExpiringStock(quantity: 15, expiry: today + 4),
      ExpiringStock(quantity: 100, expiry: today + 9, isHeld: true),
      ExpiringStock(quantity: 100, expiry: today + 9),
      ExpiringStock(quantity: 40, expiry: nil),
    ]
    let stock = UsableStock(of: lots, on: today, use: use)
    // 10 of the 30 today, all 15, then 75 of the 100 up to the tenth day, and all 40.
    #expect(stock.usable == 10 + 15 + 75 + 40)
    #expect(stock.expired == 7)
    #expect(stock.held == 100)
    #expect(stock.unusedAtExpiry == 20 + 25)
    #expect(stock.onHand == 292)
  }

  @Test func `without a known use nothing is taken off for expiry`() {
    let lots = [ExpiringStock(quantity: 30, expiry: today), ExpiringStock(quantity: 5, expiry: today - 1)]
    for use in [DailyUse.unknown, .known(units: 0, days: 7)] {
      let stock = UsableStock(of: lots, on: today, use: use)
      #expect((stock.usable, stock.expired, stock.unusedAtExpiry) == (30, 5, 0))
    }
  }

  /// What is usable is what a day-by-day use in the order of expiry gets through.
  @Test func `the parts agree with using the stock up day by day`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let lots = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        ExpiringStock(
          quantity: Int64.random(in: 0...60, using: &generator),
          expiry: today + Int64.random(in: -2...20, using: &generator)
        )
      }.sorted { ($0.expiry ?? today) < ($1.expiry ?? today) }
      let rate = Int64.random(in: 1...9, using: &generator)
      let stock = UsableStock(of: lots, on: today, use: .known(units: rate, days: 1))
      #expect(stock.usable == usedDayByDay(lots, rate: rate))
      #expect(stock.onHand == lots.reduce(0) { $0 + $1.quantity })
    }
  }

  private func usedDayByDay(_ lots: [ExpiringStock], rate: Int64) -> Int64 {
    var left = lots.map(\.quantity)
    var total: Int64 = 0
    for day in today...(today + 30) {
      var wanted = rate
      for index in lots.indices where (lots[index].expiry ?? day) >= day && wanted > 0 {
        let part = min(wanted, left[index])
        left[index] -= part
        wanted -= part
        total += part
      }
    }
    return total
  }

  @Test func `a kit makes as many tests as its scarcest component allows`() throws {
    let kit = Kit(
      id: .init(rawValue: 1),
      code: Kit.Code("pcr"),
      name: "PCR",
      nameFrench: "PCR",
      category: nil,
      certainty: "a test",
      components: [
        .init(item: Item.SKU("SWAB"), quantity: Quantity(1), tests: 1),
        .init(item: Item.SKU("PLATE"), quantity: Quantity(1), tests: 96),
      ]
    )
    let centre = Centre.Code("berard")
    let positions = [("SWAB" as Item.SKU, Int64(500)), ("PLATE", 5)].map { sku, usable in
      StockPosition(
        centre: centre,
        item: sku,
        stock: UsableStock(usable: usable),
        use: .unknown,
        cover: .unknown,
        reported: today - 3,
        today: today
      )
    }
    let stock = Dictionary(uniqueKeysWithValues: positions.map { ($0.item, $0) })
    let tests = TestsPossible(of: kit, at: centre, positions: stock)
    #expect(tests.tests == 480)
    #expect(tests.binding?.rawValue == "PLATE")
    #expect(tests.components.map(\.ageDays) == [3, 3])
    let capped = TestsPossible(of: kit, at: centre, positions: stock, capacity: 200)
    #expect(capped.tests == 200)
    #expect(capped.binding == nil)
    #expect(TestsPossible(of: kit, at: centre, positions: [:]).tests == 0)
  }
}
