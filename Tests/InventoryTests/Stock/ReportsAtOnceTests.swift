import Dispatch
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Inventory

/// How often the transactions ran, and a door in the middle of the first run of one of them.
private final class Crossing: Sendable {
  private let counts = Mutex<[String: Int]>([:])
  private let arrivals = AsyncStream.makeStream(of: Void.self)
  private let door = DispatchSemaphore(value: 0)

  func begin(_ centre: String) -> Int {
    counts.withLock { counts in
      counts[centre, default: 0] += 1
      return counts[centre] ?? 0
    }
  }
  var runs: [String: Int] { counts.withLock(\.self) }
  func wait() {
    arrivals.continuation.yield()
    door.wait()
  }
  func arrival() async { for await _ in arrivals.stream { return } }
  func open() { door.signal() }
}

@Suite struct ReportsAtOnceTests {
  private func batch(_ centre: String, _ line: String, in stock: StockFixture) async throws -> ReportBatch {
    let source = ReportSource.text("centre,day,report,item,counted,used\n\(centre),2026-03-03,\(line)\n")
    let catalogue = try await stock.database.read { try StockCatalogue(in: $0) }
    return try ReportBatch(reading: source, catalogue: catalogue, defaults: ReportDefaults())
  }

  /// PostgreSQL runs a transaction again that has read what another changed meanwhile: one that reads a small table as a
  /// whole, to find a row of its own, has read everybody's.
  @Test(.enabled(if: Backend.postgresURL != nil, "no PostgreSQL here: skipped"), arguments: ["7,1", ",1"])
  func `reports of two centres at once are each taken the first time`(amounts: String) async throws {
    let stock = try await StockFixture(.postgres)
    for centre in ["berard", "curie"] {
      let first = try await batch(centre, "first,SWAB,9,1", in: stock)
      try await stock.database.write { connection in
        _ = try StockReports.take(first, by: StockFixture.stamp, in: connection)
      }
    }
    let crossing = Crossing()
    @Sendable func take(_ batch: ReportBatch, of centre: String, waiting: Bool) async throws {
      try await stock.database.write { connection in
        let run = crossing.begin(centre)
        try connection.expectFewRows()
        _ = try StockReports.take(batch, expectingNew: true, by: StockFixture.stamp, in: connection)
        if waiting, run == 1 { crossing.wait() }
      }
    }
    let berard = try await batch("berard", "second,SWAB,\(amounts)", in: stock)
    let curie = try await batch("curie", "second,SWAB,\(amounts)", in: stock)
    async let first: Void = take(berard, of: "berard", waiting: true)
    await crossing.arrival()
    try await take(curie, of: "curie", waiting: false)
    crossing.open()
    try await first
    #expect(crossing.runs == ["berard": 1, "curie": 1])
    let left = amounts == "7,1" ? 7 : 8
    #expect(try await stock.balances() == ["berard/SWAB: \(left)", "curie/SWAB: \(left)"])
    #expect(try await stock.reconcile().agrees)
  }

  /// Of three at once one would be lost, were the place of the newest entry looked up before the commit.
  @Test(.enabled(if: Backend.postgresURL != nil, "no PostgreSQL here: skipped"))
  func `reports of three centres at once are each taken the first time`() async throws {
    let stock = try await StockFixture(.postgres, centres: ["berard", "curie", "oncopole"])
    let crossings = ["berard": Crossing(), "curie": Crossing(), "oncopole": Crossing()]
    var batches: [String: ReportBatch] = [:]
    for centre in crossings.keys.sorted() {
      let first = try await batch(centre, "first,SWAB,9,1", in: stock)
      try await stock.database.write { connection in
        _ = try StockReports.take(first, by: StockFixture.stamp, in: connection)
      }
      batches[centre] = try await batch(centre, "second,SWAB,7,1", in: stock)
    }
    let (taken, database) = (batches, stock.database)
    @Sendable func take(_ centre: String, waiting: Bool) async throws {
      guard let batch = taken[centre], let crossing = crossings[centre] else { return }
      try await database.write { connection in
        let run = crossing.begin(centre)
        try connection.expectFewRows()
        _ = try StockReports.take(batch, expectingNew: true, by: StockFixture.stamp, in: connection)
        if waiting, run == 1 { crossing.wait() }
      }
    }
    async let first: Void = take("berard", waiting: true)
    await crossings["berard"]?.arrival()
    async let second: Void = take("curie", waiting: true)
    await crossings["curie"]?.arrival()
    try await take("oncopole", waiting: false)
    crossings["curie"]?.open()
    try await second
    crossings["berard"]?.open()
    try await first
    #expect(crossings.mapValues { $0.runs.values.reduce(0, +) } == ["berard": 1, "curie": 1, "oncopole": 1])
    #expect(try await stock.reconcile().agrees)
  }

  /// Everything that a report writes before its log goes in one statement, with the question for the log's head.
  @Test(arguments: Backend.available)
  func `a report in which every line is counted waits twice with its commit`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let mark = try await stock.database.read { try CatalogueMark.current(in: $0) }
    var waits: [Int] = []
    for name in ["a", "b", "c"] {
      let batch = try await batch("berard", "\(name),SWAB,9,1", in: stock)
      waits.append(
        try await stock.database.write { connection in
          try connection.expectFewRows()
          try mark.confirm(in: connection)
          _ = try StockReports.take(batch, expectingNew: true, by: StockFixture.stamp, in: connection)
          return connection.waits
        }
      )
    }
    // What a connection has not prepared yet is prepared first; the commit comes after.
    #expect(waits.min() == (backend == .postgres ? 1 : 0), "\(waits)")
    #expect(try await stock.reconcile().agrees)
  }

  @Test(arguments: Backend.available)
  func `two lines of one lot are refused, and nothing is kept`(backend: Backend) async throws {
    let stock = try await StockFixture(backend)
    let (centre, item) = try (stock.centre("berard"), stock.item("SWAB"))
    let sku = "SWAB" as Item.SKU
    let lines = (1...2).map {
      ReportLine(line: $0, item: item, sku: sku, lot: "L", amounts: .init(counted: Quantity(5)))
    }
    let report = StockReport(centre: "berard", day: StockFixture.monday)
    let batch = ReportBatch(report, centre: centre, lines: lines)
    for expectingNew in [true, false] {
      await #expect(throws: StockError.linesRepeat) {
        try await stock.database.write { connection in
          _ = try StockReports.take(
            batch,
            expectingNew: expectingNew,
            by: StockFixture.stamp,
            in: connection
          )
        }
      }
    }
    #expect(try await stock.balances().isEmpty)
  }
}
