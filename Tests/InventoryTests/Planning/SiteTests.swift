import Planning
import Storage
import TestSupport
import Testing

@testable import Inventory

@Suite struct SiteTests {
  private func question(_ objective: SiteQuestion.Objective, add: Int64 = 1) -> SiteQuestion {
    var question = SiteQuestion(
      category: "linac",
      objective: objective,
      limitMinutes: 60,
      on: PlanningFixture.day
    )
    question.add = add
    question.confirmedOnly = true
    return question
  }

  private func inputs(_ question: SiteQuestion, _ backend: Backend = .sqlite) async throws -> SiteInputs {
    try await PlanningFixture.database(backend).read { try SiteInputs.read(question, in: $0) }
  }

  @Test(arguments: Backend.available)
  func `the best site brings the most people within the limit`(backend: Backend) async throws {
    let answer = try await inputs(question(.coverage), backend).answer(SitingEffort())
    #expect(answer.isProven)
    #expect(answer.newSites.map(\.code) == ["beta"])
    #expect(answer.before.peopleWithin == 1_000_000 && answer.after.peopleWithin == 1_500_000)
    #expect(answer.peopleGained == 500_000 && answer.objective == 1_500_000 && answer.bound == 1_500_000)
    #expect(
      answer.nextBest == [.init(out: "beta", into: "gamma", change: -250_000, changeWithin: -250_000)]
    )
    #expect(answer.peopleApart == 100_000)
    #expect(answer.apart == [.init(department: "2A", name: "Island", people: 100_000)])
    #expect(
      answer.neighbours.map { "\($0.question): \($0.newSites.joined(separator: " "))" } == [
        "0 more instead of 1: ", "2 more instead of 1: beta gamma", "a limit of 54 minutes: beta",
        "a limit of 66 minutes: beta", "machines to confirm counted too: gamma",
        "a machine already at Beta: gamma",
      ]
    )
  }

  @Test func `every objective says what its neighbours cost in coverage`() async throws {
    for objective in [SiteQuestion.Objective.median, .centre] {
      let answer = try await inputs(question(objective)).answer(SitingEffort())
      #expect(answer.nextBest.allSatisfy { $0.changeWithin != nil })
      #expect(answer.neighbours.count >= 2 && answer.neighbours.allSatisfy { $0.peopleWithin != nil })
    }
  }

  @Test func `what makes a question impossible is told with what is missing`() async throws {
    let tooMany = await #expect(throws: SiteError.self) {
      try await inputs(question(.coverage, add: 5)).answer(SitingEffort())
    }
    #expect(tooMany?.code == "sites.too-few-candidates")
    #expect(
      tooMany?.description
        == "no plan: 5 more machines are asked for, each at another site, and 2 sites could take one"
    )
    var asked = question(.coverage, add: 2)
    asked.budget = Money(cents: 30)
    asked.candidates = try await inputs(question(.coverage)).sites.map { place in
      SiteQuestion.Candidate(place: place, cost: Money(cents: 40))
    }
    let poor = await #expect(throws: SiteError.self) { try await inputs(asked).answer(SitingEffort()) }
    #expect(poor?.code == "sites.budget-too-small")
    #expect(poor?.description.contains("short by at least 0.10 €") == true)
  }

  @Test(arguments: Backend.available)
  func `a budget takes the price that renewals take, and what must be built`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let day = PlanningFixture.day
    try await database.write { connection in
      let prices = "category_code,purpose,price_cents,source,certainty\nlinac,purchase,100,list,sourced\n"
      try MachinePrice.take(
        try MachinePrice.drafts(from: PlanningFixture.bytes(prices), validFrom: day),
        by: .test,
        in: connection
      )
      let norms =
        "category_code,norm,value,unit,source,certainty\nlinac,building-works,0.5,EUR,a site,sourced\n"
      try EquipmentCategory.Norm.take(
        try EquipmentCategory.Norm.drafts(from: PlanningFixture.bytes(norms), validFrom: day),
        by: .test,
        in: connection
      )
    }
    var asked = question(.coverage)
    asked.budget = Money(cents: 200)
    let inputs = try await database.read { [asked] in try SiteInputs.read(asked, in: $0) }
    #expect(inputs.price == Money(cents: 150))
    #expect(
      inputs.priceSource == "1.00 € for the machine (list; sourced), 0.5 EUR (a site; sourced) to build"
    )
    #expect(try inputs.answer(SitingEffort()).newSites.map(\.cost) == [Money(cents: 150)])
  }

  @Test func `what counts as standing is asked, not assumed`() async throws {
    var asked = question(.coverage)
    asked.confirmedOnly = false
    let answer = try await inputs(asked).answer(SitingEffort())
    #expect(answer.sites.filter { !$0.isNew }.map(\.code) == ["alpha", "beta"])
    #expect(answer.newSites.map(\.code) == ["gamma"])
  }

  @Test func `the shortest worst journey sends the machine to the middle`() async throws {
    let answer = try await inputs(question(.centre)).answer(SitingEffort())
    #expect(answer.newSites.map(\.code) == ["beta"])
    #expect(answer.after.longestSeconds == answer.objective)
    #expect(answer.isProven)
  }

  @Test(.enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"))
  func `the worst region decides for the few who are far`() async throws {
    let answer = try await inputs(question(.worstRegion)).answer(SitingEffort(), HiGHS())
    #expect(answer.newSites.map(\.code) == ["gamma"])
    #expect(answer.before.worstRegion == "Lower")
    #expect(answer.after.worstRegion == "Upper")
    #expect(
      answer.neighbours.map { "\($0.question): \($0.newSites.joined(separator: " "))" } == [
        "0 more instead of 1: ", "2 more instead of 1: beta gamma",
        "machines to confirm counted too: gamma", "a machine already at Gamma: beta",
      ]
    )
  }

  @Test(.enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"))
  func `each point of the worst region's curve is the answer for its number of machines`() async throws {
    let curve = try await inputs(question(.worstRegion)).curve(upTo: 3, SitingEffort(), HiGHS())
    #expect(curve.count > 2 && curve.allSatisfy(\.isProven))
    let means = curve.compactMap(\.objective)
    #expect(means == means.sorted(by: >))
    for point in curve.dropFirst() {
      let answer = try await inputs(question(.worstRegion, add: point.added)).answer(SitingEffort(), HiGHS())
      #expect(answer.objective == point.objective && answer.newSites.map(\.code) == point.newSites)
    }
    let budgets = [Money(cents: 39), Money(cents: 100)]
    var asked = question(.worstRegion)
    asked.add = nil
    asked.budget = budgets.last
    asked.candidates = try await inputs(question(.coverage)).sites.map {
      .init(place: $0, cost: Money(cents: 40))
    }
    let priced = try await inputs(asked).curve(upTo: 0, budgets: budgets, SitingEffort(), HiGHS())
    #expect(priced.map(\.added) == [0, 2] && priced.map(\.budget) == budgets)
    #expect(priced[0].objective == means.first)
  }

  @Test func `a curve of the worst region says what it lacks without a solver`() async throws {
    let inputs = try await inputs(question(.worstRegion))
    #expect(throws: SiteError.self) { try inputs.curve(upTo: 2, SitingEffort()) }
  }

  @Test func `without a solver the worst region's question says what it lacks`() async throws {
    let inputs = try await inputs(question(.worstRegion))
    #expect(throws: SiteError.self) { try inputs.answer(SitingEffort()) }
  }

  @Test func `a budget buys only what it pays for`() async throws {
    var asked = question(.coverage, add: 2)
    asked.budget = Money(cents: 100)
    let places = try await inputs(question(.coverage)).sites
    asked.candidates = places.map { place in
      SiteQuestion.Candidate(place: place, cost: Money(cents: place.code == "beta" ? 101 : 40))
    }
    let answer = try await inputs(asked).answer(SitingEffort())
    #expect(answer.newSites.map(\.code) == ["gamma"])
    #expect(answer.newSites.first?.cost == Money(cents: 40))
  }

  @Test func `a budget without a price is refused`() async throws {
    var asked = question(.coverage)
    asked.budget = Money(cents: 100)
    await #expect(throws: SiteError.noCost(category: "linac")) { try await inputs(asked) }
    asked.budget = nil
    asked.add = nil
    await #expect(throws: SiteError.unbounded) { try await inputs(asked) }
  }

  @Test func `weights take the place of people`() async throws {
    var asked = question(.coverage)
    asked.weights = ["03": 10, "02": 1]
    let answer = try await inputs(asked).answer(SitingEffort())
    #expect(answer.newSites.map(\.code) == ["gamma"] && answer.people == 11)
    asked.weights = ["99": 1]
    await #expect(throws: SiteError.unknownDepartments(["99"])) { try await inputs(asked) }
  }

  @Test func `more machines never cover fewer people`() async throws {
    let curve = try await inputs(question(.coverage)).curve(upTo: 3, SitingEffort())
    let covered = curve.compactMap(\.peopleWithin)
    #expect(covered == [1_000_000, 1_500_000, 1_750_000])
    #expect(curve.map(\.isProven) == [true, true, true])
  }

  @Test(arguments: Backend.available)
  func `a plan asked twice is kept once, and its question gives it again`(backend: Backend) async throws {
    let database = try await PlanningFixture.database(backend)
    let asked = question(.coverage)
    func plan() async throws -> SitePlan {
      let inputs = try await database.read { try SiteInputs.read(asked, in: $0) }
      return try SitePlan(inputs, inputs.answer(SitingEffort()), by: .test)
    }
    let first = try await plan()
    for _ in 1...2 { try await database.write { try first.store(by: .test, in: $0) } }
    let kept = try await database.read { try SitePlan.all(in: $0) }
    #expect(kept == [first])
    let again = try await plan()
    #expect(again == first)
    let entries = try await database.read { connection in
      try connection.query("SELECT count(*) FROM audit_entry WHERE action = 'siting.plan'")
        .map { try $0.decode(as: Int64.self) }
    }
    #expect(entries == [1])
    await #expect(throws: SiteError.noSuchPlan("SP-0")) {
      try await database.read { try SitePlan.find("SP-0", in: $0) }
    }
  }

  @Test func `other inputs make another plan`() async throws {
    let database = try await PlanningFixture.database(.sqlite)
    let asked = question(.coverage)
    let before = try await database.read { try SiteInputs.read(asked, in: $0) }.digest
    _ = try await database.write { connection in
      try Equipment.change(
        "a.1",
        to: .retired,
        since: PlanningFixture.day,
        reason: "worn out",
        by: PlanningFixture.stamp,
        in: connection
      )
    }
    let oneLeft = try await database.read { try SiteInputs.read(asked, in: $0) }.digest
    #expect(oneLeft == before, "another machine still stands at the site")
    _ = try await database.write { connection in
      try Equipment.change(
        "a.2",
        to: .retired,
        since: PlanningFixture.day,
        reason: "worn out",
        by: PlanningFixture.stamp,
        in: connection
      )
    }
    #expect(try await database.read { try SiteInputs.read(asked, in: $0) }.digest != before)
  }
}
