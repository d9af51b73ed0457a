import Foundation
import Planning
import Testing

@Suite(.enabled(if: ReferenceInstances.isPresent, "reference instances are not here: skipped"))
struct ReferenceSitingTests {
  @Test(arguments: 1...14)
  func `a p-median of the OR-Library reaches its published optimum, proven`(number: Int) throws {
    let graph = try ReferenceInstances.read("pmed/pmed\(number)", as: BeasleyGraph.self)
    let plan = graph.problem.solve(.pMedian)
    #expect(plan.status == .optimal)
    #expect(plan.objective == Int128(graph.expected.pmedian_optimum))
    #expect(plan.bound == plan.objective)
    #expect(plan.sites.count == graph.p)
  }

  @Test(arguments: 1...10)
  func `a p-centre of the OR-Library reaches its published radius, proven`(number: Int) throws {
    let graph = try ReferenceInstances.read("pmed/pmed\(number)", as: BeasleyGraph.self)
    let plan = graph.problem.solve(.pCentre)
    #expect(plan.status == .optimal)
    #expect(plan.objective == Int128(graph.expected.pcenter_optimum))
  }

  @Test func `San Francisco's stores match the published values of four models`() throws {
    let city = try ReferenceInstances.read("spopt_sf/sf_16x205", as: SanFrancisco.self)
    var problem = city.problem
    #expect(problem.solve(.setCovering(limit: SanFrancisco.units(5000))).objective == 8)
    problem.sites = 4
    #expect(problem.solve(.maximalCovering(limit: SanFrancisco.units(5000))).objective == 875_247)
    let median = try #require(problem.solve(.pMedian).objective)
    #expect(abs(Double(median) / SanFrancisco.scale - 2_848_268_129.7145104) < 1)
    let centre = try #require(problem.solve(.pCentre).objective)
    #expect(abs(Double(centre) / SanFrancisco.scale - 7403.06) < 0.01)
  }
}

/// 205 census tracts and 16 stores, metres, held in millionths of a metre.
struct SanFrancisco: Decodable {
  static let scale = 1e6
  static func units(_ metres: Double) -> Int64 { Int64((metres * scale).rounded()) }

  let weights: [Int64]
  let cost: [[Double]]

  var problem: SitingProblem {
    let legs = cost.map { row in
      row.enumerated().map { TravelTable.Leg(site: $0.offset, time: Self.units($0.element)) }
    }
    return SitingProblem(times: TravelTable(siteCount: 16, legs: legs), weights: weights)
  }
}
