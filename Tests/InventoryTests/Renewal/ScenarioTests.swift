import Planning
import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct ScenarioTests {
  private func fixture(_ backend: Backend, _ changes: [WhatIf.Change]) async throws -> RenewalFixture {
    let fixture = try await RenewalFixture(backend)
    _ = try await fixture.database.write { connection in
      _ = try WhatIf.start("s", title: "What if", by: .test, in: connection)
      return try WhatIf.set("s", changes, by: .test, in: connection)
    }
    return fixture
  }

  @Test(arguments: Backend.available)
  func `a what-if is laid over the register and changes nothing in it`(backend: Backend) async throws {
    let fixture = try await fixture(
      backend,
      [
        .init(.withdraw, subject: "n-linac"), .init(.makerGone, subject: "Beta"),
        .init(.budget, amount: 800), .init(.newCentre, subject: "west"),
        .init(.need, subject: "west", category: "linac", amount: 2),
        .init(.price, category: "linac", amount: 1100),
      ]
    )
    let plain = try await fixture.input(RenewalFixture.question)
    let what = try await fixture.input(RenewalFixture.question, under: "s")
    #expect(what.machines.map(\.code) == ["s-linac", "s-young", "n-mri"])
    #expect(what.machines.map(\.lifeMonths) == [120, 34, 48])
    #expect(what.question.budgets.map(\.cents) == [320_000_000, 0, 0])
    #expect(
      what.question.gaps.map { "\($0.centre) \($0.category) \($0.missing)" } == [
        "west linac 2", "north linac 1",
      ]
    )
    #expect(what.prices.map(\.price.cents) == [220_000_000, 209_000_000, 100_000_000])
    #expect(what.digest(beside: plain))
    let again = try await fixture.input(RenewalFixture.question)
    #expect(again == plain)
    #expect(again.machines.count == 4)
  }

  @Test(arguments: Backend.available)
  func `everything wrong in a change is told at once and nothing is changed`(backend: Backend) async throws {
    let fixture = try await fixture(backend, [])
    let wrong: [WhatIf.Change] = [
      .init(.withdraw, subject: "nothing"), .init(.makerGone, subject: "Nobody"),
      .init(.newCentre, subject: "north"), .init(.need, subject: "east", category: "linac", amount: 1),
      .init(.price, category: "sonar", amount: 1000),
    ]
    let error = await #expect(throws: ScenarioError.self) {
      _ = try await fixture.database.write { try WhatIf.set("s", wrong, by: .test, in: $0) }
    }
    #expect(error?.findings.map(\.found) == ["nothing", "Nobody", "north", "east", "sonar"])
    #expect(try await fixture.database.read { try WhatIf.find("s", in: $0) }.changes == [])
  }

  @Test(arguments: Backend.available)
  func `who changes a version that is gone is refused, and of many at once none is lost`(backend: Backend)
    async throws
  {
    let fixture = try await fixture(backend, [])
    let codes = ["n-linac", "s-linac", "s-young", "n-mri", "s-lost", "s-ct"]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for code in codes {
        group.addTask {
          _ = try await fixture.database.write {
            try WhatIf.set("s", [.init(.withdraw, subject: code)], by: .test, in: $0)
          }
        }
      }
      try await group.waitForAll()
    }
    let scenario = try await fixture.database.read { try WhatIf.find("s", in: $0) }
    #expect(scenario.version == 8)
    #expect(scenario.changes.map(\.subject) == codes.sorted())
    await #expect(throws: ScenarioError.changedMeanwhile("s", expected: 7, found: 8)) {
      _ = try await fixture.database.write { try WhatIf.set("s", [], ifAt: 7, by: .test, in: $0) }
    }
  }

  @Test(arguments: Backend.available)
  func `a scenario that is removed is gone, and the log remembers it`(backend: Backend) async throws {
    let fixture = try await fixture(backend, [.init(.budget, amount: 500)])
    try await fixture.database.write { try WhatIf.remove("s", by: .test, in: $0) }
    await #expect(throws: ScenarioError.noSuchScenario("s")) {
      try await fixture.database.read { try WhatIf.find("s", in: $0) }
    }
    #expect(try await fixture.database.read { try WhatIf.all(in: $0) } == [])
  }

  @Test(.enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"))
  func `half the money renews one of two machines`() async throws {
    let fixture = try await fixture(.sqlite, [.init(.budget, amount: 500)])
    let evaluator = RenewalEvaluator(question: RenewalFixture.question, solver: try HiGHS())
    let columns = try await fixture.database.read { connection in
      try [nil, WhatIf.find("s", in: connection)].map {
        try evaluator.prepare($0, on: RenewalFixture.day, in: connection)
      }
    }.map { try $0() }
    let renewed = columns.map { figures in figures.first { $0.name == "renewed" }?.value }
    #expect(renewed == ["2", "1"])
  }
}

extension RenewalInput {
  /// Whether the two are told apart by their digests.
  fileprivate func digest(beside other: RenewalInput) -> Bool {
    let (mine, others) = (try? digest, try? other.digest)
    return mine != nil && mine != others
  }
}
