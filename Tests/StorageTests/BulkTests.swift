import Storage
import Testing

private struct Refusal: Error, Equatable {}

@Suite struct BulkTests {
  @Test(arguments: Driver.available)
  func `many rows go in and come out one at a time`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      let count = try await database.write { connection in try insert(0..<25_000, in: connection) }
      #expect(count == 25_000)
      let (rows, sum) = try await database.read { connection in
        var (rows, sum): (Int64, Int64) = (0, 0)
        try connection.forEach("SELECT whole FROM sample WHERE whole >= \(Int64(0)) ORDER BY whole") { row in
          sum += try row.decode(as: Int64.self)
          rows += 1
        }
        return (rows, sum)
      }
      #expect((rows, sum) == (25_000, 25_000 * 24_999 / 2))
    }
  }

  @Test(arguments: Driver.available)
  func `a stream that is left early leaves the connection fit`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      _ = try await database.write { try insert(0..<5_000, in: $0) }
      let seen = try await database.read { connection in
        var seen = 0
        #expect(throws: Refusal()) {
          try connection.forEach("SELECT whole FROM sample") { _ in
            seen += 1
            if seen == 1_500 { throw Refusal() }
          }
        }
        let count = try connection.query("SELECT count(*) FROM sample").map(\.values)
        #expect(count == [[.integer(5_000)]])
        return seen
      }
      #expect(seen == 1_500)
    }
  }

  @Test(arguments: Driver.available)
  func `the body of a stream may ask and write, the same statement too`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      _ = try await database.write { try insert(0..<3, in: $0) }
      let pairs = try await database.write { connection in
        var pairs = 0
        let all: SQL = "SELECT whole FROM sample WHERE whole < \(Int64(3))"
        try connection.forEach(all) { row in
          let whole = try row.decode(as: Int64.self)
          try connection.forEach(all) { _ in pairs += 1 }
          try connection.execute("UPDATE sample SET name = \("n\(whole)") WHERE whole = \(whole)")
        }
        return pairs
      }
      #expect(pairs == 9)
      #expect(
        try await database.rows("SELECT name FROM sample ORDER BY name")
          == ["n0", "n1", "n2"].map { [.text($0)] }
      )
    }
  }

  @Test(arguments: Driver.available)
  func `rows returned by a change can be streamed`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      let seen = try await database.write { connection in
        var seen: [[Value]] = []
        try connection.forEach("INSERT INTO sample (whole) VALUES (1), (2) RETURNING whole") {
          seen.append($0.values)
        }
        return seen
      }
      #expect(seen == [[.integer(1)], [.integer(2)]])
    }
  }

  @Test(arguments: Driver.available)
  func `a bulk insert that breaks a rule in the middle leaves nothing`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.write { connection in
        try connection.execute("INSERT INTO sample (id, name) VALUES (1, 'kept')")
        #expect(throws: DatabaseError.self) {
          try connection.savepoint { try insert([7, 8, 7], names: true, in: connection) }
        }
      }
      #expect(try await database.rows("SELECT name FROM sample") == [[.text("kept")]])
    }
  }

  @Test(arguments: Driver.available)
  func `a bulk insert that its caller gives up fails the transaction`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          #expect(throws: Refusal()) {
            try connection.insert(into: "sample", columns: ["whole"]) { writer in
              writer.integer(1)
              try writer.endRow()
              throw Refusal()
            }
          }
        }
      }
      let rows = try await database.rows("SELECT * FROM sample")
      #expect(rows.isEmpty)
    }
  }

  @Test(arguments: Driver.available, [1, 3])
  func `a row with a value too few or too many is refused`(driver: Driver, width: Int) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      await #expect(throws: DatabaseError.narrow(columns: width, expected: 2)) {
        try await database.write { connection in
          try connection.insert(into: "sample", columns: ["id", "whole"]) { writer in
            for value in 0..<width { writer.integer(Int64(value)) }
            try writer.endRow()
          }
        }
      }
    }
  }

  /// Few rows go as arrays, many as a stream: the border is at 512.
  @Test(arguments: Driver.available, [1, 3, 511, 512, 513, 2_000])
  func `rows come out as they went in, however many`(driver: Driver, count: Int) async throws {
    let texts = ["", "NULL", "null", "a,b", "{1,2}", "\"quoted\"", "back\\slash", "é\n\t ", "'", "$1"]
    var rows: [[Value]] = []
    for index in 0..<count {
      let whole: Value = index % 3 == 0 ? .null : .integer(Int64.max - Int64(index))
      let text = index < texts.count ? texts[index] : "n\(index)"
      let size: Value = index % 4 == 1 ? .null : .real(Double(index) / 7)
      rows.append([.integer(Int64(index)), whole, .text(text), size])
    }
    let expected = rows
    try await driver.withDatabase(sampleTable) { database async throws in
      let inserted = try await database.write { connection in
        try connection.insert(into: "sample", columns: ["id", "whole", "name", "size"]) { writer in
          for row in expected {
            for value in row {
              switch value {
              case .null: writer.null()
              case .integer(let integer): writer.integer(integer)
              case .real(let real): writer.real(real)
              case .text(let text): writer.text(text)
              }
            }
            try writer.endRow()
          }
        }
      }
      #expect(inserted == count)
      #expect(try await database.rows("SELECT id, whole, name, size FROM sample ORDER BY id") == expected)
    }
  }

  @Test(arguments: Driver.available)
  func `a column of NULL alone, and one of whole and broken numbers`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.write { connection in
        try connection.insert(into: "sample", columns: ["name"]) { writer in
          for _ in 0..<2 {
            writer.null()
            try writer.endRow()
          }
        }
        try connection.insert(into: "sample", columns: ["whole", "name", "size"]) { writer in
          writer.integer(1)
          writer.null()
          writer.integer(2)
          try writer.endRow()
          writer.integer(2)
          writer.null()
          writer.real(2.5)
          try writer.endRow()
        }
        let none = try connection.insert(into: "sample", columns: ["whole"]) { _ in }
        #expect(none == 0)
      }
      let rows = try await database.rows("SELECT whole, name, size FROM sample ORDER BY id")
      let nothing: [Value] = [.null, .null, .null]
      let numbers: [[Value]] = [[.integer(1), .null, .real(2)], [.integer(2), .null, .real(2.5)]]
      #expect(rows == [nothing, nothing] + numbers)
    }
  }

  @Test(arguments: Driver.available)
  func `a text with a NUL is refused in a few rows too`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      await #expect(throws: DatabaseError.self) {
        try await database.write { connection in
          try connection.insert(into: "sample", columns: ["name"]) { writer in
            writer.text("a\0b")
            try writer.endRow()
          }
        }
      }
      #expect(try await database.rows("SELECT name FROM sample").isEmpty)
    }
  }

  @Test(arguments: Driver.available)
  func `nothing else runs during a bulk insert`(driver: Driver) async throws {
    try await driver.withDatabase(sampleTable) { database async throws in
      try await database.write { connection in
        try connection.insert(into: "sample", columns: ["whole"]) { writer in
          #expect(throws: DatabaseError.self) { try connection.query("SELECT 1") }
          writer.integer(1)
          try writer.endRow()
        }
      }
      #expect(try await database.rows("SELECT whole FROM sample") == [[.integer(1)]])
    }
  }
}

@discardableResult
private func insert(
  _ wholes: some Sequence<Int64>,
  names: Bool = false,
  in connection: any Connection
) throws -> Int {
  try connection.insert(into: "sample", columns: ["whole", "name"]) { writer in
    for whole in wholes {
      writer.integer(whole)
      if names { writer.text("n\(whole)") } else { writer.null() }
      try writer.endRow()
    }
  }
}
