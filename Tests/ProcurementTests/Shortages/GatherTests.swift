import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct GatherTests {
  @Test(arguments: Backend.available)
  func `a position is what the reports say, and the network's is their sum`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.report("berard", on: -40, "received", 1_000)
    try await network.report("curie", on: -40, "received", 100)
    try await network.report("berard", on: 0, "used", 70)
    try await network.report("curie", on: -9, "used", 7)
    let positions = try await network.gather()
    #expect(positions.map(\.centre?.rawValue) == [1, 2, nil])
    let berard = ShortageEvidence(
      usable: Quantity(930),
      coming: .zero,
      used: Quantity(70),
      observedDays: 7,
      reorderPoint: Quantity(100),
      reportedOn: Network.day,
      isStale: false
    )
    let curie = ShortageEvidence(
      usable: Quantity(93),
      coming: .zero,
      used: Quantity(7),
      observedDays: 7,
      reorderPoint: Quantity(10),
      reportedOn: Network.day - 9,
      isStale: true
    )
    let all = ShortageEvidence(
      usable: Quantity(1_023),
      coming: .zero,
      used: Quantity(77),
      observedDays: 7,
      reorderPoint: Quantity(110),
      reportedOn: Network.day - 9,
      isStale: true
    )
    #expect(positions.map(\.evidence) == [berard, curie, all])
  }

  @Test(arguments: Backend.available)
  func `a use that nobody reported is unknown, and no alert`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.report("berard", on: -40, "received", 5)
    let positions = try await network.gather()
    #expect(positions.map(\.evidence.used) == [nil])
    #expect(positions.map(\.evidence.isStale) == [true])
    let result = try await network.database.write {
      try ShortageAlert.watch(positions, by: Network.stamp, in: $0)
    }
    #expect(result == WatchResult())
  }

  @Test(arguments: Backend.available)
  func `what is coming is ordered and not yet received`(backend: Backend) async throws {
    let network = try await Network(backend)
    let number = try await network.sent()
    func coming() async throws -> [String] {
      try await network.database.read { try Coming.all(in: $0) }.map { "\($0.centre) \($0.quantity.units)" }
    }
    #expect(try await coming() == ["berard 1200", "curie 800"])
    try await network.receive(number, .init(line: 1, lot: "L1", accepted: Quantity(500)))
    #expect(try await coming() == ["berard 900", "curie 600"])
  }

  @Test func `rates over different days are brought to one, and never understated`() {
    let sum = DailyUse.sum(of: [.known(units: 10, days: 7), .unknown, .known(units: 1, days: 28)])
    #expect(sum == .known(units: 41, days: 28))
    #expect(DailyUse.sum(of: [.unknown, .unknown]) == .unknown)
  }
}

extension Network {
  /// One figure of a report on swabs.
  fileprivate func report(
    _ centre: String,
    on offset: Int64,
    _ column: String,
    _ units: Int64
  ) async throws {
    let text = "centre,day,item,\(column)\n\(centre),\(Network.day + offset),SWAB,\(units)\n"
    _ = try await StockReports.take(.text(text), by: Network.stamp, in: database)
  }

  fileprivate func gather() async throws -> [ShortagePosition] {
    try await database.read {
      let rule = ReorderRule(leadDays: 7, reviewDays: 7, safetyDays: 3)
      return try ShortagePosition.gather(UseWindow(endingOn: Network.day), rule: rule, in: $0)
    }
  }
}
