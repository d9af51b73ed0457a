import TestSupport
import Testing

@testable import Storage

@Suite struct PoolTests {
  @Test(arguments: Driver.concurrent)
  func `when every connection is taken the next caller is told in time`(driver: Driver) async throws {
    try await driver.withDatabase(patience: .milliseconds(50), connections: 1) { database async throws in
      let gate = Gate()
      async let held: Void = database.read { connection in
        _ = try connection.query("SELECT 1")
        gate.pass()
      }
      await gate.arrival()
      let error = await #expect(throws: DatabaseError.self) { try await database.rows("SELECT 2") }
      #expect(error?.description.hasPrefix("the database is busy") == true)
      gate.open()
      try await held
      #expect(try await database.rows("SELECT 3") == [[.integer(3)]])
    }
  }

  @Test(arguments: Driver.concurrent)
  func `more callers than connections are all served`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable, connections: 2) { database async throws in
      try await inParallel(50) { index async throws in
        #expect(try await database.rows("SELECT \(Int64(index))") == [[.integer(Int64(index))]])
      }
    }
  }

  @Test func `waiting callers are served in the order they came`() async throws {
    let pool = ConnectionPool(limit: 1, patience: Backend.patience) { Token() }
    let order = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      try await pool.lend { _ async throws in
        for index in 0..<5 {
          group.addTask { try await pool.lend { _ in _ = order.continuation.yield(index) } }
          while pool.waitingCount <= index { await Task.yield() }
        }
      }
      try await group.waitForAll()
    }
    order.continuation.finish()
    #expect(await order.stream.reduce(into: []) { $0.append($1) } == [0, 1, 2, 3, 4])
  }

  @Test func `a caller that is cancelled stops waiting`() async throws {
    let pool = ConnectionPool(limit: 1, patience: .seconds(600)) { Token() }
    try await pool.lend { _ async throws in
      let waiting = Task { try await pool.lend { _ in } }
      while pool.waitingCount == 0 { await Task.yield() }
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
    }
    try await pool.lend { _ in }
  }
}

private final class Token: Sendable {}
