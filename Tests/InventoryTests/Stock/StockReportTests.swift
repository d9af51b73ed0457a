import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct StockReportTests {
  private func take(
    _ text: String,
    _ defaults: ReportDefaults = ReportDefaults(),
    dryRun: Bool = false,
    in stock: StockFixture
  ) async throws -> [ReportReceipt] {
    try await StockReports.take(
      .text(text),
      defaults: defaults,
      dryRun: dryRun,
      by: StockFixture.stamp,
      in: stock.database
    )
  }

  private let first = """
    centre,day,item,lot,expiry,counted,received,used,lost,adjusted
    berard,2026-03-02,SWAB,,,60,100,30,,
    berard,2026-03-02,MIX,L1,2026-12-31,8,10,2,,
    curie,2026-03-02,SWAB,,,,50,0,,
    """

  @Test(arguments: Backend.available)
  func `a report moves the stock, and a count settles the difference`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let receipts = try await take(first, in: stock)
    #expect(receipts.map(\.outcome) == [.taken, .taken])
    #expect(receipts.map(\.lines) == [2, 1])
    #expect(try await stock.balances() == ["berard/MIX/L1: 8", "berard/SWAB: 60", "curie/SWAB: 50"])
    #expect(
      try await stock.movements() == [
        "berard 2026-03-02 MIX/L1 count 0", "berard 2026-03-02 MIX/L1 receipt 10",
        "berard 2026-03-02 MIX/L1 use -2", "berard 2026-03-02 SWAB count -10",
        "berard 2026-03-02 SWAB receipt 100", "berard 2026-03-02 SWAB use -30",
        "curie 2026-03-02 SWAB receipt 50", "curie 2026-03-02 SWAB use 0",
      ]
    )
    #expect(try await stock.reconcile().agrees)
  }

  @Test(arguments: Backend.available)
  func `a rehearsal tells what a report would do, line by line, and keeps nothing`(backend: Backend)
    async throws
  {
    let stock = try await StockFixture(backend)
    let records = try await StockReports.rehearse(
      .text(first),
      defaults: ReportDefaults(),
      by: StockFixture.stamp,
      in: stock.database
    )
    #expect(records.map(\.centre.rawValue) == ["berard", "curie"])
    #expect(records.map(\.lineCount) == [2, 1])
    let told = records.flatMap(\.lines).map { line in
      "\(line.item) \(line.lot) \(line.correction?.description ?? "?") → \(line.balance)"
    }
    #expect(told == ["SWAB  -10 → 60", "MIX L1 0 → 8", "SWAB  ? → 50"])
    #expect(try await stock.balances() == [])
    _ = try await take(first, in: stock)
    let taken = try await stock.database.read { connection in
      try ReportRecord.find("berard", key: "2026-03-02", in: connection)
    }
    #expect(taken.lines == records.first?.lines && taken.actor == StockFixture.stamp.actor)
  }

  @Test(arguments: Backend.available)
  func `a report sent twice counts once`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    _ = try await take(first, in: stock)
    let before = try await stock.movements()
    #expect(try await take(first, in: stock).map(\.outcome) == [.repeated, .repeated])
    let reordered = """
      article;centre;date;lot;péremption;compté;reçu;utilisé
      MIX;berard;02/03/2026;L1;31/12/2026;8;10;2
      SWAB;berard;02/03/2026;;;60;100;30
      """
    #expect(try await take(reordered, in: stock).map(\.outcome) == [.repeated])
    #expect(try await stock.movements() == before)
  }

  @Test(arguments: Backend.available)
  func `a report sent at the same time by two counts once`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let outcomes = try await withThrowingTaskGroup(of: [ReportReceipt.Outcome].self) { group in
      for _ in 0..<6 { group.addTask { try await take(first, in: stock).map(\.outcome) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(outcomes.count { $0 == .taken } == 2)
    #expect(outcomes.count { $0 == .repeated } == 10)
    #expect(try await stock.balances() == ["berard/MIX/L1: 8", "berard/SWAB: 60", "curie/SWAB: 50"])
  }

  @Test(arguments: Backend.available)
  func `another report under the same key is refused with what differs`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    _ = try await take(first, in: stock)
    let second = """
      centre,day,item,lot,expiry,counted,received,used
      berard,2026-03-02,SWAB,,,61,100,30
      berard,2026-03-02,SWAB,L9,,1,,
      """
    let source = "as in the report taken at 2026-03-02T08:00:00Z"
    let findings = [
      Finding(line: 2, field: "counted", found: "61", expected: "60, \(source)"),
      Finding(line: 3, field: "item", found: "SWAB, lot L9", expected: "no such line, \(source)"),
      Finding(field: "item", found: "", expected: "a line on MIX, lot L1, \(source)"),
    ]
    let centre = Centre.Code("berard")
    await #expect(throws: StockError.reportDiffers(centre: centre, key: "2026-03-02", findings)) {
      try await take(second, in: stock)
    }
    #expect(try await stock.reconcile().movements == 8)
  }

  @Test(arguments: Backend.available)
  func `a correction takes the place of what it corrects`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    _ = try await take(first, in: stock)
    try await stock.post("berard", "SWAB", StockFixture.monday + 1, .use, -55)
    let corrected = "item,counted,received,used\nSWAB,58,90,32\n"
    let defaults = ReportDefaults(
      centre: Centre.Code("berard"),
      day: StockFixture.monday,
      corrects: "2026-03-02"
    )
    #expect(try await take(corrected, defaults, in: stock).map(\.key) == ["2026-03-02, corrected"])
    #expect(try await stock.balances() == ["berard/MIX/L1: 0", "berard/SWAB: 3", "curie/SWAB: 50"])
    #expect(try await take(corrected, defaults, in: stock).map(\.outcome) == [.repeated])
    #expect(try await stock.reconcile().agrees)
    await #expect(throws: StockError.self) {
      try await take("item,counted\nSWAB,1\n", defaults, in: stock)
    }
  }

  @Test(arguments: Backend.available)
  func `a correction of what does not exist, or was corrected, is refused`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    _ = try await take(first, in: stock)
    let centre = Centre.Code("berard")
    func correction(of key: String, as name: String) -> ReportDefaults {
      ReportDefaults(centre: centre, day: StockFixture.monday, key: name, corrects: key)
    }
    let lines = "item,counted\nSWAB,58\n"
    await #expect(throws: StockError.noSuchReport(centre: centre, key: "x")) {
      try await take(lines, correction(of: "x", as: "a"), in: stock)
    }
    _ = try await take(lines, correction(of: "2026-03-02", as: "a"), in: stock)
    await #expect(throws: StockError.alreadyCorrected(centre: centre, key: "2026-03-02", by: "a")) {
      try await take(lines, correction(of: "2026-03-02", as: "b"), in: stock)
    }
    _ = try await take("item,counted\nSWAB,57\n", correction(of: "a", as: "b"), in: stock)
    #expect(try await stock.balances() == ["berard/MIX/L1: 0", "berard/SWAB: 57", "curie/SWAB: 50"])
  }

  @Test(arguments: Backend.available)
  func `a dry run finds what a real one would, and keeps nothing`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    #expect(try await take(first, dryRun: true, in: stock).map(\.outcome) == [.checked, .checked])
    #expect(try await stock.balances().isEmpty)
    await #expect(throws: StockError.self) {
      try await take("centre,day,item,used\nberard,2026-03-02,SWAB,5\n", dryRun: true, in: stock)
    }
  }

  @Test(arguments: Backend.available)
  func `use of more than there is refuses the whole report`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let text = "centre,day,item,received,used\nberard,2026-03-02,MIX,10,2\nberard,2026-03-02,SWAB,10,12\n"
    let shortfall = Shortfall(
      centre: Centre.Code("berard"),
      item: Item.SKU("SWAB"),
      lot: "",
      day: nil,
      missing: Quantity(2)
    )
    await #expect(throws: StockError.insufficient([shortfall])) { try await take(text, in: stock) }
    #expect(try await stock.balances().isEmpty)
    #expect(try await stock.movements().isEmpty)
  }

  @Test(arguments: Backend.available)
  func `a known lot with another expiry is refused with both`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    _ = try await take(first, in: stock)
    let text = "centre,day,item,lot,expiry,counted\nberard,2026-03-09,MIX,L1,2027-01-31,5\n"
    let finding = Finding(
      line: 2,
      field: "expiry",
      found: "2027-01-31",
      expected: "2026-12-31, the known expiry of lot L1 of MIX"
    )
    await #expect(throws: StockError.reportInvalid([finding], more: 0)) { try await take(text, in: stock) }
  }

  @Test(arguments: Backend.available)
  func `several weeks in one file are taken in the order of their days`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let text = """
      centre,day,item,counted,received,used
      berard,2026-03-16,SWAB,10,,20
      berard,2026-03-02,SWAB,50,60,10
      berard,2026-03-09,SWAB,30,,20
      """
    #expect(try await take(text, in: stock).map(\.key) == ["2026-03-02", "2026-03-09", "2026-03-16"])
    #expect(try await stock.balances() == ["berard/SWAB: 10"])
    #expect(try await stock.movements().filter { $0.contains("count") }.allSatisfy { $0.hasSuffix(" 0") })
  }

  @Test(arguments: Backend.available)
  func `JSON says the same as a table`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let text = """
      {"centre": "berard", "day": "2026-03-02", "lines": [
        {"item": "SWAB", "counted": 60, "received": "100", "used": 30},
        {"item": "MIX", "lot": "L1", "expiry": "2026-12-31", "counted": 0.8, "received": 1, "used": "0,2",
          "unit": "inner"}
      ]}
      """
    let receipts = try await StockReports.take(.json(text), by: StockFixture.stamp, in: stock.database)
    #expect(receipts.map(\.outcome) == [.taken])
    let table = first.split(separator: "\n").dropLast().joined(separator: "\n")
    #expect(try await take(table, in: stock).map(\.outcome) == [.repeated])
  }

  @Test(arguments: Backend.available)
  func `what is recorded late leaves a later count true`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let monday = StockFixture.monday
    let berard = ReportDefaults(centre: Centre.Code("berard"))
    _ = try await take("day,item,counted,received\n2026-03-02,SWAB,100,100\n", berard, in: stock)
    _ = try await take("day,item,counted\n2026-03-09,SWAB,70\n", berard, in: stock)
    try await stock.post("berard", "SWAB", monday + 3, .use, -20, document: "late")
    #expect(try await stock.balances() == ["berard/SWAB: 70"])
    try await stock.post("berard", "SWAB", monday + 8, .use, -10)
    #expect(try await stock.balances() == ["berard/SWAB: 60"])
    try await stock.database.write { connection in
      try StockLedger.reverse(document: "late", by: StockFixture.stamp, in: connection)
    }
    #expect(try await stock.balances() == ["berard/SWAB: 60"])
    let correction = ReportDefaults(centre: Centre.Code("berard"), day: monday + 7, corrects: "2026-03-09")
    _ = try await take("item,counted\nSWAB,65\n", correction, in: stock)
    #expect(try await stock.balances() == ["berard/SWAB: 55"])
    #expect(try await stock.reconcile().agrees)
  }
}
