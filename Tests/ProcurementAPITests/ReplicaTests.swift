import Foundation
import Inventory
import Procurement
import ProcurementAPI
import Storage
import Synchronization
import TestSupport
import Testing

/// A standby beside the database: planners read from it while it keeps up, and never notice when it does not.
struct ReplicaTests {
  /// A server with a standby that holds the seeds and gets nothing of what is written later.
  private static func run(
    on backend: Backend,
    lag: @escaping @Sendable () -> Int64?,
    _ body: (LiveServer, _ standby: any Database) async throws -> Void
  ) async throws {
    let (database, standby) = (
      try await backend.migrated(Schema.migrations), try await backend.migrated(Schema.migrations)
    )
    try await Sample.load(into: database)
    try await Sample.load(into: standby)
    let replica = ReadReplica(standby) { _ in lag() }
    try await LiveServer.run(with: database, replica: replica, clock: { LiveServer.now }) { server in
      let scenario = #"{"code": "late", "title": "Late"}"#
      let made = try await server.send("POST", "/v1/scenarios", as: "planner", body: scenario)
      #expect(made.status == 201, "\(made.text)")
      try await body(server, standby)
    }
    await standby.close()
  }

  @Test(arguments: Backend.available)
  func `planners read from the standby, which says how old it may be`(backend: Backend) async throws {
    try await Self.run(on: backend, lag: { 3 }) { server, _ in
      let list = try await server.get("/v1/scenarios", as: "planner")
      #expect(list.status == 200)
      #expect(list.list.isEmpty, "\(list.text)")
      #expect(list.header("Age") == "3")
      let metrics = try await server.get("/metrics", as: nil)
      #expect(metrics.text.contains("procure_standby_in_use 1\n"))
    }
  }

  @Test(arguments: Backend.available)
  func `what the standby does not hold is looked for in the database itself`(backend: Backend) async throws {
    try await Self.run(on: backend, lag: { 0 }) { server, _ in
      let one = try await server.get("/v1/scenarios/late", as: "planner")
      #expect(one.status == 200, "\(one.text)")
      #expect(one.header("Age") == nil)
    }
  }

  @Test(arguments: Backend.available)
  func `purchasing and stock are never read from the standby`(backend: Backend) async throws {
    try await Self.run(on: backend, lag: { 0 }) { server, standby in
      try await standby.write { try $0.execute("UPDATE item SET name = 'of the standby'") }
      let items = try await server.get("/v1/items?limit=1", as: "buyer")
      #expect(items.status == 200)
      #expect(!items.text.contains("of the standby"), "\(items.text)")
      #expect(items.header("Age") == nil)
    }
  }

  @Test(arguments: Backend.available)
  func `a standby that is far behind, or whose age nobody knows, is not read`(backend: Backend) async throws {
    for lag: Int64? in [11, nil] {
      try await Self.run(on: backend, lag: { lag }) { server, _ in
        let list = try await server.get("/v1/scenarios", as: "planner")
        #expect(list.list.count == 1, "\(list.text)")
        #expect(list.header("Age") == nil)
        #expect(try await server.get("/metrics", as: nil).text.contains("procure_standby_in_use 0\n"))
      }
    }
  }

  @Test(arguments: Backend.available)
  func `a standby that goes away is left alone`(backend: Backend) async throws {
    let asked = Mutex(0)
    let count: @Sendable () -> Int64? = {
      asked.withLock { $0 += 1 }
      return 0
    }
    try await Self.run(on: backend, lag: count) { server, standby in
      await standby.close()
      for _ in 1...3 {
        let list = try await server.get("/v1/scenarios", as: "planner")
        #expect(list.status == 200)
        #expect(list.list.count == 1, "\(list.text)")
      }
      #expect(asked.withLock(\.self) == 1, "it is not asked again at once")
    }
  }

  @Test(.enabled(if: Backend.postgresURL != nil, "no PostgreSQL server"))
  func `a server that replays nothing is no standby`() async throws {
    let database = try await Backend.postgres.empty()
    #expect(try await !ReadReplica.isStandby(database))
    #expect(try await ReadReplica.lag(of: database) == nil)
    await database.close()
  }
}
