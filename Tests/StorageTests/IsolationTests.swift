import Storage
import Synchronization
import Testing

@Suite struct IsolationTests {
  @Test(arguments: Driver.available)
  func `no update is lost among concurrent writers`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.run("INSERT INTO sample (id, whole) VALUES (1, 0)")
      try await inParallel(24) { _ in
        try await database.write { connection in
          let row = try connection.query("SELECT whole FROM sample WHERE id = 1").first
          let whole: Int64 = try row?.decode(as: Int64.self) ?? -1_000
          try connection.execute("UPDATE sample SET whole = \(whole + 1) WHERE id = 1")
        }
      }
      #expect(try await database.rows("SELECT whole FROM sample") == [[.integer(24)]])
    }
  }

  /// The doctors on call: each may leave while another stays.
  @Test(arguments: Driver.available)
  func `two writers that each read what the other changes cannot both win`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      for round in Int64(1)...10 {
        try await database.write { connection in
          try connection.execute("DELETE FROM sample")
          try connection.execute("INSERT INTO sample (id, whole) VALUES (1, 1), (2, 1), (3, 1)")
        }
        try await inParallel(3) { doctor in
          try await database.write { connection in
            let row = try connection.query("SELECT sum(whole) FROM sample").first
            guard try row?.decode(as: Int64.self) ?? 0 > 1 else { return }
            try connection.execute("UPDATE sample SET whole = 0 WHERE id = \(Int64(doctor + 1))")
          }
        }
        #expect(try await database.rows("SELECT sum(whole) FROM sample") == [[.integer(1)]], "\(round)")
      }
    }
  }

  @Test(arguments: Driver.available)
  func `a limit on the number of rows holds whoever inserts`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await inParallel(20) { index in
        try await database.write { connection in
          let row = try connection.query("SELECT count(*) FROM sample WHERE whole = 7").first
          guard try row?.decode(as: Int64.self) ?? 0 < 10 else { return }
          try connection.execute("INSERT INTO sample (id, whole) VALUES (\(Int64(index)), 7)")
        }
      }
      #expect(try await database.rows("SELECT count(*) FROM sample") == [[.integer(10)]])
    }
  }

  @Test(arguments: Driver.concurrent)
  func `a read sees one state, whatever is committed meanwhile`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.run("INSERT INTO sample (whole) VALUES (1)")
      let gate = Gate()
      async let seen = database.read { connection in
        let before = try connection.query("SELECT sum(whole) FROM sample").map(\.values)
        gate.pass()
        return [before, try connection.query("SELECT sum(whole) FROM sample").map(\.values)]
      }
      await gate.arrival()
      try await database.run("INSERT INTO sample (whole) VALUES (10)")
      gate.open()
      #expect(try await seen == [[[.integer(1)]], [[.integer(1)]]])
      #expect(try await database.rows("SELECT sum(whole) FROM sample") == [[.integer(11)]])
    }
  }

  /// Without a word the planner reads the small table as a whole, and each would have read what the other changes.
  @Test(arguments: Driver.onServer)
  func `who expects few rows is not in the way of who changes others of a small table`(driver: Driver)
    async throws
  {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.run("INSERT INTO sample (id, whole) VALUES (1, 0), (2, 0), (3, 0)")
      let gate = Gate()
      let runs = Runs()
      @Sendable func move(_ id: Int, waiting: Bool) async throws {
        try await database.write { connection in
          let isFirst = runs.begin(id) == 1
          try connection.expectFewRows()
          let rows = try connection.query("SELECT whole FROM sample WHERE id = \(Int64(id))")
          if waiting, isFirst { gate.pass() }
          let whole: Int64 = try rows.first?.decode(as: Int64.self) ?? -1
          try connection.send("UPDATE sample SET whole = \(whole + 1) WHERE id = \(Int64(id))")
        }
      }
      async let first: Void = move(1, waiting: true)
      await gate.arrival()
      try await move(2, waiting: false)
      gate.open()
      try await first
      #expect(runs.all == [1: 1, 2: 1])
      let stored = try await database.rows("SELECT whole FROM sample ORDER BY id")
      #expect(stored == [[.integer(1)], [.integer(1)], [.integer(0)]])
    }
  }

  @Test(arguments: Driver.concurrent)
  func `nobody sees what is not committed`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      let gate = Gate()
      async let written: Void = database.write { connection in
        try connection.execute("INSERT INTO sample (whole) VALUES (1)")
        gate.pass()
      }
      await gate.arrival()
      #expect(try await database.rows("SELECT count(*) FROM sample") == [[.integer(0)]])
      gate.open()
      try await written
      #expect(try await database.rows("SELECT count(*) FROM sample") == [[.integer(1)]])
    }
  }
}

/// How often the transactions of a test ran.
private final class Runs: Sendable {
  private let counts = Mutex<[Int: Int]>([:])

  /// Counts a run and returns which one it is.
  func begin(_ transaction: Int) -> Int {
    counts.withLock { counts in
      counts[transaction, default: 0] += 1
      return counts[transaction] ?? 0
    }
  }
  var all: [Int: Int] { counts.withLock(\.self) }
}

/// Runs `body` for each index at once; throws the first error.
func inParallel(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
  try await withThrowingTaskGroup(of: Void.self) { group in
    for index in 0..<count { group.addTask { try await body(index) } }
    try await group.waitForAll()
  }
}
