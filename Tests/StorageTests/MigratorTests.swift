import Storage
import TestSupport
import Testing

@Suite struct MigratorTests {
  private static func table(_ name: String, in subject: String) -> Migration {
    Migration(name) { "CREATE TABLE \(subject) (id \($0.identity)\($0.end)" }
  }
  private let first = table("2026-01-01-01-a", in: "a")
  private let second = table("2026-01-02-01-b", in: "b")

  @Test(arguments: Driver.available)
  func `migrations of all modules run in the order of their names, once`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      let migrator = Migrator([second], [first])
      await #expect(throws: SchemaError.older(missing: [first.name, second.name])) {
        try await migrator.check(database)
      }
      #expect(try await migrator.migrate(database) == [first.name, second.name])
      #expect(try await migrator.migrate(database) == [])
      try await migrator.check(database)
      #expect(
        try await migrator.status(of: database)
          == [first, second].map { Migrator.Entry(name: $0.name, state: .applied) }
      )
    }
  }

  @Test(arguments: Driver.available)
  func `an edited migration is refused by its name`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      try await Migrator([first]).migrate(database)
      let edited = Migrator([Self.table(first.name, in: "changed"), second])
      await #expect(throws: SchemaError.edited(first.name)) { try await edited.migrate(database) }
      await #expect(throws: SchemaError.edited(first.name)) { try await edited.check(database) }
      #expect(try await edited.status(of: database).map(\.state) == [.edited, .pending])
    }
  }

  @Test(arguments: Driver.available)
  func `a database of a newer program is refused`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      try await Migrator([first, second]).migrate(database)
      let old = Migrator([first])
      await #expect(throws: SchemaError.newer(unknown: [second.name])) { try await old.check(database) }
      await #expect(throws: SchemaError.newer(unknown: [second.name])) { try await old.migrate(database) }
    }
  }

  @Test(arguments: Driver.available)
  func `a migration that fails leaves nothing of itself and all before it`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      let broken = Migration("2026-01-02-01-b") {
        "CREATE TABLE b (id \($0.identity)\($0.end) SELECT * FROM nowhere;"
      }
      await #expect(throws: DatabaseError.self) { try await Migrator([first, broken]).migrate(database) }
      let ran = try await Migrator([first, second]).migrate(database)
      #expect(ran == [second.name])
    }
  }

  @Test(arguments: Driver.available)
  func `migrators at work at once run each migration once`(driver: Driver) async throws {
    try await driver.withDatabase { database async throws in
      let migrations = (1...6).map { Self.table("2026-01-01-0\($0)-t", in: "t\($0)") }
      let ran = try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<4 { group.addTask { try await Migrator(migrations).migrate(database) } }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(ran.sorted() == migrations.map(\.name))
    }
  }

  @Test func `two migrations of one name are refused`() async throws {
    let database = try SQLite(path: ":memory:")
    await #expect(throws: SchemaError.twice(first.name)) {
      try await Migrator([first], [Self.table(first.name, in: "c")]).migrate(database)
    }
  }

  @Test func `each refusal says what to run`() {
    let errors: [SchemaError] = [.older(missing: ["x"]), .newer(unknown: ["x"]), .edited("x")]
    for error in errors { #expect(error.description.contains("procure database ")) }
  }

  @Test(arguments: Backend.available)
  func `copies of a migrated database know nothing of each other`(backend: Backend) async throws {
    let (one, two) = (try await backend.migrated([first]), try await backend.migrated([first]))
    try await one.run("INSERT INTO a (id) VALUES (1)")
    #expect(try await one.rows("SELECT id FROM a") == [[.integer(1)]])
    #expect(try await two.rows("SELECT id FROM a").isEmpty)
    try await Migrator([first]).check(two)
  }
}
