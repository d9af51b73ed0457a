import Foundation
import Inventory
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct PlanningStoryTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test(arguments: Backend.available)
  func `the register's gaps, ages, access and next sites read the same on every engine`(
    backend: Backend
  ) async throws {
    let database = try await backend.migrated(Schema.migrations)
    let seeds = try Seeds(named: Self.root.appending(path: "seeds").path)
    try await seeds.load(into: database, by: .test)
    let story = try await PlanningStory.told(with: seeds, on: database)
    let file = Self.root.appending(path: "Tests/Scenarios/equipment/expected.txt")
    let expected = try String(contentsOf: file, encoding: .utf8)
    let difference = zip(story.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
    #expect(story == expected, "first difference: \(String(describing: difference))")
  }
}
