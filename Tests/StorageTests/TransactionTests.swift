import Storage
import Testing

private struct Refusal: Error, Equatable {}

@Suite struct TransactionTests {
  private let names: SQL = "SELECT name FROM sample ORDER BY name"

  @Test(arguments: Driver.available)
  func `what throws leaves nothing`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      await #expect(throws: Refusal()) {
        try await database.write { connection in
          try connection.execute("INSERT INTO sample (name) VALUES ('a')")
          throw Refusal()
        }
      }
      #expect(try await database.rows(names).isEmpty)
    }
  }

  @Test(arguments: Driver.available)
  func `statements that read one source see none of each other's changes`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.write { connection in
        try connection.execute("INSERT INTO sample (id, whole, name) VALUES (1, 10, 'a'), (2, 20, 'b')")
        let last = try connection.query(
          [
            "INSERT INTO sample (id, whole) SELECT id + 10, whole + \(Int64(1)) FROM old",
            "UPDATE sample SET whole = 0 WHERE id IN (SELECT id FROM old)",
            "INSERT INTO sample (id, name) SELECT id + 20, name || 'x' FROM old RETURNING id",
          ],
          reading: "old AS MATERIALIZED (SELECT id, whole, name FROM sample WHERE id <= \(Int64(2)))"
        )
        #expect(last.map(\.values) == [[.integer(21)], [.integer(22)]])
      }
      let rows = try await database.rows("SELECT id, whole, name FROM sample ORDER BY id")
      let expected: [[Value]] = [
        [.integer(1), .integer(0), .text("a")], [.integer(2), .integer(0), .text("b")],
        [.integer(11), .integer(11), .null], [.integer(12), .integer(21), .null],
        [.integer(21), .null, .text("ax")], [.integer(22), .null, .text("bx")],
      ]
      #expect(rows == expected)
    }
  }

  @Test(arguments: Driver.available)
  func `what a source cannot give fails the transaction`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          try connection.execute("INSERT INTO sample (id, name) VALUES (1, 'a')")
          try connection.query(
            ["UPDATE sample SET whole = 1", "INSERT INTO sample (id, name) SELECT id + 1, name FROM old"],
            reading: "old AS (SELECT id, name FROM sample)"
          )
        }
      }
      #expect(try await database.rows(names).isEmpty)
    }
  }

  @Test(arguments: Driver.available)
  func `a failed statement fails all that follows, even when its error is dropped`(
    driver: Driver
  ) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      let error = await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          try connection.execute("INSERT INTO sample (name) VALUES ('a')")
          try? connection.execute("INSERT INTO sample (name) VALUES ('a')")
          #expect(throws: DatabaseError.self) { try connection.query("SELECT 1") }
        }
      }
      guard case .constraint(.unique, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try await database.rows(names).isEmpty)
    }
  }

  @Test(arguments: Driver.available)
  func `each broken rule has its kind`(driver: Driver) async throws {
    let schema: (Dialect) -> String = { dialect in
      """
      \(sampleTable(dialect))
      CREATE TABLE child (
        parent \(dialect.integer) NOT NULL REFERENCES sample (id)
      \(dialect.end)
      """
    }
    let cases: [(SQL, DatabaseError.Constraint)] = [
      ("INSERT INTO sample (name) VALUES ('a'), ('a')", .unique),
      ("INSERT INTO sample (id) VALUES (1), (1)", .unique),
      ("INSERT INTO sample (size) VALUES (1e305)", .check),
      ("INSERT INTO child (parent) VALUES (99)", .foreignKey),
      ("INSERT INTO child (parent) VALUES (NULL)", .notNull),
    ]
    try await driver.withDatabase(schema) { database async throws in
      for (statement, kind) in cases {
        let error = await #expect(throws: DatabaseError.self) { try await database.run(statement) }
        guard case .constraint(kind, _) = error else {
          Issue.record("\(statement): \(String(describing: error))")
          continue
        }
      }
    }
  }

  @Test(arguments: Driver.available)
  func `savepoints undo what they hold and nothing else`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.write { connection in
        func add(_ name: String) throws {
          try connection.execute("INSERT INTO sample (name) VALUES (\(name))")
        }
        try add("a")
        try connection.savepoint {
          try add("b")
          try? connection.savepoint {
            try add("c")
            try add("a")
          }
          try? connection.savepoint {
            try connection.savepoint { try add("d") }
            throw Refusal()
          }
          try connection.savepoint { try add("e") }
        }
        #expect(throws: Refusal()) {
          try connection.savepoint {
            try add("f")
            throw Refusal()
          }
        }
        try add("g")
      }
      #expect(try await database.rows(names) == ["a", "b", "e", "g"].map { [.text($0)] })
    }
  }

  @Test(arguments: Driver.available)
  func `an error dropped inside a savepoint undoes the savepoint`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.write { connection in
        try connection.execute("INSERT INTO sample (name) VALUES ('a')")
        #expect(throws: DatabaseError.self) {
          try connection.savepoint {
            try connection.execute("INSERT INTO sample (name) VALUES ('b')")
            try? connection.execute("INSERT INTO sample (name) VALUES ('a')")
          }
        }
      }
      #expect(try await database.rows(names) == [[.text("a")]])
    }
  }

  @Test(arguments: Driver.available)
  func `a read changes nothing`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      let error = await #expect(throws: DatabaseError.self) {
        try await database.read { try $0.execute("INSERT INTO sample (name) VALUES ('a')") }
      }
      guard case .readOnly = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try await database.rows(names).isEmpty)
    }
  }

  @Test(arguments: Driver.available)
  func `a transaction without a statement is nothing`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      #expect(try await database.write { _ in 1 } == 1)
      #expect(try await database.read { _ in 2 } == 2)
      #expect(try await database.rows("SELECT 3") == [[.integer(3)]])
    }
  }

  @Test(arguments: Driver.available)
  func `a bad statement names the fault and the next transaction is not hurt`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      await #expect(throws: DatabaseError.self) { try await database.rows("SELECT nothing FROM nowhere") }
      #expect(try await database.rows("SELECT 1") == [[.integer(1)]])
    }
  }

  @Test(arguments: Driver.available)
  func `a closed database says so`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      await database.close()
      await #expect(throws: DatabaseError.closed) { try await database.rows("SELECT 1") }
      await #expect(throws: DatabaseError.closed) { try await database.run("SELECT 1") }
    }
  }
}
