/// Decides whether so many sites can cover every client: the question at the heart of p-centre and of set
/// covering where every site costs the same.
///
/// Branches on the client that the fewest sites cover: one of them must be open, and a site whose remaining
/// clients another one covers too need not be tried. A node is cut by a certificate: non-negative weights u
/// whose sum exceeds the sum of the `left` greatest loads Σ_{i covered by j} u_i prove that `left` sites are
/// too few. The weights are found by multiplicative updates (Plotkin, Shmoys and Tardos 1995), which approach
/// the linear relaxation, and are handed down to the children.
struct CoverSearch {
  private let clients: [[Int32]]
  private let sites: [[Int32]]
  private let expired: () -> Bool
  private let solver: (any Solver)?
  private let remaining: () -> Duration?
  private(set) var nodes = 0
  /// How many nodes the present question may take in all.
  private var allowance = Int.max
  /// False when time, or the nodes allowed, ran out before the answer was known.
  private(set) var isComplete = true

  /// `coverers` lists the sites of each client, `siteCount` numbers them all.
  init(coverers: [[Int32]], siteCount: Int, _ effort: SitingEffort) {
    clients = coverers
    (expired, solver, remaining) = (effort.expired, effort.solver, effort.remaining)
    var covered = [[Int32]](repeating: [], count: siteCount)
    for (i, list) in coverers.enumerated() { for j in list { covered[Int(j)].append(Int32(i)) } }
    sites = covered
  }

  private struct Node {
    var missing: [Int32]
    var isMissing: [Bool]
    var isBanned: [Bool]
    var weight: [Double]
    var left: Int
    var opened: [Int32]
  }

  /// Sites that cover everybody, at most `limit` of them; nil when there are none or the search was cut off. It
  /// begins with a few exchanges and the proof that the sites are too few, and branches only after many exchanges.
  /// - Parameters:
  ///   - limit: how many sites may be open.
  ///   - effort: how many nodes to look at; ten times as many exchanges are tried.
  /// - Returns: nil for no, and for undecided where `isComplete` is false.
  mutating func cover(with limit: Int, effort: Int) -> [Int32]? {
    if let sites = exchange(limit, moves: 100) ?? branch(limit, within: 1) { return sites }
    if isComplete { return nil }
    if let sites = exchange(limit, moves: 10 * min(effort, 100_000)) ?? branch(limit, within: effort) {
      return sites
    }
    return isComplete || effort < Self.easy ? nil : solved(limit)
  }

  /// Nodes after which a question is hard enough for a solver.
  private static let easy = 1000

  /// The question as min Σ y, Σ_{j covers i} y_j ≥ 1, Σ y ≤ limit: cuts close what the certificates leave open. Any plan
  /// within the limit will do. A solver may take a third of the time that is left, so that others are asked too.
  private mutating func solved(_ limit: Int) -> [Int32]? {
    guard let solver, !expired() else { return nil }
    var model = LinearModel(.minimize)
    let open = sites.map { covered in
      model.addColumn(cost: 1, upper: covered.isEmpty ? 0 : 1, isInteger: true)
    }
    for list in clients { model.addRow(list.map { .init(1, open[Int($0)]) }, lower: 1) }
    model.addRow(open.map { .init(1, $0) }, upper: Double(limit))
    var options = SolverOptions(timeLimit: remaining().map { $0 / 3 })
    options.absoluteGap = Double(limit)
    guard let found = try? solver.solve(model, options, Cancellation()) else { return nil }
    if found.status == .infeasible { isComplete = true }
    guard !found.values.isEmpty else { return nil }
    isComplete = true
    return sites.indices.filter { found.values[open[$0]] > 0.5 }.map(Int32.init)
  }

  private mutating func exchange(_ limit: Int, moves: Int) -> [Int32]? {
    var descent = CoverDescent(clients: clients, sites: sites)
    let found = descent.cover(with: limit, moves: moves, until: expired)
    isComplete = found != nil
    return found
  }

  private mutating func branch(_ limit: Int, within effort: Int) -> [Int32]? {
    isComplete = true
    allowance = nodes + effort
    let all = clients.indices.map(Int32.init)
    let root = Node(
      missing: all,
      isMissing: [Bool](repeating: true, count: clients.count),
      isBanned: [Bool](repeating: false, count: sites.count),
      weight: [Double](repeating: 1, count: clients.count),
      left: limit,
      opened: []
    )
    return search(root, rounds: 1000)
  }

