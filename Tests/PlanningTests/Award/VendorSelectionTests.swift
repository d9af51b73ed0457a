import Foundation
import Planning
import Testing

/// Forty vendors for forty items, at most five vendors: a model of jsLPSolver's test suite.
@Suite(.enabled(if: SolverLibrary.isExpected, SolverLibrary.absence))
struct VendorSelectionTests {
  struct Model: Decodable {
    struct Range: Decodable {
      var equal: Double?
      var min: Double?
      var max: Double?
    }
    let optimize: String
    let constraints: [String: Range]
    let variables: [String: [String: Double]]
    let binaries: [String: Int]
  }

  static let path = "instances/procurement/vendor_selection_jslpsolver.json"

  @Test(
    .enabled(if: ReferenceData.isPresent(path), "the vendor model is not here: see PROCURE_REFERENCE_DATA")
  )
  func `the vendor selection of jsLPSolver costs 1483`() throws {
    let given = try JSONDecoder().decode(Model.self, from: Data(contentsOf: ReferenceData.url(Self.path)))
    var model = LinearModel(.minimize)
    var rows: [String: [LinearModel.Term]] = [:]
    for (name, coefficients) in given.variables.sorted(by: { $0.key < $1.key }) {
      let isBinary = given.binaries[name] != nil
      let column = model.addColumn(
        cost: coefficients[given.optimize] ?? 0,
        upper: isBinary ? 1 : .infinity,
        isInteger: isBinary
      )
      for (row, coefficient) in coefficients where row != given.optimize {
        rows[row, default: []].append(.init(coefficient, column))
      }
    }
    for (name, range) in given.constraints.sorted(by: { $0.key < $1.key }) {
      model.addRow(
        rows[name] ?? [],
        lower: range.equal ?? range.min ?? -.infinity,
        upper: range.equal ?? range.max ?? .infinity
      )
    }
    let solution = try HiGHS().solve(model)
    #expect(solution.status == .optimal)
    #expect(abs((solution.objective ?? 0) - 1483) < 1e-9)
  }
}
