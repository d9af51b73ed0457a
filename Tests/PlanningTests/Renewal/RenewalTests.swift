import Foundation
import Planning
import Testing

@Suite(.enabled(if: (try? HiGHS()) != nil, "the solver library is not installed: skipped"))
struct RenewalTests {
  private static func machine(
    _ centre: String,
    age: Int?,
    price: Int64 = 100,
    years: ClosedRange<Int> = 0...1
  ) -> RenewalProblem.Machine {
    .init(
      centre: centre,
      category: "linac",
      age: age,
      expectedLife: 120,
      actions: [.init(.renew, payments: [price], benefits: [10, 6], allowedYears: years)]
    )
  }

  private static func renewed(_ year: Int) -> RenewalProblem.Decision { .init(action: 0, year: year) }

  @Test func `what the budget of the first year cannot pay waits for the second`() throws {
    let machines = [Self.machine("a", age: 130), Self.machine("b", age: 130)]
    let problem = RenewalProblem(years: 2, machines: machines, budgets: [100, 100])
    let answer = try problem.solve(.weighted([.benefit: 1]), with: HiGHS())
    let plan = try #require(answer.plan)
    #expect(plan.spending == [100, 100])
    #expect(plan.scores[.benefit] == 16)
    #expect(answer.stages.map(\.status) == [.optimal])
  }

  @Test func `money is kept for later only where it may be carried over`() throws {
    var problem = RenewalProblem(
      years: 2,
      machines: [Self.machine("a", age: 1, price: 150)],
      budgets: [100, 100]
    )
    #expect(try problem.solve(.weighted([.benefit: 1]), with: HiGHS()).plan?.decisions == [nil])
    problem.carriesOver = true
    #expect(try problem.solve(.weighted([.benefit: 1]), with: HiGHS()).plan?.decisions == [Self.renewed(1)])
  }

  @Test func `a centre keeps all but one of its machines running`() throws {
    let machines = [Self.machine("a", age: 130), Self.machine("a", age: 130)]
    var problem = RenewalProblem(years: 2, machines: machines, budgets: [1000, 1000])
    problem.mostDown = 1
    let plan = try #require(try problem.solve(.weighted([.benefit: 1]), with: HiGHS()).plan)
    #expect(Set(plan.decisions) == [Self.renewed(0), Self.renewed(1)])
  }

  @Test func `two bought together reach the tier that each alone cannot pay for`() throws {
    let machines = [Self.machine("a", age: 130, years: 0...0), Self.machine("b", age: 130, years: 0...0)]
    var problem = RenewalProblem(years: 2, machines: machines, budgets: [160, 0])
    problem.tiers = [.init(category: "linac", from: 2, discount: 20)]
    let plan = try #require(try problem.solve(.weighted([.benefit: 1]), with: HiGHS()).plan)
    #expect(plan.decisions == [Self.renewed(0), Self.renewed(0)])
    #expect(plan.spending == [160, 0])
    #expect(plan.saving == [40, 0])
  }

  @Test func `aims served in order never give up an earlier one`() throws {
    let machines = [Self.machine("a", age: 140), Self.machine("b", age: 20)]
    let problem = RenewalProblem(years: 2, machines: machines, budgets: [100, 0])
    let answer = try problem.solve(.lexicographic([.overLife, .ageRule, .cost]), with: HiGHS())
    let plan = try #require(answer.plan)
    #expect(plan.decisions == [Self.renewed(0), nil])
    #expect(plan.scores[.overLife] == 0)
    #expect(plan.scores[.ageRule] == 0)
    #expect(answer.stages.count == 3)
  }

  @Test(.enabled(if: ReferenceInstances.isPresent, "reference instances are not here: skipped"))
  func `the budget knapsacks of Petersen reach their optima`() throws {
    let knapsacks = try ReferenceInstances.read("knapsack/mknap1", as: Knapsacks.self)
    for knapsack in knapsacks.problems {
      let plan = try knapsack.renewal.solve(.weighted([.benefit: 1]), with: HiGHS()).plan
      #expect(plan?.scores[.benefit] == Int64((knapsack.expected.optimum * 10).rounded()))
    }
  }
}

/// Projects that each take something of every year's budget.
struct Knapsacks: Decodable {
  struct Knapsack: Decodable {
    struct Expected: Decodable { let optimum: Double }
    let n: Int
    let m: Int
    let profit: [Double]
    let weights: [[Double]]
    let capacity: [Double]
    let expected: Expected

    /// Every project starts in the first year; tenths, because some of the numbers have one decimal.
    var renewal: RenewalProblem {
      let machines = (0..<n).map { project in
        RenewalProblem.Machine(
          centre: "\(project)",
          category: "project",
          age: nil,
          expectedLife: 120,
          actions: [
            .init(
              .renew,
              payments: (0..<m).map { Self.tenths(weights[$0][project]) },
              benefits: [Self.tenths(profit[project])],
              allowedYears: 0...0
            )
          ]
        )
      }
      return RenewalProblem(years: m, machines: machines, budgets: capacity.map(Self.tenths))
    }

    private static func tenths(_ value: Double) -> Int64 { Int64((value * 10).rounded()) }
  }

  let problems: [Knapsack]
}
