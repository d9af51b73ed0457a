import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct StockFiguresTests {
  private let monday = StockFixture.monday

  private func take(_ text: String, in stock: StockFixture) async throws {
    _ = try await StockReports.take(.text(text), by: StockFixture.stamp, in: stock.database)
  }

  private let weeks = """
    centre,day,item,lot,expiry,received,used
    berard,2026-03-02,SWAB,,,100,28
    berard,2026-03-09,SWAB,,,,42
    berard,2026-03-09,MIX,L1,2026-03-20,30,
    curie,2026-03-09,SWAB,,,10,0
    """

  @Test(arguments: Backend.available)
  func `a position says what is usable, for how long, and how old it is`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await take(weeks, in: stock)
    let window = UseWindow(endingOn: monday + 9)
    let positions = try await stock.database.read { try StockPosition.all(window, in: $0) }
    #expect(positions.map { "\($0.centre)/\($0.item)" } == ["berard/MIX", "berard/SWAB", "curie/SWAB"])
    #expect(positions.map(\.stock.usable) == [30, 30, 10])
    #expect(positions.map(\.use) == [.unknown, .known(units: 70, days: 14), .known(units: 0, days: 7)])
    #expect(positions.map(\.cover) == [.unknown, .days(6), .noUse])
    #expect(positions.map(\.age) == [2, 2, 2])
    let one = try await stock.database.read {
      try StockPosition.all(window, filter: .init(item: Item.SKU("MIX")), in: $0)
    }
    #expect(one == [positions[0]])
  }

  @Test(arguments: Backend.available)
  func `a day of the past is shown as it was`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await take(weeks, in: stock)
    func positions(on day: Day) async throws -> [StockPosition] {
      let window = UseWindow(endingOn: day)
      return try await stock.database.read { try StockPosition.all(window, in: $0) }
    }
    let (then, before) = (try await positions(on: monday + 1), try await positions(on: monday - 1))
    // Of the second week nothing was known yet: neither what was used, nor what curie has.
    #expect(then.map { "\($0.centre)/\($0.item)" } == ["berard/SWAB"])
    #expect(then.map(\.stock.usable) == [72])
    #expect(then.map(\.age) == [1])
    #expect(then.map(\.use) == [.known(units: 28, days: 7)])
    #expect(before.isEmpty)
  }

  @Test(arguments: Backend.available)
  func `pages of one, two or all positions are the list, and go on from their last`(backend: Backend)
    async throws
  {
    let stock = try await StockFixture(backend)
    try await take(weeks, in: stock)
    let window = UseWindow(endingOn: monday + 9)
    let all = try await stock.database.read { try StockPosition.all(window, in: $0) }
    for limit in 1...4 {
      var (pages, place) = ([StockPosition](), StockPosition.Place?.none)
      repeat {
        let after = place
        let page = try await stock.database.read {
          try StockPosition.page(window, after: after, limit: limit, in: $0)
        }
        pages += page
        place = page.last.map { .init(centre: $0.centre, item: $0.item) }
      } while place != nil
      #expect(pages == all)
    }
    let swabs = try await stock.database.read {
      try StockPosition.page(window, filter: .init(item: Item.SKU("SWAB")), limit: 9, in: $0)
    }
    #expect(swabs == [all[1], all[2]])
    let curie = try await stock.database.read {
      try StockPosition.page(window, filter: .init(centre: Centre.Code("curie")), limit: 9, in: $0)
    }
    #expect(curie == [all[2]])
  }

  @Test(arguments: Backend.available)
  func `a reversed report is forgotten by the figures`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await take(weeks, in: stock)
    let corrected = ReportDefaults(centre: Centre.Code("berard"), day: monday + 7, corrects: "2026-03-09")
    _ = try await StockReports.take(
      .line(["item": "SWAB", "used": "14"]),
      defaults: corrected,
      by: StockFixture.stamp,
      in: stock.database
    )
    let window = UseWindow(endingOn: monday + 9)
    let swabs = try await stock.database.read {
      try StockPosition.all(
        window,
        filter: .init(centre: Centre.Code("berard"), item: Item.SKU("SWAB")),
        in: $0
      )
    }
    #expect(swabs.map(\.use) == [.known(units: 42, days: 14)])
    #expect(swabs.map(\.stock.onHand) == [58])
  }

  @Test(arguments: Backend.available)
  func `a week without a word is unknown, and a week of nothing is zero`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await take(weeks, in: stock)
    let window = UseWindow(endingOn: monday + 13, buckets: 3)
    let used = try await stock.database.read { try Consumption.all(window, in: $0) }
    #expect(used.filter { $0.centre.rawValue == "curie" }.map(\.used) == [nil, nil, .zero])
    #expect(used.filter { $0.item.rawValue == "MIX" }.map(\.used) == [nil, nil, nil])
    #expect(
      used.filter { $0.centre.rawValue == "berard" && $0.item.rawValue == "SWAB" }.map(\.used)
        == [nil, Quantity(28), Quantity(42)]
    )
  }

  @Test(arguments: Backend.available)
  func `stock goes out of the usable lots, the first to expire first`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "MIX", monday, .receipt, 10, lot: "OLD", expiry: monday + 1)
    try await stock.post("berard", "MIX", monday, .receipt, 20, lot: "LATE", expiry: monday + 90)
    try await stock.post("berard", "MIX", monday, .receipt, 20, lot: "SOON", expiry: monday + 30)
    try await stock.post("berard", "MIX", monday, .receipt, 50, lot: "BAD", expiry: monday + 20)
    let (centre, item, day) = (try stock.centre("berard"), try stock.item("MIX"), monday + 2)
    try await stock.database.write { connection in
      let bad = try Lot.find(item: Item.SKU("MIX"), number: "BAD", in: connection)
      try bad.hold(.recall, at: nil, since: day, reason: "leaks", by: StockFixture.stamp, in: connection)
      try StockLedger.issue(
        item: item,
        centre: centre,
        quantity: Quantity(25),
        day: day,
        reason: .use,
        by: StockFixture.stamp,
        in: connection
      )
    }
    #expect(
      try await stock.balances() == [
        "berard/MIX/BAD: 50", "berard/MIX/LATE: 15", "berard/MIX/OLD: 10", "berard/MIX/SOON: 0",
      ]
    )
    let sku = Item.SKU("MIX")
    await #expect(throws: StockError.notUsable(item: sku, asked: Quantity(16), usable: Quantity(15))) {
      try await stock.database.write { connection in
        _ = try StockLedger.issue(
          item: item,
          centre: centre,
          quantity: Quantity(16),
          day: day,
          reason: .use,
          by: StockFixture.stamp,
          in: connection
        )
      }
    }
  }

  @Test(arguments: Backend.available)
  func `a recall shows who has the lot and who is done`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    for centre in ["berard", "curie"] {
      try await stock.post(centre, "MIX", monday, .receipt, 10, lot: "L1", expiry: monday + 90)
    }
    try await stock.post("curie", "MIX", monday + 1, .use, -4, lot: "L1")
    try await stock.post("curie", "MIX", monday + 2, .recall, -6, lot: "L1")
    let (sku, day) = (Item.SKU("MIX"), monday + 1)
    try await stock.database.write { connection in
      let lot = try Lot.find(item: sku, number: "L1", in: connection)
      try lot.hold(.recall, at: nil, since: day, reason: "leaks", by: StockFixture.stamp, in: connection)
    }
    let traces = try await stock.database.read { connection in
      try Lot.find(item: sku, number: "L1", in: connection).trace(on: day, in: connection)
    }
    #expect(traces.map(\.centre.rawValue) == ["berard", "curie"])
    #expect(traces.map(\.isDone) == [false, true])
    #expect(traces.map(\.onHand) == [Quantity(10), Quantity(0)])
    #expect(traces.map(\.gone) == [Quantity(0), Quantity(4)])
    #expect(traces.map(\.withdrawn) == [Quantity(0), Quantity(6)])
    #expect(traces.map(\.isHeld) == [true, true])
    let expiring = try await stock.database.read {
      try ExpiringLot.all(until: day + 100, today: day, in: $0)
    }
    #expect(expiring.map(\.quantity) == [Quantity(10)])
    #expect(expiring.map(\.isHeld) == [true])
  }

  @Test(arguments: Backend.available)
  func `a stock card runs a balance, what comes in before what goes out`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await take(weeks, in: stock)
    let centre = Centre.Code("berard")
    let sku = Item.SKU("SWAB")
    let card = try await stock.database.read { try StockCardLine.card(centre: centre, item: sku, in: $0) }
    #expect(card.map(\.reason) == [.receipt, .use, .use])
    #expect(card.map(\.balance) == [Quantity(100), Quantity(72), Quantity(30)])
    #expect(card.map(\.document) == ["report 2026-03-02", "report 2026-03-02", "report 2026-03-09"])
  }
}
