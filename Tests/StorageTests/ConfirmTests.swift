import Storage
import Testing

@Suite struct ConfirmTests {
  private struct Refusal: Error {}
  private let count: SQL = "SELECT count(*) FROM sample"

  @Test(arguments: Driver.available)
  func `what a transaction depends on is checked without a wait of its own`(_ driver: Driver) async throws {
    try await driver.withDatabase({ _ in "CREATE TABLE sample (name TEXT)" }) { database in
      for round in 1...3 {
        let (seen, waits) = try await database.write { connection in
          var seen: [Row] = []
          try connection.send("INSERT INTO sample (name) VALUES (\("n\(round)"))")
          try connection.confirm(count) { seen = $0 }
          _ = try connection.query("SELECT name FROM sample")
          return (seen.map(\.values), connection.waits)
        }
        #expect(seen == [[.integer(Int64(round))]])
        if driver == .postgres, round > 1 { #expect(waits == 1) }
      }
    }
  }

  @Test(arguments: Driver.available)
  func `what does not hold undoes the transaction, whatever became of it`(_ driver: Driver) async throws {
    try await driver.withDatabase({ _ in "CREATE TABLE sample (name TEXT)" }) { database in
      // At the commit, before the answer to another statement, and where that one's failure is passed over.
      for following in [nil, "SELECT name FROM sample"] as [SQL?] {
        await #expect(throws: Refusal.self) {
          try await database.write { connection in
            try connection.send("INSERT INTO sample (name) VALUES ('kept')")
            try connection.confirm(count) { _ in throw Refusal() }
            if let following { _ = try? connection.query(following) }
          }
        }
      }
      // A refusal of the work itself gives way to it.
      struct Other: Error {}
      await #expect(throws: Refusal.self) {
        try await database.write { connection in
          try connection.confirm(count) { _ in throw Refusal() }
          throw Other()
        }
      }
      let left = try await database.read { try $0.query(count) }
      #expect(left.map(\.values) == [[.integer(0)]])
    }
  }
}
