import Testing

@testable import Planning

struct MinimumCostFlowTests {
  private static let reference = "instances/flow_alloc/min_cost_flow_bhm.json"

  @Test(
    .enabled(if: ReferenceFile.exists(reference), "the reference instances are not beside the repository")
  )
  func `the textbook network of Bradley, Hax and Magnanti costs 150`() throws {
    let file = try ReferenceFile.object(Self.reference)
    let columns = try ["start", "end", "capacity", "unit_cost", "supply"].map {
      try #require(file[$0] as? [Int])
    }
    let supply = columns[4]
    var flow = MinimumCostFlow(nodes: supply.count + 2)
    for arc in columns[0].indices {
      flow.addArc(
        from: columns[0][arc],
        to: columns[1][arc],
        capacity: columns[2][arc],
        cost: columns[3][arc]
      )
    }
    for (node, amount) in supply.enumerated() where amount != 0 {
      let (source, sink) = (supply.count, supply.count + 1)
      flow.addArc(
        from: amount > 0 ? source : node,
        to: amount > 0 ? node : sink,
        capacity: abs(amount),
        cost: 0
      )
    }
    #expect(flow.send(.max, from: supply.count, to: supply.count + 1) == (20, 150))
  }

  @Test func `no assignment is cheaper than the flow's, with costs of either sign`() {
    var cases = SeededCases(seed: 41)
    for _ in 0..<200 {
      let size = cases.int(1...5)
      let costs = (0..<size).map { _ in (0..<size).map { _ in cases.int(-20...20) } }
      var flow = MinimumCostFlow(nodes: 2 * size + 2)
      for row in 0..<size {
        flow.addArc(from: 2 * size, to: row, capacity: 1, cost: 0)
        flow.addArc(from: size + row, to: 2 * size + 1, capacity: 1, cost: 0)
        for column in 0..<size {
          flow.addArc(from: row, to: size + column, capacity: 1, cost: costs[row][column])
        }
      }
      let found = flow.send(size, from: 2 * size, to: 2 * size + 1)
      #expect(found == (size, cheapest(costs[...], free: Set(0..<size))))
    }
  }

  private func cheapest(_ rows: ArraySlice<[Int]>, free: Set<Int>) -> Int {
    guard let row = rows.first else { return 0 }
    return free.map { row[$0] + cheapest(rows.dropFirst(), free: free.subtracting([$0])) }.min() ?? 0
  }
}
