import Inventory
import Planning
import Storage
import Tabular
import TestSupport
import Testing

@testable import Procurement

@Suite struct AllocationQuestionTests {
  @Test(arguments: Backend.available)
  func `stocks and uses come from the reports, and every centre ends level`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 280, left: 50)
    try await network.reported(2, used: 560, left: 0)
    try await network.reported(3, used: 280, left: 300)
    var question = AllocationQuestion.swabs(AllocationQuestion.stated(250))
    question.coverTarget = 28
    let decision = try await network.decide(question)
    #expect(
      decision.lines.map { "\($0.centre) \($0.stock) \($0.quantity)" } == [
        "berard 50 50", "curie 0 200", "ico 300 0",
      ]
    )
    #expect(decision.lines.map(\.coverBefore) == [5, 0, 30])
    #expect(decision.lines.map(\.coverAfter) == [10, 10, 30])
    #expect(decision.lines.map(\.reason) == ["raised-to-level", "raised-to-level", "need-met"])
    #expect(decision.deliveries.map(\.quantity) == [Quantity(250)])
  }

  @Test(arguments: Backend.available, [AllocationRule.equalCover, .need, .baseline, .priority])
  func `a request inflated above the declared baseline gains nothing`(
    backend: Backend,
    rule: AllocationRule
  ) async throws {
    let network = try await Network(backend)
    for centre in Int64(1)...3 { try await network.reported(centre, used: 280, left: 20 * centre) }
    for centre: Centre.Code in ["berard", "curie", "ico"] {
      try await network.declare(.swab(centre, baseline: 280))
    }
    let honest: [(Centre.Code, Int64)] = [("berard", 280), ("curie", 280), ("ico", 280)]
    let inflated: [(Centre.Code, Int64)] = [("berard", 280), ("curie", 2_800), ("ico", 280)]
    let supply = AllocationQuestion.stated(300)
    let one = try await network.decide(.swabs(supply, key: "honest", rule: rule, asked: honest))
    let two = try await network.decide(.swabs(supply, key: "inflated", rule: rule, asked: inflated))
    #expect(one.lines.map(\.quantity) == two.lines.map(\.quantity))
    #expect(two.lines.map(\.asked) == [Quantity(280), Quantity(2_800), Quantity(280)])
    #expect(two.lines.map(\.need) == [Quantity(280), Quantity(280), Quantity(280)])
  }

  @Test(arguments: Backend.available)
  func `a baseline declared after the shortage began does not count where terms are taken as of before`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 280, left: 0)
    try await network.reported(2, used: 280, left: 0)
    try await network.declare(.swab("berard", baseline: 280), .swab("curie", baseline: 280))
    try await network.declare(.swab("curie", baseline: 840, from: Network.day - 1))
    var question = AllocationQuestion.swabs(AllocationQuestion.stated(200), key: "late", rule: .baseline)
    #expect(try await network.decide(question).lines.map(\.quantity) == [Quantity(50), Quantity(150)])
    question.key = "as of"
    question.termsAsOf = Network.day - 30
    #expect(try await network.decide(question).lines.map(\.quantity) == [Quantity(100), Quantity(100)])
  }

  @Test(arguments: Backend.available)
  func `classes are served in order after everyone's floor, and the reserve stays`(backend: Backend)
    async throws
  {
    let network = try await Network(backend)
    for centre in Int64(1)...3 { try await network.reported(centre, used: 280, left: 0) }
    try await network.declare(
      .swab("berard", baseline: 280, priority: 2, floor: 20),
      .swab("curie", baseline: 280, priority: 1),
      .swab("ico", baseline: 280, priority: 2)
    )
    var question = AllocationQuestion.swabs(AllocationQuestion.stated(400), rule: .priority)
    question.reserve = Quantity(50)
    question.floor = Quantity(10)
    let decision = try await network.decide(question)
    #expect(decision.lines.map(\.quantity) == [Quantity(40), Quantity(280), Quantity(30)])
    #expect(decision.reserve == Quantity(50))
    #expect(decision.lines.map(\.floor) == [Quantity(20), Quantity(10), Quantity(10)])
  }

  @Test(arguments: Backend.available)
  func `nobody is given more than it can use before the product expires`(backend: Backend) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 28, left: 0)
    try await network.reported(2, used: 560, left: 0)
    let supply = AllocationQuestion.Supply.stated(
      Quantity(200),
      packUnits: Quantity(5),
      expiry: Network.day + 6
    )
    var question = AllocationQuestion.swabs(supply, rule: .need)
    question.coverTarget = 100
    let decision = try await network.decide(question)
    #expect(decision.lines.map(\.quantity) == [Quantity(5), Quantity(140)])
    #expect(decision.lines.map(\.reason) == ["expiry-cap", "expiry-cap"])
    #expect(decision.leftOver == Quantity(55))
  }

  @Test(arguments: Backend.available)
  func `the rules stand side by side before one is chosen, and nothing is kept of it`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 280, left: 100)
    try await network.reported(2, used: 560, left: 0)
    let question = AllocationQuestion.swabs(
      AllocationQuestion.stated(300),
      asked: [("berard", 280), ("curie", 560)]
    )
    let compared = try await network.database.read { try question.compare(in: $0) }
    let quantities = compared.allocations.map {
      "\($0.rule) \($0.totals.map(\.quantity)) \($0.totals.map { $0.short ?? -1 })"
    }
    #expect(
      quantities == [
        "equalCover [40, 260] [240, 300]", "need [100, 200] [180, 360]", "priority [40, 260] [240, 300]",
        "equalAwards [150, 150] [130, 410]", "equalLosses [10, 290] [270, 270]",
        "talmud [140, 160] [140, 400]",
      ]
    )
    #expect(compared.lacking.map(\.rule) == [.baseline])
    #expect(compared.lacking.first?.findings.map(\.field) == ["berard, baseline", "curie, baseline"])
    #expect(compared.absent == ["ico"])
    #expect(try await network.database.read { try AllocationDecision.list(in: $0) }.isEmpty)
  }

  @Test(arguments: Backend.available)
  func `everything that is wrong with a question is told, by the centre's name`(backend: Backend) async throws
  {
    let network = try await Network(backend)
    let question = AllocationQuestion.swabs(AllocationQuestion.stated(100), asked: [("berard", 10)])
    let unknown = Finding(
      field: "berard, dailyUse",
      found: "nothing",
      expected: "the mean daily use, 0 if there is none, for the rule equalCover"
    )
    await #expect(throws: AllocationError.invalid([unknown])) { try await network.decide(question) }
    var wrong = AllocationQuestion.swabs(AllocationQuestion.stated(100, pack: 0))
    wrong.minimumPacks = 0
    wrong.reason = " "
    let error = await #expect(throws: AllocationError.self) { try await network.decide(wrong) }
    #expect(error?.findings.map(\.field) == ["reason", "minimum packs", "pack"])
  }

  @Test(arguments: Backend.available)
  func `the same question is one decision whatever the stocks became, another is refused`(
    backend: Backend
  ) async throws {
    let network = try await Network(backend)
    try await network.reported(1, used: 280, left: 100)
    try await network.reported(2, used: 280, left: 0)
    var question = AllocationQuestion.swabs(AllocationQuestion.stated(100))
    let first = try await network.decide(question)
    try await network.reported(3, used: 280, left: 0)
    #expect(try await network.decide(question) == first)
    question.rule = .need
    await #expect(throws: AllocationError.keyDiffers("q1")) { try await network.decide(question) }
    #expect(try await network.database.read { try Audit.verify(in: $0).isSound })
  }

  @Test func `a table of terms is taken whole or not at all, every fault by its line`() async throws {
    let network = try await Network(.sqlite)
    let table = """
      sku,centre,starts_on,baseline_units,baseline_days,priority,floor,source
      SWAB,berard,2020-01-01,280,28,1,,pharmacy
      SWAB,nowhere,2020-01-01,280,,1,,pharmacy
      SWAB,curie,2020-01-01,,,0,,
      """
    let error = #expect(throws: SheetError.self) {
      try SharingTerms.entries(from: ByteInput(Array(table.utf8)))
    }
    #expect(
      error?.findings.map { "\($0.line ?? 0) \($0.field)" } == ["3 baseline_days", "4 priority", "4 source"]
    )
    let stranger = [SharingTermsEntry(line: 2, terms: .swab("nowhere", baseline: 1))]
    let finding = Finding(line: 2, field: "centre", found: "nowhere", expected: "a known centre")
    await #expect(throws: AllocationError.termsInvalid([finding])) {
      try await network.database.write { try SharingTerms.declare(stranger, by: Network.stamp, in: $0) }
    }
  }
}
