import Glibc
import Storage
import TestSupport
import Testing

@Suite struct ExchangeTests {
  /// Every type, an identity, a key of text, a reference to the same table and none to a key at all.
  static let schema = [
    Migration("2026-01-01-01-things") { words in
      """
      CREATE TABLE thing (
        id \(words.identity),
        parent \(words.integer) REFERENCES thing (id),
        weight \(words.real),
        note \(words.text)
      \(words.end)
      CREATE TABLE alias (
        name \(words.text) NOT NULL,
        kind \(words.text) NOT NULL,
        thing_id \(words.integer) NOT NULL REFERENCES thing (id),
        PRIMARY KEY (kind, name)
      \(words.end)
      CREATE TABLE loose (number \(words.integer), word \(words.text), amount \(words.real)\(words.end)
      """
    }
  ]

  /// Random rows of every type, their extremes among them; the same for the same seed.
  private static func fill(_ database: any Database, seed: UInt64) async throws {
    try await database.write { connection in
      var random = SeededGenerator(seed: seed)
      let columns = ["id", "parent", "weight", "note"]
      if connection.dialect == .sqlite { try connection.run(script: "PRAGMA defer_foreign_keys = ON") }
      try connection.insert(into: "thing", columns: columns) { writer in
        for id in 1...200 as ClosedRange<Int64> {
          writer.integer(id)
          writer.value(Bool.random(using: &random) ? Int64.random(in: 1...200, using: &random) : nil)
          writer.value(Samples.real(using: &random))
          writer.value(Samples.text(using: &random))
          try writer.endRow()
        }
      }
      try connection.insert(into: "alias", columns: ["name", "kind", "thing_id"]) { writer in
        for number in 1...50 {
          writer.text((Samples.text(using: &random) ?? "") + "\(number)")
          writer.text(["a", "B", "é", "𝄞"].randomElement(using: &random) ?? "a")
          writer.integer(Int64.random(in: 1...200, using: &random))
          try writer.endRow()
        }
      }
      try connection.insert(into: "loose", columns: ["number", "word", "amount"]) { writer in
        for _ in 1...100 {
          writer.value(Samples.integer(using: &random))
          writer.value(Samples.text(using: &random))
          writer.value(Samples.real(using: &random))
          try writer.endRow()
        }
      }
    }
  }

