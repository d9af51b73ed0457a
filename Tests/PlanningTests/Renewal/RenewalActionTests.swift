import Planning
import Testing

@Suite(.enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"))
struct RenewalActionTests {
  private typealias Machine = RenewalProblem.Machine

  private static func machine(
    at centre: String = "a",
    age: Int? = 100,
    isThere: Bool = true,
    down: Int64 = 0,
    _ actions: RenewalProblem.Action...
  ) -> RenewalProblem.Machine {
    .init(
      centre: centre,
      category: "mri",
      age: age,
      isThere: isThere,
      expectedLife: 120,
      downPerMille: down,
      actions: actions
    )
  }

  private static func action(_ kind: RenewalProblem.Kind, _ price: Int64) -> RenewalProblem.Action {
    .init(kind, payments: [price], allowedYears: 0...2)
  }

  @Test func `an upgrade makes a machine last longer and no younger`() throws {
    let machine = Self.machine(age: 100, Self.action(.upgrade(months: 24), 10), Self.action(.renew, 100))
    let problem = RenewalProblem(years: 3, machines: [machine], budgets: [10, 0, 0])
    let plan = try #require(try problem.solve(.lexicographic([.overLife, .cost]), with: HiGHS()).plan)
    #expect(plan.decisions == [.init(action: 0, year: 0)])
    #expect(plan.scores[.overLife] == 0)
    #expect(problem.bands(plan.decisions, year: 2) == AgeBands(months: [136]))
  }

  @Test func `a move fills one centre's gap and opens another's unless it can spare a machine`() throws {
    var problem = RenewalProblem(
      years: 3,
      machines: [Self.machine(Self.action(.move(to: "b"), 5))],
      budgets: [5, 0, 0]
    )
    problem.gaps = [
      .init(centre: "a", category: "mri", missing: -1), .init(centre: "b", category: "mri", missing: 1),
    ]
    let spare = try #require(try problem.solve(.lexicographic([.gaps, .cost]), with: HiGHS()).plan)
    #expect(spare.decisions == [.init(action: 0, year: 0)])
    #expect(spare.scores[.gaps] == 0)
    problem.gaps[0].missing = 0
    let bare = try #require(try problem.solve(.lexicographic([.gaps, .cost]), with: HiGHS()).plan)
    #expect(bare.decisions == [nil])
    #expect(bare.scores[.gaps] == 3)
  }

  @Test func `a machine that is added counts from its year on, for the gap and for the bands`() throws {
    let added = Self.machine(age: nil, isThere: false, Self.action(.add, 50))
    var problem = RenewalProblem(years: 3, machines: [added], budgets: [0, 50, 0])
    problem.gaps = [.init(centre: "a", category: "mri", missing: 1)]
    let plan = try #require(try problem.solve(.lexicographic([.gaps]), with: HiGHS()).plan)
    #expect(plan.decisions == [.init(action: 0, year: 1)])
    #expect(plan.scores[.gaps] == 1)
    #expect((0..<3).map { problem.bands(plan.decisions, year: $0).upToFive } == [0, 1, 1])
  }

  @Test func `one machine short of a tier is said, with what each would cost less`() {
    let machines = (0..<3).map { _ in Self.machine(Self.action(.renew, 100)) }
    var problem = RenewalProblem(years: 3, machines: machines, budgets: [300, 300, 300])
    problem.tiers = [
      .init(category: "mri", from: 2, discount: 10), .init(category: "mri", from: 3, discount: 25),
    ]
    let together = RenewalProblem.Decision(action: 0, year: 1)
    let plan = RenewalPlan(problem, decisions: [together, together, nil])
    #expect(plan.saving == [0, 20, 0])
    #expect(plan.groups.map { [$0.next?.more ?? 0, Int($0.next?.discount ?? 0)] } == [[1, 25]])
  }

  @Test func `each category may be held to the age rule by itself`() {
    var problem = RenewalProblem(
      years: 1,
      machines: [Self.machine(age: 12), Self.machine(age: 12), Self.machine(age: 150)],
      budgets: [0]
    )
    problem.machines[2].category = "ct"
    #expect(RenewalPlan(problem, decisions: [nil, nil, nil]).scores[.ageRule] == 1)
    problem.ageRule.isByCategory = true
    #expect(RenewalPlan(problem, decisions: [nil, nil, nil]).scores[.ageRule] == 2)
  }

  @Test(arguments: 0..<25)
  func `no plan of a small network is better, in the stated order, than the one found`(seed: UInt64) throws {
    var random = Draws(seed: seed)
    let problem = random.problem()
    let aims: [RenewalProblem.Aim] = [.gaps, .overLife, .ageRule, .downtime, .cost].shuffled(using: &random)
    let best = problem.enumerated().filter(\.faults.isEmpty).map { plan in aims.map { plan.scores[$0] ?? 0 } }
      .min { $0.lexicographicallyPrecedes($1) }
    let answer = try problem.solve(.lexicographic(aims), with: HiGHS())
    #expect(answer.isProven)
    #expect(answer.plan.map { plan in aims.map { plan.scores[$0] ?? 0 } } == best)
    for (stage, aim) in zip(answer.stages, aims) {
      let score = Double(answer.plan?.scores[aim] ?? -1)
      #expect(
        stage.bound.map { abs($0 - score) < 1e-3 } == true,
        "\(aim): \(String(describing: stage.bound))"
      )
    }
  }
}

