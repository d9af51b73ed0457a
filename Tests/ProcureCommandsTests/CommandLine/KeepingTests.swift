import Foundation
import Storage
import TestSupport
import Testing

@Suite struct KeepingTests {
  private static func filled() async throws -> Program {
    let program = try await Program.migrated(.sqlite)
    _ = try program.run("department", "import", Program.seed("departments.csv"))
    _ = try program.run("centre", "import", Program.seed("centres.csv"))
    return program
  }

  @Test func `a backup restores what was there, and replaces a used database only by force`() async throws {
    let program = try await Self.filled()
    #expect(try program.run("backup", "copy.sqlite").code == 0)
    #expect(!program.has("copy.sqlite-wal"))
    let before = try program.run("database", "digest").output
    _ = try program.run("category", "import", Program.seed("equipment_categories.csv"))
    let after = try program.run("database", "digest").output
    #expect(before != after)
    let refused = try program.run("restore", "copy.sqlite")
    #expect(refused.code == 1)
    #expect(refused.errors.contains("give --force"))
    #expect(try program.run("database", "digest").output == after)
    #expect(try program.run("restore", "copy.sqlite", "--force").code == 0)
    #expect(try program.run("database", "digest").output == before)
  }

  @Test func `a database that is not there is told, and no file is made`() async throws {
    let program = try await Program.on(.sqlite)
    let refused = try program.run("centre", "list", "--database", "mistyped.sqlite")
    #expect(refused.code == 1)
    #expect(refused.errors.contains("there is no database at mistyped.sqlite"))
    #expect(!program.has("mistyped.sqlite"))
  }

  @Test func `a backup goes to a new file only`() async throws {
    let program = try await Self.filled()
    let name = try program.file("copy.sqlite", holding: "precious")
    let refused = try program.run("backup", name)
    #expect(refused.code == 1)
    #expect(refused.errors.contains("copy.sqlite exists already"))
    #expect(try program.text(of: name) == "precious")
  }

  @Test func `a restore needs no force where a database was migrated and not used`() async throws {
    let source = try await Self.filled()
    _ = try source.run("backup", "copy.sqlite")
    let target = try await Program.migrated(.sqlite)
    let copy = source.folder.appending(path: "copy.sqlite").path
    #expect(try target.run("restore", copy).code == 0)
    #expect(try target.run("database", "digest").output == source.run("database", "digest").output)
  }

  @Test func `a damaged backup and one whose log was altered replace nothing`() async throws {
    let program = try await Self.filled()
    _ = try program.run("backup", "copy.sqlite")
    let before = try program.run("database", "digest").output
    let altered = try SQLite(path: program.folder.appending(path: "copy.sqlite").path)
    try await altered.write { try $0.execute("UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 3") }
    await altered.close()
    let refused = try program.run("restore", "copy.sqlite", "--force")
    #expect(refused.code == 1)
    #expect(refused.errors.contains("the log of changes was altered"))
    let noise = try program.file("noise.sqlite", holding: String(repeating: "noise ", count: 1_000))
    #expect(try program.run("restore", noise, "--force").errors.contains("noise.sqlite is damaged"))
    #expect(try program.run("database", "digest").output == before)
  }

  @Test func `a database that cannot be opened is set aside, not lost`() async throws {
    let program = try await Self.filled()
    _ = try program.run("backup", "copy.sqlite")
    let before = try program.run("database", "digest").output
    let noise = String(repeating: "noise ", count: 1_000)
    let name = try program.file("broken.sqlite", holding: noise)
    let refused = try program.run("restore", "copy.sqlite", "--database", name)
    #expect(refused.code == 1)
    #expect(refused.errors.contains("give --force to set it aside"))
    #expect(try program.run("restore", "copy.sqlite", "--database", name, "--force").code == 0)
    #expect(try program.text(of: "broken.sqlite.damaged") == noise)
    #expect(try program.run("database", "digest", "--database", name).output == before)
  }

  @Test(.enabled(if: Backend.postgresURL != nil))
  func `a PostgreSQL database is left to its own tools`() async throws {
    let program = try await Program.on(.postgres)
    for command in ["backup", "restore"] {
      let refused = try program.run(command, "copy")
      #expect(refused.code == 1)
      #expect(refused.errors.contains("pg_"))
      #expect(refused.errors.split(separator: "\n").count == 1)
    }
  }
}
