/// Minimum-cost flow in integers, by successive shortest paths with potentials, many paths at a time.
///
/// Ahuja, Magnanti and Orlin, "Network Flows" (1993), sections 9.7 and 9.8. Costs may be negative as long as
/// no cycle is. Every phase finds the shortest distances once (Dijkstra on reduced costs) and then sends as
/// much as fits along all shortest paths at once (Dinic's level search), so the number of phases is the
/// number of distinct path costs, not of paths: O(k·(m log n + n·m)) for k costs, n nodes and m arcs.
/// Longer than an ordinary type: a solver kernel.
package struct MinimumCostFlow: Sendable {
  private var heads: [Int] = []
  private var capacities: [Int] = []
  private var costs: [Int] = []
  private var adjacency: [[Int]]

  package init(nodes: Int) { adjacency = Array(repeating: [], count: nodes) }

  package var nodes: Int { adjacency.count }
  package var arcs: Int { heads.count / 2 }

  package mutating func addNode() -> Int {
    adjacency.append([])
    return adjacency.count - 1
  }

  /// Adds an arc and gives its number, by which `flow(on:)` is asked.
  @discardableResult
  package mutating func addArc(from tail: Int, to head: Int, capacity: Int, cost: Int) -> Int {
    let arc = heads.count
    heads += [head, tail]
    capacities += [capacity, 0]
    costs += [cost, -cost]
    adjacency[tail].append(arc)
    adjacency[head].append(arc + 1)
    return arc
  }

  package func flow(on arc: Int) -> Int { capacities[arc ^ 1] }

  /// Sends at most `amount` from `source` to `sink` as cheaply as that amount, or the largest that fits, can.
  ///
  /// - Returns: how much was sent, and its cost.
  package mutating func send(_ amount: Int, from source: Int, to sink: Int) -> (sent: Int, cost: Int) {
    var potentials = distancesAllowingNegativeCosts(from: source)
    var (sent, cost) = (0, 0)
    while sent < amount {
      guard raise(&potentials, from: source, to: sink) else { break }
      let more = sendAlongShortest(amount - sent, from: source, to: sink, potentials: potentials)
      sent += more
      cost += more * (potentials[sink] - potentials[source])
    }
    return (sent, cost)
  }

  private static let unreachable = Int.max / 4

  /// Bellman and Ford with a queue: needed once, for the arcs with negative costs.
  private func distancesAllowingNegativeCosts(from source: Int) -> [Int] {
    var distances = Array(repeating: Self.unreachable, count: nodes)
    var isQueued = Array(repeating: false, count: nodes)
    var queue = [source]
    distances[source] = 0
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      isQueued[node] = false
      for arc in adjacency[node] where capacities[arc] > 0 {
        let distance = distances[node] + costs[arc]
        guard distance < distances[heads[arc]] else { continue }
        distances[heads[arc]] = distance
        if !isQueued[heads[arc]] {
          isQueued[heads[arc]] = true
          queue.append(heads[arc])
        }
      }
    }
    return distances
  }

  /// Moves the potentials to the shortest distances of the residual network; false when the sink is cut off.
  private func raise(_ potentials: inout [Int], from source: Int, to sink: Int) -> Bool {
    var distances = Array(repeating: Self.unreachable, count: nodes)
    distances[source] = 0
    var queue = MinHeap([Visit(distance: 0, node: source)])
    while let visit = queue.popMinimum() {
      guard visit.distance == distances[visit.node] else { continue }
      for arc in adjacency[visit.node] where capacities[arc] > 0 && potentials[heads[arc]] < Self.unreachable
      {
        let reduced = costs[arc] + potentials[visit.node] - potentials[heads[arc]]
        let distance = visit.distance + reduced
        guard distance < distances[heads[arc]] else { continue }
        distances[heads[arc]] = distance
        queue.insert(Visit(distance: distance, node: heads[arc]))
      }
    }
    guard distances[sink] < Self.unreachable else { return false }
    for node in potentials.indices where potentials[node] < Self.unreachable {
      potentials[node] += min(distances[node], distances[sink])
    }
    return true
  }

  private struct Visit: Comparable {
    var distance: Int
    var node: Int

    static func < (a: Self, b: Self) -> Bool { (a.distance, a.node) < (b.distance, b.node) }
  }

  /// A maximum flow on the arcs whose reduced cost is zero.
  private mutating func sendAlongShortest(
    _ amount: Int,
    from source: Int,
    to sink: Int,
    potentials: [Int]
  ) -> Int {
    var sent = 0
    while sent < amount {
      let levels = levels(from: source, potentials: potentials)
      guard levels[sink] >= 0 else { break }
      var turns = Array(repeating: 0, count: nodes)
      while sent < amount {
        let more = push(amount - sent, from: source, to: sink, levels, potentials, &turns)
        guard more > 0 else { break }
        sent += more
      }
    }
    return sent
  }

  private func isTight(_ arc: Int, from tail: Int, _ potentials: [Int]) -> Bool {
    capacities[arc] > 0 && potentials[heads[arc]] < Self.unreachable
      && costs[arc] + potentials[tail] == potentials[heads[arc]]
  }

  private func levels(from source: Int, potentials: [Int]) -> [Int] {
    var levels = Array(repeating: -1, count: nodes)
    var queue = [source]
    levels[source] = 0
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for arc in adjacency[node] where levels[heads[arc]] < 0 && isTight(arc, from: node, potentials) {
        levels[heads[arc]] = levels[node] + 1
        queue.append(heads[arc])
      }
    }
    return levels
  }

  /// Sends along one path of the level network, found with an explicit stack of arcs.
  private mutating func push(
    _ amount: Int,
    from source: Int,
    to sink: Int,
    _ levels: [Int],
    _ potentials: [Int],
    _ turns: inout [Int]
  ) -> Int {
    var path: [Int] = []
    var node = source
    while node != sink {
      if let arc = nextArc(from: node, levels, potentials, &turns) {
        path.append(arc)
        node = heads[arc]
      } else if let last = path.popLast() {
        node = heads[last ^ 1]
        turns[node] += 1
      } else {
        return 0
      }
    }
    let pushed = path.reduce(amount) { min($0, capacities[$1]) }
    for arc in path {
      capacities[arc] -= pushed
      capacities[arc ^ 1] += pushed
    }
    return pushed
  }

  private func nextArc(
    from node: Int,
    _ levels: [Int],
    _ potentials: [Int],
    _ turns: inout [Int]
  ) -> Int? {
    while turns[node] < adjacency[node].count {
      let arc = adjacency[node][turns[node]]
      if levels[heads[arc]] == levels[node] + 1, isTight(arc, from: node, potentials) { return arc }
      turns[node] += 1
    }
    return nil
  }
}