  @Test(arguments: Backend.available, Backend.available)
  func `random rows of every type survive the way there and back, byte for byte`(
    from source: Backend,
    to target: Backend
  ) async throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let (one, other) = (try await source.migrated(Self.schema), try await target.migrated(Self.schema))
      let fresh = try await other.read { try Exchange.digest(of: $0) }
      try await Self.fill(one, seed: seed)
      let text = try await one.exported()
      let taken = try await other.take(text, fresh: fresh)
      #expect(try await other.exported() == text)
      #expect(try await one.read { try Exchange.digest(of: $0) } == taken)
      #expect(taken.rows == 350)
      try await other.write { try $0.execute("INSERT INTO thing (note) VALUES ('next')") }
      let last = try await other.read { connection in
        try connection.query("SELECT max(id) FROM thing").map { try $0.decode(as: Int64.self) }
      }
      #expect(last == [201])
      await one.close()
      await other.close()
    }
  }

  @Test(arguments: Backend.available)
  func `equal rows put in another order are equal bytes`(backend: Backend) async throws {
    let rows: [(Int64?, String)] = [(nil, "b"), (3, "a"), (nil, "a"), (-1, "é"), (3, "B")]
    var texts: [[UInt8]] = []
    for order in [rows, rows.reversed()] {
      let database = try await backend.migrated(Self.schema)
      try await database.write { connection in
        for (number, word) in order {
          try connection.execute("INSERT INTO loose (number, word) VALUES (\(number), \(word))")
        }
      }
      texts.append(try await database.exported())
    }
    #expect(texts[0] == texts[1])
  }

  @Test(arguments: Backend.available)
  func `a reference to nothing is refused with its lines, and nothing is stored`(
    backend: Backend
  ) async throws {
    let one = try await Backend.sqlite.migrated(Self.schema)
    let other = try await backend.migrated(Self.schema)
    let fresh = try await other.read { try Exchange.digest(of: $0) }
    try await one.write { connection in
      try connection.execute("INSERT INTO thing (id, parent) VALUES (1, NULL), (2, 1)")
    }
    let text = String(decoding: try await one.exported(), as: UTF8.self)
    let changed = Array(text.replacing("[2,null,1,null]", with: "[2,null,7,null]").utf8)
    #expect(changed != Array(text.utf8))
    let error = await #expect(throws: ExchangeError.self) { try await other.take(changed, fresh: fresh) }
    guard case .refused(let lines, "thing", .constraint(.foreignKey, _)) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(lines == 5...6)
    #expect(try await other.read { try Exchange.digest(of: $0) } == fresh)
  }

  @Test(arguments: Backend.available)
  func `tables that refer to each other in a circle are named`(backend: Backend) async throws {
    let database = try await backend.empty()
    try await database.write { connection in
      let words = connection.dialect
      try connection.run(
        script: """
          CREATE TABLE one (id \(words.integer) PRIMARY KEY, two_id \(words.integer)\(words.end)
          CREATE TABLE two (id \(words.integer) PRIMARY KEY REFERENCES one (id)\(words.end)
          """
      )
      if words == .sqlite {
        try connection.run(
          script: """
            DROP TABLE one;
            CREATE TABLE one (id INTEGER PRIMARY KEY, two_id INTEGER REFERENCES two (id)) STRICT;
            """
        )
      } else {
        try connection.run(script: "ALTER TABLE one ADD FOREIGN KEY (two_id) REFERENCES two (id)")
      }
    }
    await #expect(throws: ExchangeError.cycle(["one", "two"])) {
      _ = try await database.read { try Catalogue.tables(in: $0) }
    }
  }

  @Test(arguments: Backend.available)
  func `tables come after those they refer to, their keys first`(backend: Backend) async throws {
    let database = try await backend.migrated(Self.schema)
    let tables = try await database.read { try Catalogue.tables(in: $0) }
    #expect(tables.map(\.name) == ["loose", "thing", "alias"])
    #expect(tables.map { $0.columns.map(\.name) }.last == ["kind", "name", "thing_id"])
    #expect(tables.map(\.keyWidth) == [0, 1, 2])
    #expect(tables.map(\.refersToItself) == [false, true, false])
  }
}

/// Values of every type, the difficult ones often.
private enum Samples {
  static func integer(using random: inout SeededGenerator) -> Int64? {
    [nil, .min, .max, 0, .random(in: .min ... .max, using: &random)].randomElement(using: &random) ?? nil
  }

  static func real(using random: inout SeededGenerator) -> Double? {
    let bits = Double(bitPattern: random.next())
    let extremes = [-0.0, 0.1, .leastNonzeroMagnitude, -.greatestFiniteMagnitude]
    let values: [Double?] = [nil, 0, bits.isFinite ? bits : 1] + extremes
    return values.randomElement(using: &random) ?? nil
  }

  static func text(using random: inout SeededGenerator) -> String? {
    let plain = [
      "é", "e\u{301}", "\"", "\\", "\n", "\r\n", "\t", "\u{1}", "\u{1F}", "\u{7F}", "𝄞", "\\N", "{",
    ]
    let pieces = (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
      plain.randomElement(using: &random)
    }
    return Int.random(in: 0..<5, using: &random) == 0 ? nil : pieces.joined()
  }
}

extension Database {
  fileprivate func exported() async throws -> [UInt8] {
    try await read { connection in
      var text: [UInt8] = []
      try Exchange.export(from: connection) { text += $0 }
      return text
    }
  }

  @discardableResult
  fileprivate func take(_ text: [UInt8], fresh: ExchangeDigest) async throws -> ExchangeDigest {
    try await write { connection in
      guard let file = tmpfile() else { throw DatabaseError.failed("no temporary file") }
      defer { fclose(file) }
      fwrite(text, 1, text.count, file)
      fflush(file)
      lseek(fileno(file), 0, SEEK_SET)
      return try Exchange.take(from: fileno(file), into: connection, fresh: fresh)
    }
  }
}
