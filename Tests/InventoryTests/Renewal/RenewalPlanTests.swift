import Planning
import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct RenewalInputTests {
  @Test(arguments: Backend.available)
  func `a machine whose age, state or life nobody knows is in no figure and is told`(backend: Backend)
    async throws
  {
    let input = try await RenewalFixture(backend).input(RenewalFixture.question)
    #expect(
      input.machines.map { "\($0.code) \($0.place) \($0.ageMonths)/\($0.lifeMonths)" } == [
        "n-linac north 132/120", "s-linac south 132/120", "s-young south 34/120", "n-mri north 48/120",
      ]
    )
    #expect(
      input.apart.map { "\($0.machine): \($0.reason.rawValue)" } == [
        "s-ct: no norm for its life", "s-ageless: age unknown", "s-lost: state unknown",
      ]
    )
    #expect(input.upgradeMonths == ["linac": 30])
    #expect(input.ageRule == RenewalProblem.AgeRule())
  }

  @Test(arguments: Backend.available)
  func `the digest is of the inputs: a price that changes changes it, asking again does not`(backend: Backend)
    async throws
  {
    let fixture = try await RenewalFixture(backend)
    let first = try await fixture.input(RenewalFixture.question).digest
    #expect(try await fixture.input(RenewalFixture.question).digest == first)
    try await fixture.database.write { connection in
      try RenewalFixture.price(
        RenewalFixture.prices.replacing("190000000", with: "180000000"),
        in: connection
      )
    }
    #expect(try await fixture.input(RenewalFixture.question).digest != first)
  }

  @Test(arguments: Backend.available)
  func `a later list of prices replaces the earlier one from its own day on`(backend: Backend) async throws {
    let fixture = try await RenewalFixture(backend)
    let later = """
      category_code,purpose,from_machines,valid_from,price_cents,source,certainty
      linac,purchase,1,\(RenewalFixture.day + 10),210000000,test,illustrative

      """
    let prices = try await fixture.database.write { connection in
      try RenewalFixture.price(later, in: connection)
      return try [RenewalFixture.day, RenewalFixture.day + 10].map { day in
        try MachinePrice.inForce(on: day, in: connection).filter { $0.category == "linac" }.map(\.price.cents)
      }
    }
    #expect(prices == [[200_000_000, 190_000_000], [210_000_000]])
  }

  @Test func `everything wrong in a question is told at once`() async throws {
    let question = RenewalQuestion(firstYear: 27, budgets: [], mostDown: 0, priority: [.gaps, .gaps])
    #expect(question.findings.map(\.field) == ["years", "from", "mostDown", "priority"])
  }

  @Test func `a budget's yearly parts add up to it`() {
    let parts = RenewalQuestion.parts(of: Money(cents: 1000), years: 7)
    #expect(parts.map(\.cents) == [143, 143, 143, 143, 143, 143, 142])
  }
}

@Suite(.enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"))
struct RenewalPlanTests {
  private func plan(_ fixture: RenewalFixture, _ question: RenewalQuestion) async throws -> RenewalRecord {
    let input = try await fixture.input(question)
    let solved = try input.solved(with: HiGHS())
    return try await fixture.database.write { connection in
      try RenewalRecord.store(solved.report, for: input, solver: solved.solver, by: .test, in: connection)
    }
  }

  @Test(arguments: Backend.available)
  func `two centres that renew together pay the better tier, and the plan says what it saves`(
    backend: Backend
  ) async throws {
    let report = try await plan(RenewalFixture(backend), RenewalFixture.question).report
    #expect(
      report.lines.map { "\($0.year) \($0.action.rawValue) \($0.machine) \($0.price) -\($0.saving)" } == [
        "2027 renew n-linac 2,000,000.00 -100,000.00", "2027 renew s-linac 2,000,000.00 -100,000.00",
      ]
    )
    #expect(report.groups.map(\.centres) == [["north", "south"]])
    #expect(report.groups.map(\.saving.cents) == [20_000_000])
    #expect(report.cost.cents == 380_000_000)
    #expect(report.years.map(\.carried.cents) == [20_000_000, 20_000_000, 20_000_000])
    #expect(report.isProven)
    #expect(report.proofs.map(\.gapPerMillion) == [0, 0, 0, 0, 0])
    #expect(report.lines[0].effects.contains { $0.aim == .overLife && $0.change == 3 })
  }

  @Test(arguments: Backend.available)
  func `a plan reads back as it was made, and an altered one is found out`(backend: Backend) async throws {
    let fixture = try await RenewalFixture(backend)
    let made = try await plan(fixture, RenewalFixture.question)
    var read = try await fixture.database.read { try RenewalRecord.find(made.number, in: $0) }
    #expect(read == made)
    #expect(try read.faults == [])
    read.report.decisions[0] = nil
    #expect(try !read.faults.isEmpty)
    read = made
    read.input.machines[0].ageMonths -= 12
    #expect(try read.faults.contains("its inputs were altered"))
    let listed = try await fixture.database.read { try RenewalRecord.list(in: $0) }
    #expect(listed.map(\.number) == [made.number])
  }

  @Test func `a machine left past its life says why`() async throws {
    var question = RenewalFixture.question
    question.budgets = [Money(cents: 200_000_000)]
    let report = try await plan(RenewalFixture(.sqlite), question).report
    #expect(report.lines.count == 1)
    #expect(report.left.map(\.endsIn) == [2026])
    #expect(report.left.map(\.reason) == ["no budget is left for it beside what serves the aims better"])
  }

  @Test func `a gap that is stated is filled by a machine that is added`() async throws {
    var question = RenewalFixture.question
    question.priority = [.gaps, .cost]
    question.gaps = [.init(category: "mri", centre: "south", missing: 1, source: "a study")]
    let report = try await plan(RenewalFixture(.sqlite), question).report
    #expect(
      report.lines.map { "\($0.year) \($0.action.rawValue) \($0.machine) \($0.place)" } == [
        "2027 add new mri south"
      ]
    )
    #expect(report.years.map(\.missing) == [0, 0, 0])
  }
}
