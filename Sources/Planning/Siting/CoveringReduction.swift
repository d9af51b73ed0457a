extension LocationInstance {
  /// The sites that cover each client.
  var coverers: [[Int32]] { (0..<clientCount).map { Array(site[start[$0]..<start[$0 + 1]]) } }

  /// Drops every client that is covered whenever another one is: its sites include the other's. Meant for
  /// covering everybody, where clients count only as covered or not. Cost: bit sets compared in pairs, so
  /// it is left alone beyond a few thousand clients.
  mutating func keepHardestClients() {
    guard clientCount <= 4000 else { return }
    let words = (siteCount + 63) / 64
    var masks = [UInt64](repeating: 0, count: clientCount * words)
    for i in 0..<clientCount {
      for k in start[i]..<start[i + 1] {
        let j = Int(site[k])
        masks[i * words + j / 64] |= 1 << UInt64(j % 64)
      }
    }
    let bySize = (0..<clientCount).sorted { (size($0), $0) < (size($1), $1) }
    var kept: [Int] = []
    for i in bySize {
      let isImplied = kept.contains { k in
        (0..<words).allSatisfy { masks[k * words + $0] & ~masks[i * words + $0] == 0 }
      }
      if !isImplied { kept.append(i) }
    }
    self = keeping(kept.sorted())
  }

  private func size(_ client: Int) -> Int { start[client + 1] - start[client] }

  private func keeping(_ clients: [Int]) -> LocationInstance {
    var smaller = self
    smaller.start = [0]
    smaller.site = []
    smaller.cost = []
    smaller.outside = []
    for i in clients {
      smaller.addClient(
        outside: outside[i],
        pairs: (start[i]..<start[i + 1]).lazy.map { (site: site[$0], cost: cost[$0]) }
      )
    }
    return smaller
  }
}
