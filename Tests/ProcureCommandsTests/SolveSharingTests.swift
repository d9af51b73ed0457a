import Foundation
import Inventory
import TestSupport
import Testing

@testable import Planning
@testable import ProcureCommands

/// Problems as files with the text that a buyer reads: one folder a case.
struct SolveSharingTests {
  @Test(arguments: Scenario.all(of: "allocation"))
  func `an allocation reads as written`(scenario: Scenario) throws {
    let report = try SolveAllocation.report(scenario.input, named: scenario.name)
    let comparison = try SolveAllocation.comparison(scenario.input, named: scenario.name)
    #expect(report.text(width: nil) + "\n" + comparison.text(width: nil) == scenario.expected)
  }

  @Test(arguments: Scenario.all(of: "rollout"))
  func `a rollout reads as written`(scenario: Scenario) throws {
    let report = try SolveRollout.report(scenario.input, named: scenario.name)
    try Program.write(report.text(width: nil), for: scenario.name.replacing("/", with: "-") + ".txt")
    #expect(report.text(width: nil) == scenario.expected)
  }

  @Test(arguments: Scenario.all(of: "transfers"))
  func `transfers read as written`(scenario: Scenario) throws {
    let report = try SolveTransfers.report(scenario.input, named: scenario.name)
    try Program.write(report.text(width: nil), for: scenario.name.replacing("/", with: "-") + ".txt")
    #expect(report.text(width: nil) == scenario.expected)
  }

  @Test func `every wrong line of a file is named at once, with what was found and expected`() throws {
    let text = """
      {
        "packSize": 0,
        "supply": 12.5,
        "ruel": "need",
        "centres": [
          {"centre": "berard", "dailyUse": "many", "stok": 3},
          {"centre": "curie", "priority": 0, "asked": null}
        ]
      }
      """
    let error = #expect(throws: ProblemFileError.self) {
      try SolveAllocation.report(text, named: "bad.json")
    }
    #expect(
      error?.findings.map { "\($0.line ?? 0) \($0.field): \($0.found)" } == [
        "2 packSize: 0", "3 supply: 12.5", "4 ruel: a key that is not known",
        "6 centres[0].dailyUse: many", "6 centres[0].stok: a key that is not known",
        "7 centres[1].priority: 0", "0 centres[1].dailyUse: nothing",
      ]
    )
    #expect(
      error?.findings.last?.expected == "the mean daily use, 0 if there is none, for the rule equalCover"
        && error?.description == "bad.json is not solved: 7 things are wrong with it"
    )
  }

  @Test func `text that is not JSON is refused on its line`() {
    let error = #expect(throws: ProblemFileError.self) {
      try SolveRollout.report("{\n  \"packSize\": 1,\n  packSize\n}", named: "bad.json")
    }
    #expect(error?.findings == [.init(line: 3, field: "JSON", found: "p", expected: "a key in quotes")])
  }

  @Test func `what the rule needs is asked for by its path`() {
    let error = #expect(throws: ProblemFileError.self) {
      try SolveAllocation.report(
        #"{"supply": 10, "centres": [{"centre": "berard"}]}"#,
        named: "x",
        rule: .baseline
      )
    }
    #expect(error?.findings.map(\.field) == ["centres[0].baseline"])
  }
}

struct Scenario: CustomTestStringConvertible, Sendable {
  var name: String
  var input: String
  var expected: String

  var testDescription: String { name }

  static func all(of kind: String) -> [Self] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/\(kind)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { name in
      func text(_ file: String) -> String {
        (try? String(contentsOf: folder.appending(path: "\(name)/\(file)"), encoding: .utf8)) ?? ""
      }
      return Self(name: "\(kind)/\(name)", input: text("input.json"), expected: text("expected.txt"))
    }
  }
}
