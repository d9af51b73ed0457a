import Storage
import TestSupport
import Testing

@Suite struct FirstTests {
  @Test(arguments: Backend.available)
  func `what is written is read again`(backend: Backend) async throws {
    let migration = Migration("2026-01-01-01-a") { dialect in
      "CREATE TABLE a (id \(dialect.identity), name \(dialect.text), size \(dialect.real)\(dialect.end)"
    }
    let database = try await backend.migrated([migration])
    try await database.write { connection in
      try connection.execute("INSERT INTO a (name, size) VALUES (\("one"), \(Int64(3)))")
      try connection.insert(into: "a", columns: ["id", "name", "size"]) { writer in
        writer.integer(2)
        writer.text("t\\wo\n")
        writer.null()
        try writer.endRow()
      }
      try? connection.savepoint { try connection.execute("INSERT INTO a (id) VALUES (\(Int64(1)))") }
    }
    let rows = try await database.read { connection in
      var rows: [[Value]] = []
      try connection.forEach("SELECT id, name, size FROM a ORDER BY id") { rows.append($0.values) }
      return rows
    }
    #expect(
      rows == [
        [.integer(1), .text("one"), .real(3)], [.integer(2), .text("t\\wo\n"), .null],
      ]
    )
  }
}
