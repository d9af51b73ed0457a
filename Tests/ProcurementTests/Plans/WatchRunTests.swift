import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct WatchRunTests {
  @Test(arguments: Backend.available)
  func `a run opens one alert where stock is likely to run out, with what would help`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let run = try await network.plan()
    let first = try await network.watch(run)
    #expect(first.opened > 0)
    #expect(try await network.watch(run) == WatchResult(escalated: 0))
    let alert = try #require(try await network.standing().first { $0.centre == "curie" })
    #expect(alert.severity >= .alert)
    #expect(alert.evidence.outlook?.run == run.id.rawValue)
    let risk = try #require(alert.evidence.outlook?.risk)
    let actions = alert.evidence.outlook?.actions ?? []
    #expect(Set(actions.map(\.kind)).isSuperset(of: [.transfer, .order]))
    #expect(actions.allSatisfy { $0.waitingPermille <= risk.waitingPermille })
    #expect(try await network.standing().contains { $0.centre == "berard" } == false)
  }

  @Test(arguments: Backend.available)
  func `an alert that nobody answers is passed on, once a period, and logged`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let run = try await network.plan()
    let opened = try await network.watch(run).opened
    #expect(try await network.watch(run, on: 2).escalated == 0)
    #expect(try await network.watch(run, on: 3).escalated == opened)
    #expect(try await network.watch(run, on: 4).escalated == 0)
    let alert = try #require(try await network.standing().first)
    #expect(alert.escalations == 1)
    #expect(alert.escalatedOn == Network.day + 3)
    _ = try await network.database.write {
      try ShortageAlert.acknowledge(alert.id, note: "seen", by: Network.stamp(4), in: $0)
    }
    #expect(try await network.watch(run, on: 7).escalated == opened - 1)
    let notes = try await network.database.read { try alert.events(in: $0).map(\.note) }
    #expect(notes.contains("passed on, time 1: nobody answered for 3 days"))
    #expect(try await network.database.read { try Audit.verify(in: $0).isSound })
  }

  @Test func `a severity goes up at once and comes down late`() {
    let policy = PlanningPolicy.test
    func judged(_ now: Int64, _ waiting: Int64, standing: Severity? = nil, usable: Int64 = 10) -> Severity? {
      policy.severity(of: .likely(now, waiting, usable: usable), standing: standing)
    }
    #expect(judged(0, 149) == nil)
    #expect(judged(0, 150) == .watch)
    #expect(judged(150, 300) == .alert)
    #expect(judged(500, 900) == .critical)
    #expect(judged(500, 900, usable: 0) == .stockOut)
    #expect(judged(330, 900, standing: .critical) == .critical)
    #expect(judged(320, 900, standing: .critical) == .alert)
    #expect(judged(60, 300, standing: .alert) == .alert)
    #expect(judged(50, 300, standing: .alert) == .watch)
    #expect(judged(0, 51, standing: .watch) == .watch)
    #expect(judged(0, 50, standing: .watch) == nil)
    #expect(judged(600, 900, standing: .stockOut) == .critical)
    #expect(judged(600, 900, standing: .watch) == .critical)
  }

  @Test func `a probability that wavers around a limit does not open and close the alert`() {
    var standing: Severity?
    var changes = 0
    for step in 0..<40 {
      let now = PlanningPolicy.test.severity(of: .likely(step % 2 == 0 ? 155 : 145, 400), standing: standing)
      changes += now == standing ? 0 : 1
      standing = now
    }
    #expect(changes == 1)
  }

  @Test func `while the use is unknown, what stands stays`() {
    var evidence = ShortageEvidence.likely(0, 0)
    evidence.outlook?.risk = nil
    #expect(PlanningPolicy.test.severity(of: evidence, standing: .critical) == .critical)
    #expect(PlanningPolicy.test.severity(of: evidence) == nil)
  }

  @Test func `a declared rupture is an alert by itself`() {
    var evidence = ShortageEvidence.likely(0, 0)
    evidence.outlook?.signals = [
      .declared(supplier: "alder", state: .rupture, since: Network.day, source: "letter")
    ]
    #expect(PlanningPolicy.test.severity(of: evidence) == .alert)
  }
}

extension PlanningPolicy {
  fileprivate static let test = PlanningPolicy(
    criticality: .vital,
    servicePermille: 990,
    reviewDays: 14,
    cycleDays: 14,
    watchPermille: 150,
    alertPermille: 150,
    criticalPermille: 500,
    clearPermille: 50,
    quietDays: 14,
    escalateDays: 3,
    source: "test"
  )
}

extension ShortageEvidence {
  fileprivate static func likely(_ now: Int64, _ waiting: Int64, usable: Int64 = 10) -> ShortageEvidence {
    let risk = PlanLine.Risk(
      permille: now,
      waitingPermille: waiting,
      meanShort: .zero,
      highShort: .zero,
      leadDays: [7]
    )
    return ShortageEvidence(
      usable: Quantity(usable),
      coming: .zero,
      used: Quantity(28),
      observedDays: 28,
      reorderPoint: .zero,
      reportedOn: nil,
      isStale: true,
      outlook: ShortageOutlook(run: 1, risk: risk, actions: [], signals: [])
    )
  }
}

extension Network {
  fileprivate func watch(_ run: PlanRun, on offset: Int64 = 0) async throws -> WatchResult {
    try await database.write { try ShortageAlert.watch(run, by: Network.stamp(offset), in: $0) }
  }

  fileprivate func standing() async throws -> [ShortageAlert] {
    try await database.read { try ShortageAlert.list(in: $0) }
  }
}
