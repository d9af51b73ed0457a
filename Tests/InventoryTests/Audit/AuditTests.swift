import Inventory
import Storage
import TestSupport
import Testing

@Suite struct AuditTests {
  private func logged(_ count: Int, on backend: Backend) async throws -> any Database {
    let database = try await backend.migrated(RegisterMigrations.migrations)
    for number in 0..<count {
      try await database.write { connection in
        try Audit.record(
          "item.describe",
          subject: "item \(number)",
          chain: number.isMultiple(of: 2) ? .network : .centre("berard"),
          before: number == 0 ? nil : number,
          after: number + 1,
          by: .test,
          in: connection
        )
      }
    }
    return database
  }

  @Test(arguments: Backend.available)
  func `an untouched log is sound and tells its heads`(backend: Backend) async throws {
    let database = try await logged(7, on: backend)
    let result = try await database.read { try Audit.verify(in: $0) }
    #expect(result.isSound)
    #expect(result.chains.map { "\($0.name) \($0.length)" } == ["centre berard 3", "network 4"])
  }

  @Test(
    arguments: Backend.available,
    [
      "UPDATE audit_entry SET actor = 'someone else' WHERE chain = 'network' AND sequence = 2",
      "UPDATE audit_entry SET after = '99' WHERE chain = 'network' AND sequence = 4",
      "DELETE FROM audit_entry WHERE chain = 'network' AND sequence = 3",
      "DELETE FROM audit_entry WHERE chain = 'network' AND sequence = 4",
      "DELETE FROM audit_entry WHERE chain = 'centre berard'",
    ] as [SQL]
  )
  func `whoever changes the log is found out`(backend: Backend, attack: SQL) async throws {
    let database = try await logged(7, on: backend)
    try await database.write { try $0.execute(attack) }
    let result = try await database.read { try Audit.verify(in: $0) }
    #expect(!result.isSound)
  }

  @Test(arguments: Backend.available)
  func `changes made at once all stand in the log`(backend: Backend) async throws {
    let database = try await backend.migrated(RegisterMigrations.migrations)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask {
          try await database.write {
            try Audit.record("item.describe", subject: "item \(number)", after: number, by: .test, in: $0)
          }
        }
      }
      try await group.waitForAll()
    }
    let result = try await database.read { try Audit.verify(in: $0) }
    #expect(result.isSound)
    #expect(result.chains.map(\.length) == [20])
  }
}
