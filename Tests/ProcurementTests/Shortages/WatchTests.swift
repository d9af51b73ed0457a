import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct WatchTests {
  @Test(arguments: Backend.available)
  func `an alert opens once, and the same figures change nothing`(backend: Backend) async throws {
    let network = try await Network(backend)
    #expect(try await network.watch(5) == WatchResult(opened: 1))
    let before = try await network.alerts()
    #expect(before.map(\.severity) == [.critical])
    #expect(try await network.watch(5, on: 1) == WatchResult())
    #expect(try await network.alerts() == before)
    #expect(try await network.events().count == 1)
  }

  @Test(arguments: Backend.available)
  func `watches at the same time open one alert`(backend: Backend) async throws {
    let network = try await Network(backend)
    let opened = try await withThrowingTaskGroup(of: Int64.self) { group in
      for _ in 0..<6 { group.addTask { try await network.watch(5).opened } }
      return try await group.reduce(0, +)
    }
    #expect(opened == 1)
    #expect(try await network.alerts().count == 1)
    #expect(try await network.events().count == 1)
  }

  @Test(arguments: Backend.available)
  func `what got worse is open again, whoever had seen it`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.watch(20)
    let id = try #require(try await network.alerts().first?.id)
    try await network.database.write {
      _ = try ShortageAlert.acknowledge(id, note: "seen", by: Network.stamp, in: $0)
    }
    #expect(try await network.watch(10, on: 1) == WatchResult(worsened: 1))
    #expect(try await network.alerts().map(\.state) == [.open])
    try await network.database.write {
      _ = try ShortageAlert.mitigate(id, note: "ordered", by: Network.stamp(1), in: $0)
    }
    #expect(try await network.watch(8, on: 2) == WatchResult())
    #expect(try await network.alerts().map(\.state) == [.mitigated])
    #expect(try await network.watch(3, on: 3) == WatchResult(worsened: 1))
    #expect(try await network.watch(8, on: 4) == WatchResult())
    #expect(try await network.watch(9, on: 5) == WatchResult(eased: 1))
    let states = try await network.events().map { "\($0.state) \($0.severity)" }
    #expect(
      states == [
        "open watch", "acknowledged watch", "open alert", "mitigated alert", "open critical", "open alert",
      ]
    )
    #expect(try await network.database.read { try Audit.verify(in: $0).isSound })
  }

  @Test(arguments: Backend.available)
  func `the alerts of a day are those that stood at its end, with what was said of them`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    try await network.watch(20)
    let id = try #require(try await network.alerts().first?.id)
    try await network.watch(5, on: 2)
    try await network.database.write {
      _ = try ShortageAlert.acknowledge(id, note: "seen", by: Network.stamp(3), in: $0)
    }
    try await network.watch(90, on: 6)
    try await network.watch(90, on: 20)
    func said(_ offset: Int64, resolvedToo: Bool = false) async throws -> [String] {
      let ofDay = try await network.database.read {
        try AlertsOfDay.read(Network.day + offset, resolvedToo: resolvedToo, in: $0)
      }
      return ofDay.alerts.map { "\($0.state) \($0.severity): \(ofDay.said[$0.id] == "seen")" }
    }
    #expect(try await said(-1) == [])
    #expect(try await said(0) == ["open watch: false"])
    #expect(try await said(1) == ["open watch: false"])
    #expect(try await said(2) == ["open critical: false"])
    #expect(try await said(5) == ["acknowledged critical: true"])
    #expect(try await said(19) == ["acknowledged watch: false"])
    #expect(try await said(20) == [])
    #expect(try await said(20, resolvedToo: true).count == 1)
  }

  @Test(arguments: Backend.available, [(Int64(14), Int64(1)), (15, 0)])
  func `it is the same alert up to fourteen days after it was resolved`(
    backend: Backend,
    gap: (days: Int64, reopened: Int64)
  ) async throws {
    let network = try await Network(backend)
    try await network.watch(5)
    #expect(try await network.watch(40, on: 1) == WatchResult(eased: 1))
    #expect(try await network.watch(40, on: 15) == WatchResult(resolved: 1))
    #expect(try await network.alerts().isEmpty)
    #expect(try await network.watch(40, on: 16) == WatchResult())
    let back = try await network.watch(5, on: 15 + gap.days)
    #expect(back == WatchResult(opened: 1 - gap.reopened, reopened: gap.reopened))
    let alerts = try await network.alerts()
    #expect(alerts.map(\.timesReopened) == [gap.reopened])
    #expect(alerts.map(\.resolvedOn) == [nil])
  }

  @Test(arguments: Backend.available)
  func `an alert ends once its figures have been in order for fourteen days running`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.watch(5)
    #expect(try await network.watch(40, on: 1) == WatchResult(eased: 1))
    #expect(try await network.alerts().map(\.severity) == [.watch])
    #expect(try await network.alerts().map(\.quietSince) == [Network.day + 1])
    #expect(try await network.watch(40, on: 14) == WatchResult())
    #expect(try await network.events().count == 2)
    #expect(try await network.watch(40, on: 15) == WatchResult(resolved: 1))
    #expect(try await network.alerts().isEmpty)
    #expect(try await network.database.read { try Audit.verify(in: $0).isSound })
  }

  @Test(arguments: Backend.available)
  func `a position that wavers about the limit for months has one alert, answered once`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.watch(29)
    let id = try #require(try await network.alerts().first?.id)
    try await network.database.write {
      _ = try ShortageAlert.acknowledge(id, note: "seen", by: Network.stamp, in: $0)
    }
    for week in Int64(1)...20 {
      let result = try await network.watch(week.isMultiple(of: 2) ? 29 : 40, on: 7 * week)
      #expect(result.opened + result.reopened + result.resolved == 0)
      #expect(try await network.alerts().map(\.state) == [.acknowledged])
    }
    #expect(try await network.alerts().map(\.id) == [id])
  }

  @Test(arguments: Backend.available)
  func `what gets worse than a watch while it is in order is open again`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.watch(5)
    let id = try #require(try await network.alerts().first?.id)
    try await network.database.write {
      _ = try ShortageAlert.mitigate(id, note: "ordered", by: Network.stamp, in: $0)
    }
    try await network.watch(40, on: 7)
    #expect(try await network.watch(5, on: 14) == WatchResult(worsened: 1))
    let alerts = try await network.alerts()
    #expect(alerts.map(\.state) == [.open])
    #expect(alerts.map(\.quietSince) == [nil])
  }

  @Test(arguments: Backend.available)
  func `a centre that falls silent keeps its alert`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.watch(0)
    var silent = ShortageEvidence.days(0)
    silent.used = nil
    silent.isStale = true
    #expect(try await network.watch(silent, on: 30) == WatchResult())
    #expect(try await network.alerts().map(\.severity) == [.stockOut])
    #expect(try await network.alerts().map(\.evidence) == [silent])
  }

  @Test(arguments: Backend.available)
  func `the network has its own alert beside a centre's`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.watch(5)
    #expect(try await network.watch(5, centre: nil) == WatchResult(opened: 1))
    #expect(try await network.watch(5, centre: nil) == WatchResult())
    #expect(try await network.alerts().map(\.centre) == [nil, "berard"])
  }

  @Test(arguments: Backend.available)
  func `an alert that is not there is said`(backend: Backend) async throws {
    let network = try await Network(backend)
    await #expect(throws: ShortageError.noSuchAlert(9)) {
      try await network.database.write {
        _ = try ShortageAlert.mitigate(.init(rawValue: 9), note: "x", by: Network.stamp, in: $0)
      }
    }
  }
}

extension Network {
  @discardableResult
  fileprivate func watch(
    _ cover: Int64,
    centre: Int64? = 1,
    on offset: Int64 = 0
  ) async throws -> WatchResult {
    try await watch(.days(cover), centre: centre, on: offset)
  }

  @discardableResult
  fileprivate func watch(
    _ evidence: ShortageEvidence,
    centre: Int64? = 1,
    on offset: Int64
  ) async throws -> WatchResult {
    let position = ShortagePosition(
      centre: centre.map(Centre.ID.init(rawValue:)),
      item: .init(rawValue: 1),
      criticality: .vital,
      evidence: evidence
    )
    return try await database.write {
      try ShortageAlert.watch([position], by: Network.stamp(offset), in: $0)
    }
  }

  fileprivate func alerts() async throws -> [ShortageAlert] {
    try await database.read { try ShortageAlert.list(in: $0) }
  }

  fileprivate func events() async throws -> [ShortageAlert.Event] {
    try await database.read { connection in
      try ShortageAlert.list(in: connection).flatMap { try $0.events(in: connection) }
    }
  }
}
