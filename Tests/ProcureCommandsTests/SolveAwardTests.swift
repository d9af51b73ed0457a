import Foundation
import Planning
import TestSupport
import Testing

@testable import ProcureCommands

/// Group orders as files with the text that a buyer reads: one folder a case.
@Suite(.enabled(if: (try? HiGHS()) != nil, "the HiGHS library is not installed: run scripts/install-highs"))
struct SolveAwardTests {
  @Test(arguments: Scenario.all(of: "award"))
  func `an award reads as written`(scenario: Scenario) throws {
    let problem = try AwardFile.problem(Data(scenario.input.utf8))
    let award = try AwardPlanner(try HiGHS()).award(problem)
    let report = AwardReport(award, problem, solver: "HiGHS", seconds: 0)
    #expect(report.text(width: nil) == scenario.expected)
  }

  /// The tables of a campaign, as a buyer would import them, and what the award and its explanation then say.
  @Test(arguments: CampaignScenario.all)
  func `a campaign's award reads as written`(scenario: CampaignScenario) async throws {
    let program = try await Program.migrated(.sqlite)
    #expect(try scenario.load(into: program) == [])
    let award = try program.run("campaign", "award", "C", "--max-share", "70")
    let explanation = try program.run("campaign", "explain", "C")
    let said = award.output + award.errors + explanation.output
    #expect(scenario.timeless(said) == scenario.expected)
  }

  @Test func `without the solver the award is refused and the greedy rule offered by its name`() async throws
  {
    let program = try await Program.migrated(.sqlite)
    let scenario = try #require(CampaignScenario.all.first)
    #expect(try scenario.load(into: program) == [])
    let refused = try program.run(
      "campaign",
      "award",
      "C",
      environment: ["PROCURE_HIGHS_LIBRARY": "/nowhere/libhighs.so.1"]
    )
    #expect(refused.code == 1)
    #expect(refused.output == "")
    #expect(refused.errors.contains("was not found"))
    #expect(refused.errors.contains("--rule greedy"))
    let show = try program.run("campaign", "show", "C", "--format", "csv")
    #expect(show.output.contains("state,closed"))
    #expect(try program.run("campaign", "award", "C", "--rule", "greedy").code == 0)
  }
}

/// A folder of tables: suppliers and everything that they offer, and what the centres need.
struct CampaignScenario: CustomTestStringConvertible, Sendable {
  let folder: URL

  var testDescription: String { folder.lastPathComponent }

  static var all: [Self] {
    let folder = Program.root.appending(path: "Tests/Scenarios/campaign")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { Self(folder: folder.appending(path: $0)) }
  }

  var expected: String {
    (try? String(contentsOf: folder.appending(path: "expected.txt"), encoding: .utf8)) ?? ""
  }

  /// Imports everything and closes the campaign C; returns what was refused.
  func load(into program: Program) throws -> [String] {
    func table(_ name: String) -> String { folder.appending(path: "\(name).csv").path }
    let steps = [
      ["centre", "import", Program.seed("centres.csv")], ["item", "import", Program.seed("items.csv")],
      ["supplier", "import", Program.seed("suppliers.csv")], ["agreement", "import", table("agreements")],
      ["agreement", "import-lots", table("lots"), "--holders", table("holders")],
      ["offer", "import", table("offers"), "--tiers", table("tiers")],
      ["campaign", "new", "C", "SWAB-NP", "VTM-3ML", "--title", "Winter"]
        + ["--opens", "2026-11-01", "--closes", "2028-12-31", "--needed-by", "2029-06-30"],
      ["campaign", "open", "C"], ["need", "import", table("needs"), "--campaign", "C"],
      ["campaign", "close", "C"],
    ]
    return try steps.compactMap { step in
      let outcome = try program.run(step)
      return outcome.code == 0 ? nil : outcome.errors
    }
  }

  /// Without the row that says how long it took and the digest of the day's input.
  func timeless(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("found by") }
      .joined(separator: "\n")
  }
}