extension RenewalProblem {
  /// Every plan there is.
  fileprivate func enumerated() -> [RenewalPlan] {
    let options: [[Decision?]] = machines.indices.map { [nil] + self.choices(of: $0) }
    let all = options.reduce([[]] as [[Decision?]]) { plans, next in
      plans.flatMap { plan in next.map { plan + [$0] } }
    }
    return all.map { RenewalPlan(self, decisions: $0) }
  }
}

/// Small problems, the same for a seed (Steele, Lea and Flood's SplitMix64).
private struct Draws: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    let first = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    let second = (first ^ (first >> 27)) &* 0x94D0_49BB_1331_11EB
    return second ^ (second >> 31)
  }

  mutating func problem() -> RenewalProblem {
    let machines = (0..<4).map { machine(number: $0) }
    let budgets = (0..<3).map { _ in Int64.random(in: 0...20, using: &self) * 10 }
    var problem = RenewalProblem(years: 3, machines: machines, budgets: budgets)
    problem.carriesOver = Bool.random(using: &self)
    problem.mostDown = Bool.random(using: &self) ? 1 : nil
    problem.tiers = [
      .init(category: "mri", from: 2, discount: Int64.random(in: 0...3, using: &self) * 10),
      .init(category: "mri", from: 3, discount: 40),
    ]
    problem.gaps = ["a", "b"].map { centre in
      .init(centre: centre, category: "mri", missing: Int64.random(in: -1...2, using: &self))
    }
    problem.ageRule.isByCategory = Bool.random(using: &self)
    return problem
  }

  private mutating func machine(number: Int) -> RenewalProblem.Machine {
    let centre = Bool.random(using: &self) ? "a" : "b"
    let isThere = number < 3
    let price = 10 * Int64.random(in: 5...12, using: &self)
    let span = 0...Int.random(in: 0...2, using: &self)
    let kept: [RenewalProblem.Action] = [
      .init(.renew, payments: [price, 10], allowedYears: span),
      .init(.upgrade(months: 24), payments: [30], allowedYears: 0...2),
      .init(.move(to: centre == "a" ? "b" : "a"), payments: [10], allowedYears: 1...2),
    ]
    return .init(
      centre: centre,
      category: number == 2 ? "ct" : "mri",
      age: isThere && number != 1 ? Int.random(in: 40...140, using: &self) : nil,
      isThere: isThere,
      expectedLife: 120,
      downPerMille: Int64.random(in: 0...90, using: &self),
      actions: isThere ? kept : [.init(.add, payments: [price], allowedYears: 0...2)]
    )
  }
}
