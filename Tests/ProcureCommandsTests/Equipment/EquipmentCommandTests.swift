import Foundation
import TestSupport
import Testing

/// A planner's session on the public register: what the commands print, the same bytes on every engine.
@Suite struct EquipmentCommandTests {
  private func planned(_ backend: Backend) async throws -> Program {
    let program = try await Program.migrated(backend)
    let since = "--since=2020-01-01"
    let taken = [
      try program.run("centre", "departments", "import", Program.seed("departments.csv")),
      try program.run("centre", "import", Program.seed("centres.csv")),
      try program.run("category", "import", Program.seed("equipment_categories.csv")),
      try program.run("category", "import-norms", since, Program.seed("category_norms.csv")),
      try program.run("category", "import-norms", since, Program.seed("planning_norms.csv")),
      try program.run("equipment", "import", Program.seed("equipment.csv")),
      try program.run("equipment", "makers", "import", Program.seed("makers.csv")),
      try program.run("equipment", "activity", Program.seed("equipment_activity.csv")),
      try program.run("travel", "import", "--sea", Program.seed("crossings.csv")),
      try program.run("renewal", "import-prices", since, Program.seed("machine_prices.csv")),
    ]
    #expect(taken.allSatisfy { $0.code == 0 }, "\(taken.map(\.errors))")
    return program
  }

  @Test(arguments: Backend.available)
  func `a planner's session reads as written`(backend: Backend) async throws {
    let program = try await planned(backend)
    let day = ["--day", "2026-01-01"]
    let session = [
      ["gaps", "show", "--category", "mri-linac", "--by", "region"] + day,
      ["gaps", "show", "--category", "proton-therapy", "--explain"] + day,
      ["gaps", "age", "--category", "tomotherapy", "--machines"] + day,
      ["gaps", "access", "--category", "mri-linac", "--limits", "30,60"] + day,
      ["gaps", "access", "--category", "mri-linac", "--places", "--format", "csv"] + day,
      ["equipment", "survey", "--organisation", "icm"] + day,
      ["equipment", "makers"],
      ["travel", "show", "--origin", "2B"],
      ["sites", "best", "--category", "mri-linac", "--add", "2"] + day,
      ["sites", "best", "--category", "mri-linac", "--budget", "11M", "--objective", "median"] + day,
      ["sites", "curve", "--category", "mri-linac", "--budgets", "11M,21M"] + day,
    ]
    var text = ""
    for arguments in session {
      let outcome = try program.run(arguments)
      #expect(outcome.code == 0, "\(outcome.errors)")
      text += "$ procure \(arguments.joined(separator: " "))\n\(outcome.output)\n"
    }
    try Program.write(text, for: "equipment-session.txt")
    let file = Program.root.appending(path: "Tests/Scenarios/equipment/session.txt")
    let expected = try String(contentsOf: file, encoding: .utf8)
    let difference = zip(text.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
    #expect(text == expected, "first difference: \(String(describing: difference))")
  }

  @Test func `a plan that was kept is shown, asked again and drawn`() async throws {
    let program = try await planned(.sqlite)
    let asked = try program.run("sites", "best", "--category", "mri-linac", "--add", "1", "--svg", "map.svg")
    #expect(asked.code == 0)
    #expect(
      asked.errors == """
        Site not named in the register, taken: curie at curie-paris.
        256,518 people are in no sum, whatever sites are chosen: no journey is known from Mayotte (976) to any site.

        """
    )
    let unwritable = try program.run(
      "sites",
      "best",
      "--category",
      "mri-linac",
      "--add",
      "1",
      "--svg",
      "nowhere/map.svg"
    )
    #expect(unwritable.code == 1)
    #expect(unwritable.errors.contains("cannot write nowhere/map.svg: No such file or directory"))
    #expect(try program.text(of: "map.svg").hasPrefix("<svg "))
    let listed = try program.run("sites", "list", "--format", "csv").output.split(separator: "\n")
    #expect(listed.count == 2)
    let code = String(listed.last?.prefix { $0 != "," } ?? "")
    #expect(try program.run("sites", "show", code).output == asked.output)
    let again = try program.run("sites", "show", code, "--again", "--format", "csv").output
    #expect(again == "plan,inputs,answer,sites now\n\(code),the same,the same,oscar-lambret\n")
  }

  @Test func `what cannot be asked is refused with what was expected`() async throws {
    let program = try await planned(.sqlite)
    let unbounded = try program.run("sites", "best", "--category", "mri-linac")
    #expect(unbounded.code == 64 && unbounded.errors.contains("give --add, --budget, or both"))
    let unpriced = try program.run("sites", "best", "--category", "genomics", "--budget", "5M")
    #expect(unpriced.code == 1 && unpriced.errors.contains("“genomics” a purchase price"))
    let stranger = try program.run("gaps", "show", "--category", "spaceship")
    #expect(stranger.code == 1 && stranger.errors.contains("spaceship"))
    let weights = try program.file("w.csv", holding: "origin,weight\n01,3\n02,1\n01,4\n")
    let twice = try program.run(
      "sites",
      "best",
      "--category",
      "mri-linac",
      "--add",
      "1",
      "--weights",
      weights
    )
    #expect(twice.code == 1 && twice.errors.contains("line 4, origin: found “01”"))
    #expect(twice.errors.contains("each origin once: it stands on line 2 already"))
    let both = try program.run(
      "sites",
      "curve",
      "--category",
      "mri-linac",
      "--up-to",
      "2",
      "--budgets",
      "11M"
    )
    #expect(both.code == 64 && both.errors.contains("give --up-to or --budgets, not both"))
    let times = try program.file("t.csv", holding: "origin,destination,minutes\n01,berard,soon\n,berard,3\n")
    let refused = try program.run("travel", "import", times)
    #expect(refused.code == 1)
    #expect(refused.errors.contains("line 2, minutes: found “soon”"))
    #expect(refused.errors.contains("line 3, origin: found nothing"))
    #expect(try program.run("travel", "fetch", "ftp://x").code == 64)
  }
}
