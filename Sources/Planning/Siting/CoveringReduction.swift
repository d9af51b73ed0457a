extension LocationInstance {
  /// The sites that cover each client.
  var coverers: [[Int32]] { (0..<clientCount).map { Array(site[start[$0]..<start[$0 + 1]]) } }

  /// What is left of covering everybody once nothing more can be dropped: a client that is covered whenever another
  /// one is, and a site that covers nothing but what another one covers (Toregas and ReVelle 1973). Each round
  /// makes room for the other kind. Meant for sites that all cost the same.
  mutating func keepCore() {
    var size = Int.max
    while site.count < size {
      size = site.count
      keepHardestClients()
      keepWidestSites()
    }
  }

  /// Drops every client that is covered whenever another one is: its sites include the other's. Meant for
  /// covering everybody, where clients count only as covered or not. Cost: bit sets, each client's compared with
  /// those that are kept.
  mutating func keepHardestClients() {
    var sets = BitSets(count: clientCount, universe: siteCount)
    for i in 0..<clientCount { for k in start[i]..<start[i + 1] { sets.insert(Int(site[k]), into: i) } }
    let bySize = (0..<clientCount).sorted { (size($0), $0) < (size($1), $1) }
    var kept: [Int] = []
    for i in bySize where !kept.contains(where: { sets.isSubset($0, of: i) }) { kept.append(i) }
    self = keeping(kept.sorted()) { _ in true }
  }

  /// Drops every site that covers only clients that another one covers too; of equal ones the first stays.
  private mutating func keepWidestSites() {
    var sets = BitSets(count: siteCount, universe: clientCount)
    var size = [Int](repeating: 0, count: siteCount)
    for i in 0..<clientCount {
      for k in start[i]..<start[i + 1] {
        sets.insert(i, into: Int(site[k]))
        size[Int(site[k])] += 1
      }
    }
    let bySize = (0..<siteCount).filter { size[$0] > 0 }.sorted { (size[$1], $0) < (size[$0], $1) }
    var kept: [Int] = []
    for j in bySize where !kept.contains(where: { sets.isSubset(j, of: $0) }) { kept.append(j) }
    var isKept = [Bool](repeating: false, count: siteCount)
    for j in kept { isKept[j] = true }
    self = keeping(Array(0..<clientCount)) { isKept[Int($0)] }
  }

  private func size(_ client: Int) -> Int { start[client + 1] - start[client] }

  private func keeping(_ clients: [Int], _ isKept: (Int32) -> Bool) -> LocationInstance {
    var smaller = self
    smaller.start = [0]
    smaller.site = []
    smaller.cost = []
    smaller.outside = []
    for i in clients {
      let entries = (start[i]..<start[i + 1]).filter { isKept(site[$0]) }
      smaller.addClient(outside: outside[i], pairs: entries.map { (site: site[$0], cost: cost[$0]) })
    }
    return smaller
  }
}

/// Sets of small numbers, a bit each.
private struct BitSets {
  private let words: Int
  private var bits: [UInt64]

  init(count: Int, universe: Int) {
    words = (universe + 63) / 64
    bits = [UInt64](repeating: 0, count: count * words)
  }

  mutating func insert(_ element: Int, into set: Int) {
    bits[set * words + element / 64] |= 1 << UInt64(element % 64)
  }

  func isSubset(_ set: Int, of other: Int) -> Bool {
    let bits = bits.span
    for word in 0..<words where bits[set * words + word] & ~bits[other * words + word] != 0 { return false }
    return true
  }
}