  private mutating func search(_ given: Node, rounds: Int) -> [Int32]? {
    var node = given
    if nodes >= allowance {
      isComplete = false
      return nil
    }
    nodes += 1
    if node.missing.isEmpty { return node.opened }
    if node.left <= 0 { return nil }
    if expired() {
      isComplete = false
      return nil
    }
    if certifiesTooFew(&node, rounds: rounds) { return nil }
    guard let pivot = hardestClient(node) else { return nil }
    for j in undominated(clients[Int(pivot)], node) {
      if let found = search(opening(j, in: node), rounds: 40) { return found }
      if !isComplete { return nil }
      node.isBanned[Int(j)] = true
    }
    return nil
  }

  private func opening(_ j: Int32, in node: Node) -> Node {
    var child = node
    for i in sites[Int(j)] { child.isMissing[Int(i)] = false }
    child.missing.removeAll { !child.isMissing[Int($0)] }
    child.left -= 1
    child.opened.append(j)
    return child
  }

  /// The missing client with the fewest sites left; nil when one has none at all.
  private func hardestClient(_ node: Node) -> Int32? {
    var best: (client: Int32, count: Int)?
    for i in node.missing {
      let count = clients[Int(i)].count { !node.isBanned[Int($0)] }
      if count == 0 { return nil }
      if count < best?.count ?? .max { best = (i, count) }
    }
    return best?.client
  }

  /// The sites worth trying, greatest load first.
  private func undominated(_ candidates: [Int32], _ node: Node) -> [Int32] {
    let words = (node.missing.count + 63) / 64
    var place = [Int](repeating: -1, count: clients.count)
    for (index, i) in node.missing.enumerated() { place[Int(i)] = index }
    let open = candidates.filter { !node.isBanned[Int($0)] }
    let masks = open.map { j in
      var mask = [UInt64](repeating: 0, count: words)
      for i in sites[Int(j)] where place[Int(i)] >= 0 {
        mask[place[Int(i)] / 64] |= 1 << UInt64(place[Int(i)] % 64)
      }
      return mask
    }
    let size = masks.map { $0.reduce(0) { $0 + $1.nonzeroBitCount } }
    let order = open.indices.sorted { (size[$1], open[$0]) < (size[$0], open[$1]) }
    var kept: [Int] = []
    for candidate in order {
      let isDominated = kept.contains { k in
        (0..<words).allSatisfy { masks[candidate][$0] & ~masks[k][$0] == 0 }
      }
      if !isDominated { kept.append(candidate) }
    }
    return kept.map { open[$0] }
  }

  /// Looks for weights that prove `left` sites too few; bans the sites that they prove useless.
  private func certifiesTooFew(_ node: inout Node, rounds: Int) -> Bool {
    var load = [Double](repeating: 0, count: sites.count)
    var served = [Int](repeating: 0, count: clients.count)
    let usable = usableSites(node)
    for round in 0..<rounds {
      for j in usable { load[Int(j)] = 0 }
      var sum = 0.0
      for i in node.missing {
        let weight = node.weight[Int(i)]
        sum += weight
        for j in clients[Int(i)] { load[Int(j)] += weight }
      }
      let ranked = usable.filter { !node.isBanned[Int($0)] }
        .sorted { (load[Int($1)], $0) < (load[Int($0)], $1) }
      let top = ranked.prefix(node.left)
      // One part in 10^9 is far above what summing so few numbers can lose.
      let need = sum * (1 - 1e-9)
      let best = top.reduce(0) { $0 + load[Int($1)] }
      if need > best { return true }
      let others = best - (top.last.map { load[Int($0)] } ?? 0)
      for j in ranked.dropFirst(node.left) where need > others + load[Int(j)] { node.isBanned[Int(j)] = true }
      for i in node.missing { served[Int(i)] = 0 }
      for j in top { for i in sites[Int(j)] { served[Int(i)] += 1 } }
      let step = 0.5 / (1 + Double(round) / 8)
      for i in node.missing {
        let change = Double(1 - served[Int(i)])
        node.weight[Int(i)] = max(
          1e-9,
          node.weight[Int(i)] * max(0.2, 1 + step * change) / sum * Double(node.missing.count)
        )
      }
    }
    return false
  }

  private func usableSites(_ node: Node) -> [Int32] {
    var seen = [Bool](repeating: false, count: sites.count)
    for i in node.missing { for j in clients[Int(i)] { seen[Int(j)] = true } }
    return sites.indices.filter { seen[$0] }.map(Int32.init)
  }
}
