import Synchronization
import TestSupport
import Testing

@testable import Storage

@Suite struct ForetoldTests {
  /// A read of some statements, about a subject; its rows and how often it waited.
  private func read(
    _ statements: SQL...,
    about subject: String,
    on database: any Database
  ) async throws -> (rows: [[[Value]]], waits: Int) {
    try await database.read { connection in
      try connection.foretell(subject, of: "sample")
      let rows = try statements.map { try connection.query($0).map(\.values) }
      return (rows, connection.waits)
    }
  }

  private let all: SQL = "SELECT name FROM sample ORDER BY name"
  private let count: SQL = "SELECT CAST(count(*) AS BIGINT) FROM sample"
  private func named(_ name: String) -> SQL { "SELECT name FROM sample WHERE name = \(name)" }

  @Test(arguments: Driver.available)
  func `a read like an earlier one finds what has changed in between`(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      for round in 0..<3 {
        let seen = try await read(count, all, named("n1"), about: "a", on: database)
        #expect(seen.rows[0] == [[.integer(Int64(round))]])
        #expect(seen.rows[1] == (0..<round).map { [.text("n\($0)")] })
        #expect(seen.rows[2] == (round > 1 ? [[.text("n1")]] : []))
        if driver == .postgres, round > 0 { #expect(seen.waits == 1) }
        if driver.isSQLite { #expect(seen.waits == 0) }
        try await database.run("INSERT INTO sample (name) VALUES (\("n\(round)"))")
      }
    }
  }

  @Test(arguments: Driver.available)
  func `other values than those foreseen are asked for`(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      for name in ["a", "b"] { try await database.run("INSERT INTO sample (name) VALUES (\(name))") }
      _ = try await read(count, named("a"), about: "x", on: database)
      let other = try await read(count, named("b"), about: "x", on: database)
      #expect(other.rows == [[[.integer(2)]], [[.text("b")]]])
      if driver == .postgres { #expect(other.waits > 1) }
      let again = try await read(count, named("b"), about: "x", on: database)
      #expect(again.rows == other.rows)
      if driver == .postgres { #expect(again.waits == 1) }
    }
  }

  @Test(arguments: Driver.available)
  func `what all reads of a kind ask is foreseen for one about something new`(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      for name in ["a", "b", "c"] {
        try await database.run("INSERT INTO sample (name) VALUES (\(name))")
        let seen = try await read(count, all, named(name), about: name, on: database)
        #expect(seen.rows[2] == [[.text(name)]])
        // Two ahead in one wait, prepared on the way; the third alone, prepared since the first read.
        if driver == .postgres, name == "c" { #expect(seen.waits == 2) }
      }
    }
  }

  @Test(arguments: Driver.available)
  func `a statement that fails ahead leaves the read as it was`(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      let quotient: SQL = "SELECT 12 / CAST(max(whole) AS BIGINT) FROM sample"
      try await database.run("INSERT INTO sample (whole) VALUES (4)")
      _ = try await read(count, quotient, all, about: "x", on: database)
      // A connection that has prepared nothing yet prepares on the way, and what stands after the failure is not.
      try await database.run("UPDATE sample SET whole = 0")
      if driver.isSQLite { return }
      let seen = try await read(all, count, about: "x", on: database)
      #expect(seen.rows == [[[.null]], [[.integer(1)]]])
      await #expect(throws: DatabaseError.self) {
        _ = try await read(count, quotient, about: "x", on: database)
      }
      try await database.run("UPDATE sample SET whole = 6")
      #expect(try await read(quotient, about: "x", on: database).rows == [[[.integer(2)]]])
    }
  }

