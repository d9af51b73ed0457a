import Planning

/// An OR-Library p-median graph, as the siting problem and as the textbook's integer model.
struct Graph: Decodable {
  let n: Int
  let p: Int
  let edges: [[Int]]
  let expected: Expected

  struct Expected: Decodable {
    let pmedian_optimum: Int
    let pcenter_optimum: Int
  }

  /// Shortest paths between all pairs; of edges given twice the last counts.
  private var distances: [[Int]] {
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
    return distance
  }

  var problem: SitingProblem {
    let legs = distances.map { row in
      row.enumerated().map { TravelTable.Leg(site: $0.offset, time: Int64($0.element)) }
    }
    let table = TravelTable(siteCount: n, legs: legs)
    var problem = SitingProblem(times: table, weights: [Int64](repeating: 1, count: n))
    problem.sites = p
    return problem
  }

  /// min Σ d·x, Σ_j x_ij = 1, x_ij ≤ y_j, Σ y = p.
  var plainModel: LinearModel {
    var model = LinearModel(.minimize)
    let open = (0..<n).map { _ in model.addBinary() }
    for row in distances {
      let serve = row.map { model.addColumn(cost: Double($0), upper: 1) }
      model.addRow(serve.map { .init(1, $0) }, lower: 1, upper: 1)
      for (x, y) in zip(serve, open) { model.addRow([.init(1, x), .init(-1, y)], upper: 0) }
    }
    model.addRow(open.map { .init(1, $0) }, lower: Double(p), upper: Double(p))
    return model
  }
}
