import Foundation
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct ExchangeCommandTests {
  /// The seeds in a database of this engine.
  private static func filled(_ backend: Backend) async throws -> Program {
    let program = try await Program.migrated(backend)
    let database = try DatabaseURL(program.location).open()
    let seeds = try Seeds(named: Program.root.appending(path: "seeds").path)
    try await seeds.load(into: database, by: .test)
    await database.close()
    return program
  }

  @Test(arguments: Backend.available, Backend.available)
  func `the seeds go from engine to engine and come back as the same bytes`(
    from source: Backend,
    to target: Backend
  ) async throws {
    let (one, other) = (try await Self.filled(source), try await Program.migrated(target))
    #expect(try one.run("export", "one.ndjson").code == 0)
    let file = one.folder.appending(path: "one.ndjson").path
    let taken = try other.run("import", file)
    #expect(taken.code == 0, "\(taken.errors)")
    let text = try one.text(of: "one.ndjson")
    #expect(try other.run("export", "-").output == text)
    #expect(try other.run("database", "digest").output == one.run("database", "digest").output)
    #expect(try other.run("audit", "verify").code == 0)
    #expect(try other.run("import", file).errors.contains("expected one that was migrated and not used"))
    #expect(try other.run("item", "import", Program.seed("items.csv")).code == 0)
  }

  @Test(arguments: Backend.available)
  func `the keys of new rows go on after those that were taken`(backend: Backend) async throws {
    let (one, other) = (try await Self.filled(.sqlite), try await Program.migrated(backend))
    _ = try one.run("export", "one.ndjson")
    _ = try other.run("import", one.folder.appending(path: "one.ndjson").path)
    let table = try other.file("categories.csv", holding: "code,name,name_fr\nnew-kind,New,Nouveau\n")
    let taken = try other.run("category", "import", table)
    #expect(taken.code == 0, "\(taken.errors)")
  }

  @Test(arguments: Backend.available)
  func `an export that was changed is refused with its line, and nothing is stored`(
    backend: Backend
  ) async throws {
    let (one, other) = (try await Self.filled(.sqlite), try await Program.migrated(backend))
    let before = try other.run("database", "digest").output
    let text = try one.run("export", "-").output
    for (found, change, message) in Self.changes {
      let changed = text.replacing(found, with: change, maxReplacements: 1)
      #expect(changed != text)
      let refused = try other.run("import", try other.file("changed.ndjson", holding: changed))
      #expect(refused.code == 1)
      #expect(refused.output == "")
      #expect(refused.errors.contains(message), "\(refused.errors)")
    }
    #expect(try other.run("database", "digest").output == before)
  }

  private static let changes = [
    (",\"Centre Léon Bérard\"", ",\"Centre Leon Berard\"", "found “{\"end\":\"organisation\""),
    ("\"format\":\"procure-export\"", "\"format\":\"other\"", "line 1: found "),
    ("\"version\":1", "\"version\":2", "line 1: found version 2, expected version 1"),
    ("2026-11-22-01-centres", "2026-11-22-99-later", "a schema without 2026-11-22-01-centres"),
    ("[\"01\",", "[1,", "expected code, a JSON string or null (table department)"),
    ("\n{\"end\":\"department\"", "\n[]\n{\"end\":\"department\"", "expected code"),
    ("\n{\"tables\":", "\n{\"tables\":1", ", the digest of what was read"),
  ]

  @Test func `an export goes to a new file only, and half an export is not taken`() async throws {
    let program = try await Self.filled(.sqlite)
    let name = try program.file("one.ndjson", holding: "precious")
    #expect(try program.run("export", name).code == 1)
    #expect(try program.text(of: name) == "precious")
    let text = try program.run("export", "-").output
    let half = try program.file("half.ndjson", holding: String(text.prefix(text.count / 2)))
    let other = try await Program.migrated(.sqlite)
    let refused = try other.run("import", program.folder.appending(path: half).path)
    #expect(refused.code == 1)
    #expect(refused.errors.contains("line "))
  }
}
