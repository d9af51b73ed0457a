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
}
