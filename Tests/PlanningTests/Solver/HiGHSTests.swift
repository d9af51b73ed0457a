import Foundation
import Planning
import Testing

@Suite(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
struct HiGHSTests {
  @Test func `a small integer model has its optimum and its bound`() throws {
    var model = LinearModel(.maximize, offset: 1)
    let x = model.addColumn(cost: 3, upper: 10, isInteger: true)
    let y = model.addColumn(cost: 2, upper: 10, isInteger: true)
    model.addRow([.init(2, x), .init(2, y)], upper: 9)
    let solution = try HiGHS().solve(model)
    #expect(solution.status == .optimal)
    #expect(solution.values == [4, 0])
    #expect(solution.objective == 13)
    #expect(solution.bound == 13)
  }

  @Test func `a linear model answers its row multipliers`() throws {
    var model = LinearModel(.minimize)
    let x = model.addColumn(cost: 3)
    let y = model.addColumn(cost: 2)
    model.addRow([.init(1, x), .init(1, y)], lower: 10)
    model.addRow([.init(1, y)], upper: 4)
    let solution = try HiGHS().solve(model)
    #expect(solution.values == [6, 4])
    #expect(solution.rowDuals == [3, -1])
  }

  @Test func `infeasible and unbounded are told apart`() throws {
    var impossible = LinearModel(.minimize)
    let n = impossible.addColumn(cost: 1, upper: 10, isInteger: true)
    impossible.addRow([.init(2, n)], lower: 3, upper: 3)
    #expect(try HiGHS().solve(impossible).status == .infeasible)

    var endless = LinearModel(.maximize)
    let m = endless.addColumn(cost: 1, isInteger: true)
    endless.addRow([.init(1, m)], lower: 3)
    #expect(try HiGHS().solve(endless).status == .unbounded)
  }

  @Test func `a model without columns is its offset`() throws {
    let solution = try HiGHS().solve(LinearModel(.minimize, offset: 7))
    #expect(solution.objective == 7)
    #expect(solution.status == .optimal)
  }

  @Test func `a start that is optimal is kept`() throws {
    let model = hardKnapsack(items: 12, rows: 2)
    let best = try HiGHS().solve(model)
    var options = SolverOptions(start: best.values)
    options.timeLimit = .seconds(20)
    #expect(try HiGHS().solve(model, options).objective == best.objective)
  }

  @Test func `a time limit returns a checked point and a bound`() throws {
    let model = hardKnapsack(items: 60, rows: 8)
    let solution = try HiGHS().solve(model, SolverOptions(timeLimit: .milliseconds(300)))
    let objective = try #require(solution.objective)
    #expect(model.isFeasible(solution.values))
    #expect(objective == model.objective(at: solution.values))
    #expect(try #require(solution.bound) >= objective)
  }

  @Test func `cancelling the task interrupts the search`() async throws {
    let model = hardKnapsack(items: 80, rows: 10)
    let task = Task { try await HiGHS().solution(of: model, SolverOptions(timeLimit: .seconds(60))) }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    #expect(try await task.value.status == .cancelled)
  }

  @Test func `several tasks solve at once without disturbing each other`() async throws {
    let models = (8..<16).map { hardKnapsack(items: $0, rows: 3) }
    let alone = try models.map { try HiGHS().solve($0).objective }
    let together = try await withThrowingTaskGroup(of: (Int, Double?).self) { group in
      for (index, model) in models.enumerated() {
        group.addTask { (index, try await HiGHS().solution(of: model).objective) }
      }
      return try await group.reduce(into: [Double?](repeating: nil, count: models.count)) {
        $0[$1.0] = $1.1
      }
    }
    #expect(together == alone)
  }

  /// A knapsack with `rows` weight limits, its numbers drawn by a fixed linear congruence.
  private func hardKnapsack(items: Int, rows: Int) -> LinearModel {
    var state: UInt64 = 12345
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33 % 900) + 100
    }
    var model = LinearModel(.maximize)
    let columns = (0..<items).map { _ in model.addBinary(cost: draw()) }
    for _ in 0..<rows {
      model.addRow(columns.map { .init(draw(), $0) }, upper: 275 * Double(items))
    }
    return model
  }
}