  /// Connections differ in what they have prepared: what one learned, another sends unprepared.
  @Test(arguments: Driver.onServer)
  func `what failed ahead is prepared again`(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable, connections: 2) { database in
      let quotient: SQL = "SELECT 12 / CAST(max(whole) AS BIGINT) FROM sample"
      try await database.run("INSERT INTO sample (whole) VALUES (4)")
      _ = try await read(quotient, count, all, about: "x", on: database)
      try await database.run("UPDATE sample SET whole = 0")
      let gate = Gate()
      // While one connection is held, the other does the rest.
      async let held: Void = database.read { connection in
        try connection.execute("SELECT 1")
        gate.pass()
      }
      await gate.arrival()
      for _ in 0..<2 {
        let seen = try await read(count, all, about: "x", on: database)
        #expect(seen.rows == [[[.integer(1)]], [[.null]]])
      }
      gate.open()
      try await held
    }
  }

  @Test(arguments: Driver.available)
  func `rows one at a time come ahead too`(_ driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database in
      try await database.write { connection in
        for number in 0..<5 { try connection.execute("INSERT INTO sample (name) VALUES (\("n\(number)"))") }
      }
      for round in 0..<2 {
        let (names, waits) = try await database.read { connection in
          try connection.foretell("x", of: "rows")
          var names: [String] = []
          try connection.forEach("SELECT name FROM sample ORDER BY name") {
            names.append(try $0.decode(as: String.self))
          }
          return (names, connection.waits)
        }
        #expect(names == ["n0", "n1", "n2", "n3", "n4"])
        if driver == .postgres, round == 1 { #expect(waits == 1) }
      }
    }
  }

  /// A read that begins again, and one whose body fails, learn nothing wrong and leave the connection in order.
  @Test(arguments: Driver.available)
  func `a read that fails is followed by others`(_ driver: Driver) async throws {
    struct Refusal: Error {}
    try await driver.withDatabase(sampleTable) { database in
      _ = try await read(count, all, about: "x", on: database)
      await #expect(throws: Refusal.self) {
        try await database.read { connection in
          try connection.foretell("x", of: "sample")
          throw Refusal()
        }
      }
      #expect(try await read(count, all, about: "x", on: database).rows == [[[.integer(0)]], []])
    }
  }

  @Test(arguments: Driver.available)
  func `what is asked ahead is waited for once, also behind changes of the same transaction`(_ driver: Driver)
    async throws
  {
    try await driver.withDatabase(sampleTable) { database in
      for round in 1...3 {
        let (rows, waits) = try await database.write { connection in
          try connection.send("INSERT INTO sample (name) VALUES (\("n\(round)"))")
          try connection.askAhead([count, named("n1"), named("none")])
          let early = try [named("none"), count, named("n1")].map { try connection.query($0).map(\.values) }
          let waits = connection.waits
          try connection.send("INSERT INTO sample (name) VALUES (\("later\(round)"))")
          // An answer is given once: what is asked again is asked of the database.
          return (early + [try connection.query(count).map(\.values)], waits)
        }
        let known = Int64(2 * round - 1)
        #expect(rows == [[], [[.integer(known)]], [[.text("n1")]], [[.integer(known + 1)]]])
        if driver == .postgres, round > 1 { #expect(waits == 1) }
        if driver.isSQLite { #expect(waits == 0) }
      }
    }
  }

  @Test(arguments: Driver.available)
  func `a question that fails ahead fails the transaction as it would have later`(_ driver: Driver)
    async throws
  {
    try await driver.withDatabase(sampleTable) { database in
      let wrong: SQL = "SELECT 1 / (SELECT count(*) - count(*) FROM sample), nothing FROM sample"
      await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          try connection.execute("INSERT INTO sample (name) VALUES ('x')")
          try connection.askAhead([count, wrong, all])
          _ = try connection.query(count)
          _ = try connection.query(wrong)
        }
      }
      let kept = try await read(count, about: "x", on: database).rows
      #expect(kept == [[[.integer(0)]]])
    }
  }

  @Test func `what is remembered is bounded`() {
    let foretold = ForetoldStatements(most: 3)
    func subject(_ name: String) -> ForetoldStatements.Subject { .init(name, of: "kind") }
    let one = ForetoldStatements.Asked(statement: "SELECT 1", size: 10)
    for name in ["a", "b", "c"] { foretold.learn([one, one], for: subject(name)) }
    #expect(foretold.statements(for: subject("a")) == ["SELECT 1"])
    foretold.learn([one], for: subject("d"))
    #expect(foretold.count == 3)
    let many = (0..<200).map { ForetoldStatements.Asked(statement: "SELECT \(Int64($0))", size: 10) }
    foretold.learn(many, for: subject("a"))
    #expect(foretold.statements(for: subject("a")).count == 64)
    let large = ForetoldStatements.Asked(statement: "SELECT 2", size: 1 << 20)
    foretold.learn([large, one], for: subject("a"))
    #expect(foretold.statements(for: subject("a")) == ["SELECT 1"])
    let long = ForetoldStatements.Asked(
      statement: "SELECT \(String(repeating: "x", count: 9_000))",
      size: 10
    )
    foretold.learn([one, long], for: subject("a"))
    #expect(foretold.statements(for: subject("a")) == ["SELECT 1"])
  }
}
