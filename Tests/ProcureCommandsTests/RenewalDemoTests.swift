import Foundation
import Inventory
import Planning
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct RenewalDemoTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let stamp = PlanningStory.stamp

  private static func loaded(_ backend: Backend) async throws -> (any Database, Seeds) {
    let database = try await backend.migrated(Schema.migrations)
    let seeds = try Seeds(named: root.appending(path: "seeds").path)
    try await seeds.load(into: database, by: stamp)
    return (database, seeds)
  }

  @Test(
    .enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"),
    arguments: Backend.available
  )
  func `the renewal plan of the public register reads the same on every engine`(backend: Backend) async throws
  {
    let (database, seeds) = try await Self.loaded(backend)
    _ = try await PlanningStory.told(with: seeds, on: database)
    let text = try await RenewalDemo.text(on: database, with: seeds, by: Self.stamp)
    let expected = try String(
      contentsOf: Self.root.appending(path: "Tests/Scenarios/renewal/expected.txt"),
      encoding: .utf8
    )
    let difference = zip(text.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
    try Program.write(text, for: "renewal.txt")
    #expect(text == expected, "first difference: \(String(describing: difference))")
    let record = try await database.read { try RenewalRecord.find(1, in: $0) }
    #expect(try record.faults == [])
  }

  @Test(arguments: Backend.available)
  func `the seeds of innovation load, and say who has what`(backend: Backend) async throws {
    let (database, seeds) = try await Self.loaded(backend)
    try await seeds.loadInnovations(into: database, by: Self.stamp)
    let rows = try await database.read { try WhoRow.all(in: $0) }
    let live = rows.first { $0.innovation == "chemo-robots" }?.centres["live"]
    #expect(live == ["gustave-roussy", "icans"])
    #expect(rows.map(\.innovation.rawValue).first == "home-monitoring")
    let sheet = try await database.read { try InnovationSheet("chemo-robots", in: $0) }
    #expect(sheet.machines.contains("gustave-roussy-chemo-robot-1"))
  }
}
