import Inventory
import Planning
import Storage
import TestSupport
import Testing

@testable import Procurement

/// What a plan expects of the open orders of a supplier that declares trouble.
@Suite struct OwedInTroubleTests {
  @Test(arguments: Backend.available)
  func `nothing rests on a delivery of a supplier in rupture, and the alert says so in one line`(
    backend: Backend
  ) async throws {
    let network = try await Network.owed(backend)
    let before = try await network.swabs(at: "curie")
    #expect(before.coming == Quantity(800))
    #expect(before.uncounted == nil)
    try await network.declare(.rupture)
    let after = try await network.swabs(at: "curie")
    #expect(try #require(before.risk).waitingPermille < 100)
    #expect(try #require(after.risk).waitingPermille > 900)
    // It is on order all the same, and nothing is built on it: another order goes to who delivers.
    #expect(after.coming == Quantity(800))
    #expect(after.uncounted == Quantity(800))
    #expect(before.proposal == nil)
    #expect(try #require(after.proposal).why.contains("+ 0 coming ≤ reorder point"))
    let order = try #require(after.actions.first { $0.kind == .order })
    #expect(order.with == "birch-swab")
    let line = "800 units that alder owes are not expected, in rupture without an end that is known"
    #expect(after.signals.map(\.sentence) == [line])
    let alert = try #require(try await network.alert(at: "curie"))
    #expect(alert.evidence.sentence.contains("; \(line); "))
    // The network's line has what both centres wait for.
    let whole = try await network.swabs(at: nil)
    #expect(
      whole.signals.map(\.sentence).contains(
        "2,000 units that alder owes are not expected, in rupture without an end that is known"
      )
    )
  }

  @Test(arguments: Backend.available)
  func `a rupture with an end holds the delivery until the day after it`(backend: Backend) async throws {
    let network = try await Network.owed(backend)
    try await network.declare(.rupture)
    let unknown = try #require(try await network.swabs(at: "curie").risk)
    // Lead time of 7 days and a review of 14: what comes within 21 days counts.
    try await network.declare(.rupture, until: 19)
    let soon = try await network.swabs(at: "curie")
    #expect(soon.uncounted == nil)
    #expect(try #require(soon.risk).meanShort < unknown.meanShort)
    #expect(
      soon.signals.map(\.sentence) == [
        "800 units that alder owes are not expected before \(Network.day + 20), the end of the rupture"
      ]
    )
    try await network.declare(.rupture, until: 21)
    let later = try await network.swabs(at: "curie")
    #expect(later.uncounted == Quantity(800))
    #expect(later.risk?.meanShort == unknown.meanShort)
    // It ends before the promised day: the promise stands.
    try await network.declare(.rupture, until: 2)
    let ended = try await network.swabs(at: "curie")
    #expect(ended.signals.isEmpty)
    #expect(ended.uncounted == nil)
  }

  @Test(arguments: Backend.available)
  func `an end that passed without a word is no end`(backend: Backend) async throws {
    let network = try await Network.owed(backend)
    try await network.declare(.rupture, since: -9, until: -1)
    #expect(try await network.swabs(at: "curie").uncounted == Quantity(800))
    try await network.declare(.back)
    let back = try await network.swabs(at: "curie")
    #expect(back.uncounted == nil)
    #expect(back.signals.isEmpty)
  }

  @Test(arguments: Backend.available)
  func `under a tension the delivery is late, a week where the supplier never was`(
    backend: Backend
  ) async throws {
    let network = try await Network.owed(backend)
    let before = try #require(try await network.swabs(at: "curie").risk)
    try await network.declare(.tension)
    let line = try await network.swabs(at: "curie")
    let strained = try #require(line.risk)
    #expect(line.signals.map(\.sentence) == ["800 units that alder owes are expected late, under tension"])
    #expect(line.uncounted == nil)
    #expect(strained.meanShort >= before.meanShort)
    #expect(strained.waitingPermille > before.waitingPermille)
    try await network.declare(.rupture)
    let ruptured = try #require(try await network.swabs(at: "curie").risk)
    #expect(strained.meanShort < ruptured.meanShort)
  }

  @Test(arguments: Backend.available)
  func `the register's own word counts where nobody declared anything`(backend: Backend) async throws {
    let network = try await Network.owed(backend)
    try await network.database.write { connection in
      try connection.execute("UPDATE supplier SET supply_status = 'rupture' WHERE code = 'alder'")
    }
    #expect(try await network.swabs(at: "curie").uncounted == Quantity(800))
  }

  @Test func `both engines expect the same of it`() async throws {
    var plans: Set<String> = []
    for backend in Backend.available {
      let network = try await Network.owed(backend)
      try await network.declare(.rupture, until: 12)
      let run = try await network.plan()
      plans.insert("\(run.inputsDigest) \(run.planDigest ?? "")")
    }
    #expect(plans.count == 1)
  }

  @Test(arguments: Backend.available)
  func `a campaign is filled in without what nobody can count on`(backend: Backend) async throws {
    let network = try await Network.owed(backend)
    try await network.declare(.rupture)
    let run = try await network.plan()
    let line = try #require(try await network.lines(of: run).first { $0.centre == "curie" })
    let need = try #require(line.need(of: "curie", by: run))
    #expect(need.quantity == (try #require(line.policy)).orderUpTo - line.usable)
    #expect(need.justification.hasSuffix("\(line.usable) usable + 0 coming"))
  }
}

extension Network {
  /// Ten weeks of use; curie is nearly out and waits, with berard, for what alder owes in a week.
  fileprivate static func owed(_ backend: Backend) async throws -> Network {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    try await network.report("curie", on: 0, "received", 60)
    _ = try await network.sent()
    return network
  }

  fileprivate func declare(
    _ state: SupplyDeclaration.State,
    since: Int64 = 0,
    until: Int64? = nil
  ) async throws {
    let declared = SupplyDeclaration(
      supplier: "alder",
      item: "SWAB",
      state: state,
      since: Network.day + since,
      expectedUntil: until.map { Network.day + $0 },
      source: "letter"
    )
    try await database.write { try declared.record(by: Network.stamp, in: $0) }
  }

  fileprivate func swabs(at centre: Centre.Code?) async throws -> PlanLine {
    let lines = try await lines(of: try await plan())
    return try #require(lines.first { $0.item == "SWAB" && $0.centre == centre })
  }

  fileprivate func alert(at centre: Centre.Code) async throws -> ShortageAlert? {
    let run = try await plan()
    _ = try await database.write { try ShortageAlert.watch(run, by: Network.stamp, in: $0) }
    return try await database.read { try ShortageAlert.list(in: $0).first { $0.centre == centre } }
  }
}
