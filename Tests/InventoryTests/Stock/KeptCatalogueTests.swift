import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct KeptCatalogueTests {
  private func take(_ text: String, in database: any Database) async throws -> [ReportReceipt] {
    try await StockReports.take(
      .text("centre,day,report,item,unit,counted\n\(text)\n"),
      by: StockFixture.stamp,
      in: database
    )
  }

  @Test(arguments: Backend.available)
  func `items that were named before are not read again until one changes`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let database = CountedDatabase(base: stock.database, remembering: Memory())
    _ = try await take("berard,2026-03-03,a,SWAB,inner,2", in: database)
    #expect(database.reads.count == 1)
    _ = try await take("berard,2026-03-04,b,SWAB,inner,3", in: database)
    #expect(database.reads.count == 1)
    #expect(try await stock.balances() == ["berard/SWAB: 30"])

    // Another item, and one that is not there, are looked for.
    _ = try await take("berard,2026-03-04,c,MIX,each,4", in: database)
    #expect(database.reads.count == 2)
    await #expect(throws: StockError.self) { try await take("berard,2026-03-04,d,NONE,each,4", in: database) }
    #expect(database.reads.count == 3)

    let swab = "SWAB" as Item.SKU
    try await stock.database.write { connection in
      let pack = Item.Pack(level: .inner, units: Quantity(20), gtin: nil)
      try Item.take(packs: [.init(sku: swab, pack: pack)], by: StockFixture.stamp, in: connection)
    }
    _ = try await take("berard,2026-03-05,e,SWAB,inner,2", in: database)
    #expect(try await stock.balances() == ["berard/MIX: 4", "berard/SWAB: 40"])
  }

  @Test func `a mark is not used again`() async throws {
    let stock = try await StockFixture(.sqlite)
    let moments = [StockFixture.stamp.at, StockFixture.stamp.at, Instant(rawValue: 0)]
    var marks: [Int64] = []
    for moment in moments {
      marks.append(
        try await stock.database.write { connection in
          try CatalogueMark.move(at: moment, in: connection)
          return try connection.query(CatalogueMark.question)[0].decode(as: Int64.self)
        }
      )
    }
    let first = moments[0].rawValue
    #expect(marks == [first, first + 1, first + 2])
  }
}
