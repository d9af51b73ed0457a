import Foundation
import Planning
import Testing

/// Models on which some solver once lied or died, with the true answer.
@Suite(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
struct SolverRegressionTests {
  struct Expectation: Decodable {
    let status: String
    let objective: Double?
  }

  static let folder = "instances/solver_regressions"
  static let isPresent = ReferenceData.isPresent(folder + "/expected.json")

  @Test(
    .enabled(if: isPresent, "the reference models are not here: name their folder in PROCURE_REFERENCE_DATA")
  )
  func `every model that once defeated a solver has its true answer`() throws {
    let expectations = try JSONDecoder().decode(
      [String: Expectation].self,
      from: Data(contentsOf: ReferenceData.url(Self.folder + "/expected.json"))
    )
    #expect(expectations.count >= 15)
    for (name, expected) in expectations.sorted(by: { $0.key < $1.key }) {
      let model = try HiGHS().readModel(path: ReferenceData.url(Self.folder + "/" + name).path)
      let solution = try HiGHS().solve(model)
      if let objective = expected.objective {
        #expect(solution.status == .optimal, "\(name)")
        #expect(abs((solution.objective ?? .nan) - objective) < 1e-3, "\(name)")
      } else {
        #expect(solution.status == .infeasible, "\(name)")
      }
    }
  }
}
