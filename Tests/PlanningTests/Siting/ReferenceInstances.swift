import Foundation
import Planning

/// Other people's instances with known optima, read from where they lie and never copied here.
enum ReferenceInstances {
  static let folder = ProcessInfo.processInfo.environment["PROCURE_REFERENCE_DATA"] ?? "../shared"
  static var isPresent: Bool { FileManager.default.fileExists(atPath: "\(folder)/instances/pmed/pmed1.json") }

  static func read<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/instances/\(path).json"))
    return try JSONDecoder().decode(Value.self, from: data)
  }
}

/// An OR-Library p-median graph (Beasley 1985): every vertex is a client of weight one and a candidate.
struct BeasleyGraph: Decodable {
  struct Expected: Decodable {
    let pmedian_optimum: Int
    let pcenter_optimum: Int
  }

  let n: Int
  let p: Int
  let edges: [[Int]]
  let expected: Expected

  /// Shortest paths between all pairs (Floyd 1962); of edges given twice the last counts.
  var problem: SitingProblem {
    let far = Int.max / 4
    var distance = [[Int]](repeating: [Int](repeating: far, count: n), count: n)
    for i in 0..<n { distance[i][i] = 0 }
    for edge in edges {
      distance[edge[0] - 1][edge[1] - 1] = edge[2]
      distance[edge[1] - 1][edge[0] - 1] = edge[2]
    }
    for k in 0..<n {
      let through = distance[k]
      for i in 0..<n where distance[i][k] < far {
        let first = distance[i][k]
        for j in 0..<n where first + through[j] < distance[i][j] { distance[i][j] = first + through[j] }
      }
    }
    let legs = distance.map { row in
      row.enumerated().map { TravelTable.Leg(site: $0.offset, time: Int64($0.element)) }
    }
    var problem = SitingProblem(
      times: TravelTable(siteCount: n, legs: legs),
      weights: [Int64](repeating: 1, count: n)
    )
    problem.sites = p
    return problem
  }
}
