import Foundation
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct SeasonTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test(arguments: Backend.available)
  func `the season reads the same, byte for byte, on every engine`(backend: Backend) async throws {
    let database = try await backend.migrated(Schema.migrations)
    let seeds = try Seeds(named: Self.root.appending(path: "seeds").path)
    let story = try await SeasonStory.played(with: seeds, on: database).text
    let expected = try String(
      contentsOf: Self.root.appending(path: "Tests/Scenarios/season/expected.txt"),
      encoding: .utf8
    )
    let difference = zip(story.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
    #expect(story == expected, "first difference: \(String(describing: difference))")
  }

  @Test func `the network runs out less often than its centres alone, and spends less`() async throws {
    let database = try await Backend.sqlite.migrated(Schema.migrations)
    let seeds = try Seeds(named: Self.root.appending(path: "seeds").path)
    let world = try SeasonWorld.read(from: seeds)
    let story = try await SeasonStory.played(with: seeds, on: database)
    #expect(world.weeks.count == 22)
    #expect(world.centres.count == 20)
    #expect(story.centreWeeksShort < story.centreWeeksShortAlone)
    #expect(story.spent < story.spentAlone)
  }
}
