import Foundation
import Planning
import Testing

@Suite(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
struct KnapsackReferenceTests {
  struct Collection: Decodable {
    struct Problem: Decodable {
      struct Expected: Decodable { let optimum: Double }
      let profit: [Double]
      let weights: [[Double]]
      let capacity: [Double]
      let expected: Expected
    }
    let problems: [Problem]
  }

  static let path = "instances/knapsack/mknap1.json"

  @Test(
    .enabled(
      if: ReferenceData.isPresent(path),
      "Petersen's knapsacks are not here: see PROCURE_REFERENCE_DATA"
    )
  )
  func `the seven knapsacks of Petersen 1967 have their published optima`() throws {
    let data = try Data(contentsOf: ReferenceData.url(Self.path))
    let problems = try JSONDecoder().decode(Collection.self, from: data).problems
    let found = try problems.map { problem in
      var model = LinearModel(.maximize)
      let columns = problem.profit.map { model.addBinary(cost: $0) }
      for (weights, capacity) in zip(problem.weights, problem.capacity) {
        model.addRow(columns.map { .init(weights[$0], $0) }, upper: capacity)
      }
      return (try HiGHS().solve(model).objective ?? .nan).rounded(.toNearestOrEven, places: 6)
    }
    #expect(found == problems.map { $0.expected.optimum.rounded(.toNearestOrEven, places: 6) })
    #expect(problems.count == 7)
  }
}

extension Double {
  fileprivate func rounded(_ rule: FloatingPointRoundingRule, places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    return (self * scale).rounded(rule) / scale
  }
}
