import Inventory
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct ConfigurationTests {
  @Test func `a file says key and value, and may say nothing`() throws {
    let text = "# ours\n\n database = postgres://db/procure?a=b \nformat=json\n"
    let values = try Configuration.values(in: text, file: "procure.conf")
    #expect(values == [.database: "postgres://db/procure?a=b", .format: "json"])
  }

  @Test func `every wrong line of a file is told`() {
    let text = "database = a\ncolour = red\nformat = xml\nactor\ndatabase = b\nseeds =\n"
    let keys = "one of database, pooler, listen, server, actor, seeds, format"
    #expect(
      throws: ConfigurationRefusal(
        place: "procure.conf",
        findings: [
          Finding(line: 2, field: "key", found: "colour", expected: keys),
          Finding(line: 3, field: "format", found: "xml", expected: "table, json, csv, xlsx"),
          Finding(line: 4, field: "line", found: "actor", expected: "key = value"),
          Finding(line: 5, field: "database", found: "b", expected: "each key once"),
          Finding(line: 6, field: "seeds", found: "", expected: "a value"),
        ]
      )
    ) {
      try Configuration.values(in: text, file: "procure.conf")
    }
  }

  @Test func `a flag goes before the environment, the environment before a file`() async throws {
    let program = try await Program.migrated(.sqlite)
    _ = try program.file("procure.conf", holding: "format = csv\ndatabase = elsewhere.sqlite\n")
    let header = "migration,state"
    #expect(try program.run("database", "status").output.hasPrefix(header))
    let table = try program.run("database", "status", environment: ["PROCURE_FORMAT": "table"]).output
    #expect(table.hasPrefix("migration  "))
    let json = try program.run(
      "database",
      "status",
      "--format",
      "json",
      environment: ["PROCURE_FORMAT": "table"]
    )
    #expect(json.output.hasPrefix("["))
    #expect(!program.has("elsewhere.sqlite"))
    _ = try program.run("database", "migrate", environment: ["PROCURE_DATABASE": ""])
    #expect(program.has("elsewhere.sqlite"))
  }

  @Test func `a wrong setting stops every command before it does anything`() async throws {
    let program = try await Program.on(.sqlite)
    _ = try program.file("procure.conf", holding: "format = csv\ncolour = red\n")
    let refused = try program.run("database", "migrate")
    #expect(
      refused
        == Program.Outcome(
          code: 1,
          output: "",
          errors: """
            error: the settings in procure.conf cannot be used
              line 2, key: found “colour”, expected one of database, pooler, listen, server, actor, seeds, format

            """
        )
    )
    #expect(!program.has("procure.sqlite"))
  }
}
