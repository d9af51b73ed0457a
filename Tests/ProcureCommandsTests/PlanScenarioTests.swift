import Foundation
import Inventory
import Procurement
import Storage
import Tabular
import TestSupport
import Testing

@testable import ProcureCommands

/// Plans that a person can read: a folder of reports, and what is planned from them on the seeds' network.
@Suite struct PlanScenarioTests {
  @Test(arguments: Backend.available, ["surge-and-steady"])
  func `a plan reads as written`(backend: Backend, scenario: String) async throws {
    let folder = Program.root.appending(path: "Tests/Scenarios/plan/\(scenario)")
    let text = try await Self.told(folder, on: backend)
    try Program.write(text, for: "plan-\(scenario).txt")
    let expected = try String(contentsOf: folder.appending(path: "expected.txt"), encoding: .utf8)
    let difference = zip(text.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
    #expect(text == expected, "first difference: \(String(describing: difference)); the whole:\n\(text)")
  }

  private static func told(_ folder: URL, on backend: Backend) async throws -> String {
    let database = try await backend.migrated(Schema.migrations)
    let stamp = Stamp(actor: "planner", at: Instant(Day(rawValue: 18_491), hour: 8))
    try await Seeds(named: Program.root.appending(path: "seeds").path).load(into: database, by: stamp)
    let reports = try String(contentsOf: folder.appending(path: "reports.csv"), encoding: .utf8)
    _ = try await StockReports.take(.text(reports), by: stamp, in: database)
    let parameters = PlanParameters(asOf: stamp.at.day - 1, horizon: 4, paths: 100)
    let (run, watch) = try await PlanRun.planAndWatch(parameters, by: stamp, in: database)
    return try await database.read { connection in
      let lines = try PlanLine.list(of: run.id, in: connection)
      let kits = try PlanKit.list(of: run.id, in: connection)
      let alerts = try ShortageAlert.list(in: connection)
      return lines.map { PlanExplanation(run: run, line: $0).text }.joined(separator: "\n")
        + "\n" + TextTable(PlanKit.columns, rows: kits.map(\.cells)).text()
        + "\nalerts: \(watch.opened) opened\n"
        + TextTable(ShortageAlert.columns, rows: alerts.map(\.cells)).text()
    }
  }
}
