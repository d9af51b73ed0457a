import Storage
import Testing

@Suite struct ValueTests {
  static let wholes: [Int64] = [.min, .min + 1, -1, 0, 1, 9_007_199_254_740_993, .max]
  static let reals: [Double] = [
    0.1, 1.0 / 3, -1.5, .leastNonzeroMagnitude, 2.225_073_858_507_201_4e-308, 1.797e299,
    123_456_789.123_456_79, 1e15, 0,
  ]
  /// A character from every plane of Unicode, and what escaping could trip over.
  static let texts: [String] =
    ["", " ", "'\"\\\t\r\n$1?1\u{1}\u{7f}\\N", "e\u{301}\u{e9}", String(repeating: "é\\", count: 350_000)]
    + (0...16).compactMap { Unicode.Scalar(UInt32($0) << 16 | 0x0101).map { String(Character($0)) } }

  @Test(arguments: Driver.available)
  func `values keep every bit, bound or inserted in bulk`(driver: Driver) async throws {
    let table: (Dialect) -> String = { dialect in
      let columns = "whole \(dialect.integer), name \(dialect.text), size \(dialect.real)"
      return "CREATE TABLE sample (id \(dialect.identity), \(columns)\(dialect.end)"
    }
    try await driver.withDatabase(table) { database async throws in
      let rows = Self.texts.enumerated().map { index, text -> [Value] in
        [
          .integer(Self.wholes[index % Self.wholes.count]), .text(text),
          .real(Self.reals[index % Self.reals.count]),
        ]
      }
      try await database.write { connection in
        for row in rows {
          let (whole, name, size) = try Row(row).decode(as: Int64.self, String.self, Double.self)
          try connection.execute("INSERT INTO sample (whole, name, size) VALUES (\(whole), \(name), \(size))")
        }
      }
      let query: SQL = "SELECT whole, name, size FROM sample ORDER BY id"
      #expect(try await database.rows(query) == rows)
      try await database.run("DELETE FROM sample")
      try await database.write { connection in
        try connection.insert(into: "sample", columns: ["whole", "name", "size"]) { writer in
          for row in rows {
            let (whole, name, size) = try Row(row).decode(as: Int64.self, String.self, Double.self)
            writer.value(whole)
            writer.value(name)
            writer.value(size)
            try writer.endRow()
          }
        }
      }
      #expect(try await database.rows(query) == rows)
    }
  }

  @Test(arguments: Driver.available)
  func `a parameter alone keeps its type`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      let big: Int64 = .max
      #expect(
        try await database.rows(
          "SELECT \(big), \("text"), \(1.5), \(Int64?.none), \(Int64(2_000_000_000)) + \(Int64(2_000_000_000))"
        )
          == [[.integer(big), .text("text"), .real(1.5), .null, .integer(4_000_000_000)]]
      )
    }
  }

  @Test(arguments: Driver.available)
  func `a parameter that was NULL before may hold a value, and the reverse`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      for (whole, name) in [(nil, nil), (1, "a"), (nil, "b"), (2, nil)] as [(Int64?, String?)] {
        try await database.run("INSERT INTO sample (whole, name) VALUES (\(whole), \(name))")
      }
      #expect(
        try await database.rows("SELECT whole, name FROM sample ORDER BY id")
          == [
            [.null, .null], [.integer(1), .text("a")], [.null, .text("b")], [.integer(2), .null],
          ]
      )
    }
  }

  @Test(arguments: Driver.available)
  func `text with a NUL is refused, wherever it is given`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      let text = "before\0after"
      await #expect(throws: DatabaseError.self) {
        try await database.run("INSERT INTO sample (name) VALUES (\(text))")
      }
      let error = await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          try connection.insert(into: "sample", columns: ["name"]) { writer in
            writer.text(text)
            try writer.endRow()
          }
        }
      }
      #expect(error?.description.contains("NUL") == true)
      #expect(try await database.rows("SELECT * FROM sample").isEmpty)
    }
  }

  @Test(arguments: Driver.available, [Double.nan, .infinity, -.infinity])
  func `a real that is not finite is refused`(driver: Driver, real: Double) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      await #expect(throws: DatabaseError.unstorable("the real \(real) is not finite, and cannot be stored"))
      {
        try await database.run("INSERT INTO sample (size) VALUES (\(real))")
      }
    }
  }

  @Test(arguments: Driver.available)
  func `zero has no sign`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.run("INSERT INTO sample (size) VALUES (\(-0.0))")
      guard case .real(let real)? = try await database.rows("SELECT size FROM sample").first?.first else {
        Issue.record("no real")
        return
      }
      #expect(real.sign == .plus)
    }
  }

  @Test(arguments: Driver.available)
  func `text sorts by its bytes and LIKE tells capitals apart`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      for name in ["é", "a", "Z", "\u{1F600}", "\u{FFFD}", "A", ""] {
        try await database.run("INSERT INTO sample (name) VALUES (\(name))")
      }
      #expect(
        try await database.rows("SELECT name FROM sample ORDER BY name").map { $0[0] }
          == ["", "A", "Z", "a", "é", "\u{FFFD}", "\u{1F600}"].map(Value.text)
      )
      #expect(try await database.rows("SELECT name FROM sample WHERE name LIKE 'a%'") == [[.text("a")]])
    }
  }

  @Test(arguments: Driver.available)
  func `NULL sorts where it is told to`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.run("INSERT INTO sample (whole) VALUES (2), (NULL), (1)")
      let first = try await database.rows("SELECT whole FROM sample ORDER BY whole NULLS FIRST")
      let last = try await database.rows("SELECT whole FROM sample ORDER BY whole DESC NULLS LAST")
      #expect(first == [[.null], [.integer(1)], [.integer(2)]])
      #expect(last == [[.integer(2)], [.integer(1)], [.null]])
    }
  }

  @Test(arguments: Driver.available)
  func `sums are integers, and one too large is an error`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      let largest = Int64.max
      try await database.run("INSERT INTO sample (whole) VALUES (\(largest - 1)), (1)")
      #expect(
        try await database.rows("SELECT sum(whole), count(*), 2 > 1 FROM sample")
          == [[.integer(largest), .integer(2), .integer(1)]]
      )
      try await database.run("INSERT INTO sample (whole) VALUES (1)")
      await #expect(throws: DatabaseError.self) { try await database.rows("SELECT sum(whole) FROM sample") }
    }
  }

  @Test func `a value of the wrong type is named`() {
    let row = Row([.text("x")])
    #expect(throws: DatabaseError.mistyped(expected: "integer", found: .text("x"))) {
      try row.decode(as: Int64.self)
    }
    #expect(throws: DatabaseError.narrow(columns: 1, expected: 2)) {
      try row.decode(as: String.self, Int64.self)
    }
  }
}
