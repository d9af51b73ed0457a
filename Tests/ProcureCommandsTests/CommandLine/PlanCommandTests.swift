import Foundation
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct PlanCommandTests {
  @Test(arguments: Backend.available)
  func `the season's supply is planned, shown, explained, compared and watched by commands`(
    backend: Backend
  ) async throws {
    let program = try await Self.network(backend)
    let made = try program.run("plan", "run", "--as-of", "2020-08-16", "--paths", "60", "--format", "json")
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.output.contains("\"state\" : \"finished\""))
    let again = try program.run("plan", "run", "--as-of", "2020-08-16", "--paths", "60", "--threads", "1")
    #expect(again.code == 0)
    #expect(
      try program.run("plan", "compare", "1", "2", "--format", "csv").output
        == "item,centre,what,before,after\n"
    )
    let shown = try program.run("plan", "show", "--item", "SWAB-NP", "--format", "csv").output
    #expect(
      shown.split(separator: "\n").map { $0.split(separator: ",")[1] } == [
        "centre", "(network)", "berard", "curie-paris",
      ]
    )
    let why = try program.run("plan", "explain", "--item", "SWAB-NP", "--centre", "berard").output
    #expect(why.hasPrefix("SWAB-NP at berard, as of 2020-08-16 (run 2, seed 1)\nstock: 308 usable, 0 coming"))
    let watched = try program.run("alert", "watch", "--day", "2020-08-16")
    #expect(watched.errors.hasPrefix("Judged by plan run 2"))
    #expect(
      try program.run("alert", "actions", "1", "--format", "csv").output.hasPrefix("action,quantity,with")
    )
    let missing = try program.run("plan", "show", "--run", "9")
    #expect(missing.code == 1)
    #expect(missing.errors == "error: no plan run 9\n")
  }

  @Test func `a forecast is of a file, of the ledger, and follows what planners say`() async throws {
    let program = try await Self.network(.sqlite)
    let file = try program.file("s.csv", holding: "series,period,quantity\na,1,5\na,2,6\na,3,5\na,4,7\n")
    let plain = try program.run("forecast", "--series", file, "--horizon", "2", "--format", "csv")
    let named = try program.run("forecast", "file", "--series", file, "--horizon", "2", "--format", "csv")
    #expect(plain.output.hasPrefix("series,step,mean,q0.1,q0.5,q0.9,q0.95\na,1,"))
    #expect(plain == named)
    let set = try program.run(
      "forecast",
      "scenario",
      "set",
      "--kit",
      "PCR-TEST",
      "--week",
      "2020-08-24",
      "--quantity",
      "4000",
      "--source",
      "ministry"
    )
    #expect(set.code == 0, "\(set.errors)")
    let ledger = try program.run(
      "forecast",
      "show",
      "--item",
      "SWAB-NP",
      "--as-of",
      "2020-08-16",
      "--horizon",
      "3",
      "--format",
      "csv"
    )
    let rows = ledger.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(rows.count == 10)
    #expect(rows[2][1...3] == ["(network)", "2020-08-24", "4000.000"])
    #expect(try program.run("forecast", "scenario", "remove", "1").code == 0)
    let refused = try program.run("forecast", "scenario", "remove", "1")
    #expect(refused.errors == "error: no scenario 1\n")
  }

  /// The seeds' network with the reports of a scenario.
  private static func network(_ backend: Backend) async throws -> Program {
    let program = try await Program.migrated(backend)
    let reports = Program.root.appending(path: "Tests/Scenarios/plan/surge-and-steady/reports.csv").path
    for arguments in [
      ["centre", "import", Program.seed("centres.csv")],
      ["category", "import", Program.seed("equipment_categories.csv")],
      ["item", "import", Program.seed("items.csv")], ["kit", "import", Program.seed("kits.csv")],
      ["kit", "import-components", Program.seed("kit_items.csv")],
    ] {
      let outcome = try program.run(arguments[0], arguments[1], arguments[2])
      #expect(outcome.code == 0, "\(arguments): \(outcome.errors)")
    }
    let outcome = try program.run("stock", "report", reports)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return program
  }
}
