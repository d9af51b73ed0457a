/// Looks for so many sites that cover every client, by exchanging one at a time: row weighting local search (Gao,
/// Weise and Li 2015). A client that stays uncovered weighs more with every move, until it is served.
///
/// Finds a cover quickly where there is one, and proves nothing where there is none. The draws are seeded, so the
/// same question always gets the same answer.
struct CoverDescent {
  private let clients: [[Int32]]
  private let sites: [[Int32]]
  private var weight: [Int]
  private var covers: [Int]
  private var uncovered: [Int32] = []
  private var place: [Int]
  private var isOpen: [Bool]
  private var members: [Int32] = []
  private var moved: [Int]

  /// - Parameters:
  ///   - clients: the sites that cover each client, at least one.
  ///   - sites: the clients that each site covers.
  init(clients: [[Int32]], sites: [[Int32]]) {
    self.clients = clients
    self.sites = sites
    weight = [Int](repeating: 1, count: clients.count)
    covers = [Int](repeating: 0, count: clients.count)
    place = [Int](repeating: -1, count: clients.count)
    isOpen = [Bool](repeating: false, count: sites.count)
    moved = [Int](repeating: 0, count: sites.count)
    for i in clients.indices { miss(Int32(i)) }
  }

  /// Sites that cover everybody, at most `limit` of them; nil when `moves` exchanges did not find any.
  mutating func cover(with limit: Int, moves: Int, until expired: () -> Bool) -> [Int32]? {
    guard limit > 0 else { return clients.isEmpty ? [] : nil }
    let all = sites.indices.filter { !sites[$0].isEmpty }.map(Int32.init)
    while members.count < min(limit, all.count), !uncovered.isEmpty { open(widest(all)) }
    var draws = SplitMix64(seed: UInt64(limit))
    for move in 1...max(1, moves) where !uncovered.isEmpty {
      if move % 64 == 0, expired() { return nil }
      close(leastMissed(move))
      let client = Int(uncovered[Int(draws.next() % UInt64(uncovered.count))])
      let rested = clients[client].filter { moved[Int($0)] < move }
      let site = widest(rested.isEmpty ? clients[client] : rested)
      open(site)
      moved[Int(site)] = move + 1
      for i in uncovered { weight[Int(i)] += 1 }
    }
    return uncovered.isEmpty ? members.sorted() : nil
  }

  /// The closed site that would cover the most weight; of equals, the one that has rested longest.
  private func widest(_ candidates: some Sequence<Int32>) -> Int32 {
    var best: (site: Int32, gain: Int) = (0, -1)
    for j in candidates where !isOpen[Int(j)] {
      let gain = sites[Int(j)].reduce(0) { covers[Int($1)] == 0 ? $0 + weight[Int($1)] : $0 }
      if gain > best.gain || (gain == best.gain && moved[Int(j)] < moved[Int(best.site)]) { best = (j, gain) }
    }
    return best.site
  }

  /// The open site whose closing would uncover the least weight, the one just opened only if there is no other.
  private func leastMissed(_ move: Int) -> Int32 {
    var best: (site: Int32, loss: Int) = (members[0], .max)
    for j in members where moved[Int(j)] < move || members.count == 1 {
      let loss = sites[Int(j)].reduce(0) { covers[Int($1)] == 1 ? $0 + weight[Int($1)] : $0 }
      if loss < best.loss || (loss == best.loss && moved[Int(j)] < moved[Int(best.site)]) { best = (j, loss) }
    }
    return best.site
  }

  private mutating func open(_ site: Int32) {
    guard !isOpen[Int(site)] else { return }
    isOpen[Int(site)] = true
    members.append(site)
    for i in sites[Int(site)] {
      covers[Int(i)] += 1
      if covers[Int(i)] == 1 { find(i) }
    }
  }

  private mutating func close(_ site: Int32) {
    isOpen[Int(site)] = false
    members.removeAll { $0 == site }
    for i in sites[Int(site)] {
      covers[Int(i)] -= 1
      if covers[Int(i)] == 0 { miss(i) }
    }
  }

  private mutating func miss(_ client: Int32) {
    place[Int(client)] = uncovered.count
    uncovered.append(client)
  }

  private mutating func find(_ client: Int32) {
    let hole = place[Int(client)]
    let last = uncovered.removeLast()
    if last != client {
      uncovered[hole] = last
      place[Int(last)] = hole
    }
    place[Int(client)] = -1
  }
}
