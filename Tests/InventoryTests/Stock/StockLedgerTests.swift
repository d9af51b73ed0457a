import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct StockLedgerTests {
  let monday = StockFixture.monday

  /// Swabs missing at Bérard.
  private func shortfall(of missing: Int64, on day: Day?) throws -> Shortfall {
    let centre = Centre.Code("berard")
    let item = Item.SKU("SWAB")
    return Shortfall(centre: centre, item: item, lot: "", day: day, missing: Quantity(missing))
  }

  @Test(arguments: Backend.available)
  func `a balance is the sum of its movements`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", monday, .receipt, 100)
    try await stock.post("berard", "SWAB", monday + 1, .use, -30)
    try await stock.post("berard", "SWAB", monday + 2, .loss, -5, lot: "")
    try await stock.post("curie", "SWAB", monday, .receipt, 7, lot: "L1")
    #expect(try await stock.balances() == ["berard/SWAB: 65", "curie/SWAB/L1: 7"])
    #expect(try await stock.reconcile() == .init(movements: 4, balances: 2, discrepancies: []))
  }

  @Test(arguments: Backend.available)
  func `more than there is cannot go out`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", monday, .receipt, 100)
    let shortfall = try shortfall(of: 1, on: nil)
    await #expect(throws: StockError.insufficient([shortfall])) {
      try await stock.post("berard", "SWAB", monday + 1, .use, -101)
    }
    #expect(try await stock.balances() == ["berard/SWAB: 100"])
    #expect(try await stock.reconcile().movements == 1)
  }

  @Test(arguments: Backend.available)
  func `what is used later cannot go out earlier`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", monday, .receipt, 50)
    try await stock.post("berard", "SWAB", monday + 2, .use, -40)
    try await stock.post("berard", "SWAB", monday + 5, .receipt, 100)
    let shortfall = try shortfall(of: 5, on: monday + 2)
    await #expect(throws: StockError.insufficient([shortfall])) {
      try await stock.post("berard", "SWAB", monday + 1, .use, -15)
    }
    try await stock.post("berard", "SWAB", monday + 1, .use, -10)
    #expect(try await stock.balances() == ["berard/SWAB: 100"])
  }

  @Test(arguments: Backend.available)
  func `what comes in on a day can go out on it, in whatever order it is written`(backend: Backend)
    async throws
  {
    let stock = try await StockFixture(backend)
    let (centre, item) = (try stock.centre("berard"), try stock.item("SWAB"))
    try await stock.database.write { connection in
      let lot = try Lot.resolve(item: item, number: "", expiry: nil, in: connection)
      func posting(_ reason: MovementReason, _ quantity: Int64) -> Posting {
        Posting(
          centre: centre,
          item: item,
          lot: lot.id,
          day: StockFixture.monday,
          quantity: Quantity(quantity),
          reason: reason
        )
      }
      try StockLedger.post(
        [posting(.use, -10), posting(.receipt, 10)],
        by: StockFixture.stamp,
        in: connection
      )
    }
    #expect(try await stock.balances() == ["berard/SWAB: 0"])
  }

  @Test(arguments: Backend.available)
  func `the ledger cannot be changed or cut`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", monday, .receipt, 100)
    for statement: SQL in [
      "UPDATE stock_movement SET quantity = 200", "DELETE FROM stock_movement",
      "UPDATE stock_entry SET day = 0", "DELETE FROM stock_entry",
    ] {
      await #expect(throws: DatabaseError.self) {
        try await stock.database.write { try $0.execute(statement) }
      }
    }
    #expect(try await stock.reconcile() == .init(movements: 1, balances: 1, discrepancies: []))
  }

  @Test(arguments: Backend.available)
  func `a document is reversed once, on its own day`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", monday, .receipt, 100, document: "BL-1")
    try await stock.post("berard", "SWAB", monday + 1, .use, -30)
    try await stock.post("berard", "MIX", monday, .receipt, 8, document: "BL-2")
    await #expect(throws: StockError.self) { try await reverse("BL-1", in: stock) }
    try await reverse("BL-2", in: stock)
    await #expect(throws: StockError.nothingToReverse(document: "BL-2")) {
      try await reverse("BL-2", in: stock)
    }
    #expect(try await stock.balances() == ["berard/MIX: 0", "berard/SWAB: 70"])
    #expect(try await stock.reconcile().agrees)
  }

  private func reverse(_ document: String, in stock: StockFixture) async throws {
    try await stock.database.write { connection in
      try StockLedger.reverse(document: document, by: StockFixture.stamp, in: connection)
    }
  }

  @Test(arguments: Backend.available)
  func `a movement has the sign of its reason`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    for (reason, quantity) in [
      (MovementReason.receipt, Int64(-1)), (.use, 1), (.receipt, 0), (.transferOut, 3),
    ] {
      await #expect(throws: StockError.wrongSign(reason: reason, quantity: Quantity(quantity))) {
        try await stock.post("berard", "SWAB", monday, reason, quantity)
      }
    }
    #expect(try await stock.balances().isEmpty)
  }

  @Test(arguments: Backend.available)
  func `a balance that was tampered with is found`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    try await stock.post("berard", "SWAB", monday, .receipt, 100)
    try await stock.database.write { try $0.execute("UPDATE stock_balance SET quantity = 90") }
    let found = try await stock.reconcile().discrepancies
    #expect(found.map(\.kind) == [.balance])
    #expect(found.map(\.balance) == [Quantity(90)])
    #expect(found.map(\.ledger) == [Quantity(100)])
  }
}
