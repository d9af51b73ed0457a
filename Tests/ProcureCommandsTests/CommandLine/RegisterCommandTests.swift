import TestSupport
import Testing

@Suite struct RegisterCommandTests {
  @Test(arguments: Backend.available)
  func `a table that was taken is listed, and the log says who took it`(backend: Backend) async throws {
    let program = try await Program.migrated(backend)
    let taken = try program.run("centre", "import", Program.seed("centres.csv"))
    #expect(taken.code == 0)
    #expect(taken.output == "")
    let listed = try program.run("centre", "list", "--format", "csv")
    #expect(listed.code == 0)
    #expect(listed.errors == "")
    #expect(listed.output.split(separator: "\n").count == 23)
    let log = try program.run("audit", "log", "--limit", "1", "--format", "csv")
    #expect(log.output.contains(",tester,"))
    #expect(try program.run("audit", "verify").code == 0)
  }

  @Test func `the same rows are a table, JSON and CSV`() async throws {
    let program = try await Program.migrated(.sqlite)
    let table = try program.file(
      "items.csv",
      holding: """
        sku,name,name_fr,unit,criticality,storage,shelf_life_days,minimum_cover_days,certainty
        swab,Swab,Écouvillon,{swab},vital,ambient,730,14,measured

        """
    )
    _ = try program.run("item", "import", table)
    let text = try program.run("item", "list").output.split(separator: "\n")
    #expect(text.count == 3)
    #expect(text.allSatisfy { !$0.contains("\u{1B}") })
    let csv = try program.run("item", "list", "--format", "csv").output.split(separator: "\n")
    #expect(csv.count == 2)
    let json = try program.run("item", "list", "-f", "json").output
    #expect(json.hasPrefix("[\n  {\n"))
    #expect(json.contains("\"sku\" : \"swab\""))
  }

  @Test(arguments: Backend.available)
  func `every bad line of a table is told, and nothing of it is kept`(backend: Backend) async throws {
    let program = try await Program.migrated(backend)
    let table = try program.file(
      "centres.csv",
      holding: """
        code,organisation_code,organisation,name,kind,city,department_code,region,latitude,longitude
        good,x,X,Good,affiliate,Lyon,69,ARA,,
        bad one,x,X,Bad,hospital,Lyon,69,ARA,,

        """
    )
    let refused = try program.run("centre", "import", table)
    #expect(refused.code == 1)
    #expect(refused.output == "")
    #expect(refused.errors.hasPrefix("error: "))
    #expect(refused.errors.contains("line 3, code: found “bad one”, expected "))
    #expect(
      refused.errors.contains(
        "line 3, kind: found “hospital”, expected one of hospital_site, technical_platform, affiliate"
      )
    )
    #expect(try program.run("centre", "list", "--format", "json").output == "[\n\n]\n")
  }

  @Test(arguments: Backend.available)
  func `a database that was not migrated is refused with what to run`(backend: Backend) async throws {
    let program = try await Program.on(backend)
    let refused = try program.run("centre", "list")
    #expect(refused.code == 1)
    #expect(refused.output == "")
    #expect(refused.errors.contains("procure database migrate"))
    #expect(try program.run("database", "check").code == 1)
    _ = try program.run("database", "migrate")
    #expect(try program.run("database", "check").code == 0)
    let status = try program.run("database", "status", "--format", "csv").output.split(separator: "\n")
    #expect(status.dropFirst().allSatisfy { $0.hasSuffix(",applied") })
  }

  @Test func `a command line that is not understood exits with 64 and says nothing on standard output`()
    async throws
  {
    let program = try await Program.on(.sqlite)
    let refused = try program.run("centre", "list", "--format", "xml")
    #expect(refused.code == 64)
    #expect(refused.output == "")
    #expect(refused.errors.contains("xml"))
  }
}
