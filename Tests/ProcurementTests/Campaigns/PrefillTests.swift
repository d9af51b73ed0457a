import Foundation
import Inventory
import Storage
import TestSupport
import Testing

@testable import Procurement

@Suite struct PrefillTests {
  private static let terms = Campaign.Terms(
    code: "C-1",
    title: "Swabs",
    opens: Network.day,
    closes: Network.day + 7,
    neededBy: Network.day + 28,
    items: ["SWAB"]
  )

  @Test(arguments: Backend.available)
  func `a campaign is filled up to the plan's levels and what a centre entered stays`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    try await network.liveTenWeeks()
    let entered = Need(centre: "berard", item: "SWAB", quantity: Quantity(77), justification: "said so")
    try await network.database.write { connection in
      _ = try Campaign.start(Self.terms, by: Network.stamp, in: connection)
      _ = try Campaign.open("C-1", by: Network.stamp, in: connection)
      try Campaign.take([NeedEntry(need: entered)], for: "C-1", by: Network.stamp, in: connection)
    }
    await #expect(throws: CampaignError.noPlan("C-1", on: Network.day)) {
      try await network.prefill()
    }
    let run = try await network.plan()
    let filled = try await network.prefill()
    #expect(filled.plan == run.id.rawValue)
    let (lines, needs) = try await network.database.read { connection in
      (
        try PlanLine.list(of: run.id, .init(item: "SWAB"), in: connection).filter { $0.centre != nil },
        try Need.all(of: Campaign.find("C-1", in: connection).id, in: connection)
      )
    }
    #expect(needs.first { $0.centre == "berard" } == entered)
    #expect(lines.contains { $0.policy != nil })
    for line in lines where line.centre != "berard" {
      let need = needs.first { $0.centre == line.centre }
      let level = line.policy?.orderUpTo
      #expect(need?.quantity == level.map { max(.zero, $0 - line.usable - line.coming) })
      #expect(filled.unknown.contains { $0.centre == line.centre } == (level == nil))
    }
    #expect(try await network.prefill() == filled)
    for need in filled.needs {
      #expect(need.justification.hasPrefix("plan \(run.id.rawValue) of \(run.asOf): up to "))
      guard case .prefilled(let inputs) = need.origin else { continue }
      let kept = try JSONDecoder().decode(Inputs.self, from: Data(inputs.utf8))
      #expect(max(0, kept.orderUpTo - kept.usable - kept.coming) == need.quantity.units)
      #expect(kept.plan == run.id.rawValue)
    }
  }

  /// What a program reads of a computed need.
  private struct Inputs: Decodable {
    var plan: Int64
    var orderUpTo: Int64
    var usable: Int64
    var coming: Int64
  }
}

extension Network {
  fileprivate func prefill() async throws -> PrefilledNeeds {
    try await database.write { try Campaign.prefill("C-1", by: Network.stamp, in: $0) }
  }
}
