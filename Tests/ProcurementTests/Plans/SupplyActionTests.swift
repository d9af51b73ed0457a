import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

/// What a plan proposes for the network where the supply side is the trouble.
@Suite struct SupplyActionTests {
  @Test(arguments: Backend.available)
  func `a lot that is nearly spent is to be renewed, with what that changes, and the alert begins with it`(
    backend: Backend
  ) async throws {
    let lots = Network.lots.replacing("best_offer,value,10000000", with: "best_offer,quantity,300")
    let network = try await Network(backend, lots: lots)
    try await network.liveTenWeeks()
    try await network.report("berard", on: 0, "counted", 400)
    let run = try await network.plan()
    let whole = try #require(try await network.whole(of: run))
    let reason = "lot 1 of AC-1 is 0 % spent, what is left lasts 1 weeks"
    #expect(whole.signals.map(\.sentence).contains(reason))
    let raise = try #require(whole.actions.first { $0.kind == .raiseCeiling })
    #expect(raise.with == "AC-1, lot 1")
    #expect(raise.arrives == Network.day + 7)
    let before = try #require(whole.risk?.horizonPermille)
    #expect(try #require(raise.horizonPermille) < before)
    // 300 units are left under the lot: no order of more is proposed.
    let ordered = whole.actions.filter { $0.kind == .order }.compactMap(\.quantity)
    #expect(ordered.allSatisfy { $0 <= Quantity(300) })
    _ = try await network.database.write { try ShortageAlert.watch(run, by: Network.stamp, in: $0) }
    let alerts = try await network.database.read { try ShortageAlert.list(in: $0) }
    let alert = try #require(alerts.first { $0.centre == nil })
    #expect(alert.evidence.sentence.hasPrefix(reason))
    #expect(alert.evidence.outlook?.actions == whole.actions)
  }

  @Test(arguments: Backend.available)
  func `where one supplier is in rupture the other is ordered from; where all are, another is to be found`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    try await network.report("berard", on: 0, "counted", 1_000)
    try await network.declareRupture(of: "alder")
    let one = try #require(try await network.whole(of: try await network.plan()))
    #expect(one.actions.first { $0.kind == .order }?.with == "birch-swab")
    #expect(!one.actions.contains { $0.kind == .newSupplier })
    try await network.declareRupture(of: "birch")
    let all = try #require(try await network.whole(of: try await network.plan()))
    #expect(!all.actions.contains { $0.kind == .order })
    let found = try #require(all.actions.first { $0.kind == .newSupplier })
    #expect(found.arrives == Network.day + 28)
    let before = try #require(all.risk?.horizonPermille)
    #expect(try #require(found.horizonPermille) < before)
    #expect(found.sentence.hasPrefix("find another supplier for "))
  }

  @Test(arguments: Backend.available)
  func `a network without trouble has nothing to do`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let whole = try #require(try await network.whole(of: try await network.plan()))
    #expect(whole.signals.allSatisfy { $0.severity == nil })
    #expect(whole.actions.isEmpty)
  }

  @Test(arguments: Backend.available)
  func `a kit says of a component what the component's own plan says`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    try await network.database.write { connection in
      try connection.execute(
        "INSERT INTO kit (id, code, name, name_fr, certainty) VALUES (1, 'TEST', 'Test', 'Test', 'test')"
      )
      for (item, quantity) in [(Int64(1), Int64(1)), (2, 1)] {
        try connection.execute(
          "INSERT INTO kit_component (kit_id, item_id, quantity, per_tests) VALUES (1, \(item), \(quantity), 1)"
        )
      }
    }
    let run = try await network.plan()
    let lines = try await network.lines(of: run)
    let kits = try await network.database.read { try PlanKit.list(of: run.id, in: $0) }
    #expect(kits.map(\.centre) == ["berard", "curie", "ico"])
    for kit in kits {
      let swab = try #require(kit.components.first { $0.item == "SWAB" })
      let line = try #require(lines.first { $0.item == "SWAB" && $0.centre == kit.centre })
      #expect(swab.permille == line.risk?.permille)
      #expect(swab.median == line.risk?.median)
      // Nobody has a tube: it stops the tests on the first day on which one is done.
      #expect(kit.stops == "TUBE")
      #expect(kit.components.first { $0.item == "TUBE" }?.permille == 1_000)
    }
  }
}

extension Network {
  fileprivate func whole(of run: PlanRun) async throws -> PlanLine? {
    try await lines(of: run).first { $0.centre == nil && $0.item == "SWAB" }
  }

  fileprivate func declareRupture(of supplier: Supplier.Code) async throws {
    let declared = SupplyDeclaration(
      supplier: supplier,
      item: "SWAB",
      state: .rupture,
      since: Network.day,
      source: "letter"
    )
    try await database.write { try declared.record(by: Network.stamp, in: $0) }
  }
}
