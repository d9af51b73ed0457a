import Foundation
import Inventory
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcurementAPI

/// What a service does for those who keep it: old plans go, tokens say when they were used, gauges tell how it stands.
struct KeepingTests {
  @Test(arguments: Backend.available)
  func `old plans go with their lines, the latest finished one stays`(backend: Backend) async throws {
    let database = try await Sample.season(on: backend)
    let now = Instant(try #require(Day("2020-10-19")), hour: 9)
    let old = PlanParameters(asOf: try #require(Day("2020-09-06")))
    let stamp = Stamp(actor: "planner", at: now)
    let run = try await PlanRun.make(old, by: stamp, in: database)
    let latest = try await database.read { try PlanRun.latest(in: $0) }
    try await LiveServer.run(with: database, clock: { now }) { server in
      let path = "/v1/plans?before=2020-10-19"
      #expect(try await server.send("DELETE", path, as: "buyer").code == "access.role")
      let none = try await server.send("DELETE", path)
      #expect(
        none.text.contains("no run as of a day before 2020-10-19"),
        "a run that runs stays: \(none.text)"
      )
      try await database.write {
        _ = try PlanRun.cancel(run.id, reason: "test", by: stamp, in: $0)
      }
      let some = try await server.send("DELETE", path)
      #expect(some.text.contains("deleted: plan \(run.id.rawValue)"), "\(some.text)")
      let left = try await database.read {
        try $0.query("SELECT count(*) FROM plan_task WHERE run_id = \(run.id)")
      }
      #expect(try left[0].decode(as: Int64.self) == 0)
      let runs = try await server.get("/v1/plans")
      #expect(runs.list.map { $0["id"] as? Int } == [latest.map { Int($0.id.rawValue) }])
    }
  }

  @Test(arguments: Backend.available)
  func `a token says in which hour it was last used`(backend: Backend) async throws {
    try await LiveServer.run(on: backend) { server in
      _ = try await server.get("/v1/items", as: "buyer")
      let tokens = try await server.get("/v1/tokens", as: "administrator").list
      let used = Dictionary(
        tokens.compactMap { token in (token["user"] as? String).map { ($0, token["usedAt"] as? String) } }
      ) { first, _ in first }
      let hour = LiveServer.now.rawValue - LiveServer.now.rawValue % 3_600_000
      #expect(used["buyer"] == "\(Instant(rawValue: hour))")
      #expect(used["planner"] == .some(nil))
    }
  }

  @Test(arguments: Backend.available)
  func `gauges tell of the pool and of the report that is longest due`(backend: Backend) async throws {
    let database = try await Sample.season(on: backend)
    let now = Instant(try #require(Day("2020-10-19")), hour: 9)
    try await LiveServer.run(with: database, clock: { now }) { server in
      let text = try await server.get("/metrics", as: nil).text
      let reports = try await server.get("/v1/stock/expected?from=2020-07-21&to=2020-10-19").list
      let open = reports.filter { ["missing", "awaited"].contains($0["state"] as? String) }
      let oldest = open.compactMap { ($0["due"] as? String).flatMap { Day($0) } }.min()
      let days = oldest.map { now.day.rawValue - $0.rawValue } ?? 0
      #expect(text.contains("procure_expected_report_oldest_days \(days)\n"), "\(text.suffix(1_500))")
      #expect(text.contains("procure_pool_connections ") == (backend == .postgres))
    }
  }

  @Test func `a page of kits has as many as were asked for`() async throws {
    try await LiveServer.run(on: .sqlite) { server in
      let table =
        "code,name_fr,name_en,category_code,certainty\nSECOND,Deuxième,Second,pcr-platform,made up\n"
      let taken = try await server.send("POST", "/v1/kits", body: table, type: "text/csv")
      try #require(taken.status < 300, "\(taken.text)")
      let first = try await server.get("/v1/kits?limit=1")
      #expect(first.list.count == 1 && first.next != nil)
    }
  }
}
