import Foundation
import Inventory
import Planning
import Procurement
import Storage
import TestSupport
import Testing

@testable import ProcureCommands

@Suite struct SeasonTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test(
    .enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"),
    arguments: Backend.available
  )
  func `the season reads the same on every engine, and is better by plans than by rules than alone`(
    backend: Backend
  ) async throws {
    let database = try await backend.migrated(Schema.migrations)
    let seeds = try Seeds(named: Self.root.appending(path: "seeds").path)
    let story = try await SeasonStory.played(with: seeds, on: database)
    try Program.write(story.text, for: "season.txt")
    let expected = try String(
      contentsOf: Self.root.appending(path: "Tests/Scenarios/season/expected.txt"),
      encoding: .utf8
    )
    let difference = zip(story.text.split(separator: "\n"), expected.split(separator: "\n")).first {
      $0 != $1
    }
    #expect(story.text == expected, "first difference: \(String(describing: difference))")

    // What leaves the house can be tried on it: an electronic order, a public record.
    let (order, record) = try await database.read { connection in
      let number = try #require(try PurchaseOrder.all(supplier: "aubepine", in: connection).first).header
        .number
      return (
        try OrderDocument.read(number, in: connection).ubl(),
        try Agreement.published("AC-2020-EPI", on: try #require(Day("2020-06-01")), in: connection)
      )
    }
    #expect(order.contains("(fictif)") && order.contains("<cbc:ID>"))
    #expect(record.marches.marche.count == 2)

    let (together, alone) = (story.together, story.alone)
    let byRules = try #require(story.byRules)
    #expect(together.short.count == 22)
    #expect(together.centreWeeks < byRules.centreWeeks)
    #expect(byRules.centreWeeks < alone.centreWeeks)
    #expect(together.missed < byRules.missed)
    #expect(together.spent < byRules.spent)
    #expect(byRules.spent < alone.spent)
  }
}
