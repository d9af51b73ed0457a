/// Improves a set of open sites by adding, dropping or exchanging one site as long as that helps.
///
/// The best move is found in one pass over the clients (Whitaker 1983; Resende and Werneck 2007): for every
/// site what it would save, for every open one what losing it costs, and for the pairs that interact a
/// correction. A client's list is read only up to its second nearest open site, so a pass costs about
/// 2·n·m/p instead of n·m·p.
struct Interchange {
  let instance: LocationInstance
  private(set) var open: [Bool]
  private(set) var members: [Int32] = []
  private(set) var value = Double.infinity
  private var spending = 0.0
  private var slot: [Int]
  private var gain: [Double]
  private var loss: [Double] = []
  private var correction: [Double] = []

  init(_ instance: LocationInstance, open chosen: some Sequence<Int32>) {
    self.instance = instance
    open = [Bool](repeating: false, count: instance.siteCount)
    slot = [Int](repeating: -1, count: instance.siteCount)
    gain = [Double](repeating: 0, count: instance.siteCount)
    for j in chosen where !open[Int(j)] { insert(j) }
  }

  var isWithinLimits: Bool { members.count <= instance.limit && spending <= instance.budget }

  private mutating func insert(_ j: Int32) {
    open[Int(j)] = true
    slot[Int(j)] = members.count
    members.append(j)
    if !instance.price.isEmpty { spending += instance.price[Int(j)] }
  }

  private mutating func remove(_ j: Int32) {
    let last = members.removeLast()
    if last != j {
      members[slot[Int(j)]] = last
      slot[Int(last)] = slot[Int(j)]
    }
    slot[Int(j)] = -1
    open[Int(j)] = false
    if !instance.price.isEmpty { spending -= instance.price[Int(j)] }
  }

  /// Moves until no single change helps or `expired`; `value` is then that of `open`.
  mutating func descend(until expired: () -> Bool) {
    value = instance.value(of: open)
    while !expired() {
      weigh()
      guard let move = bestMove(), move.change < 0 else { return }
      if let j = move.drop { remove(j) }
      if let j = move.add { insert(j) }
      value += move.change
    }
  }

  /// Fills gain, loss and correction for the present set.
  private mutating func weigh() {
    let columns = members.count
    for j in instance.candidates { gain[Int(j)] = 0 }
    var losses = [Double](repeating: 0, count: columns)
    var corrections = [Double](repeating: 0, count: columns * instance.siteCount)
    defer { (loss, correction) = (losses, corrections) }
    let instance = self.instance
    let start = instance.start.span
    let site = instance.site.span
    let cost = instance.cost.span
    let slots = self.slot
    let slot = slots.span
    var gain = self.gain.mutableSpan
    var loss = losses.mutableSpan
    var correction = corrections.mutableSpan
    for i in 0..<instance.clientCount {
      let begin = start[unchecked: i]
      let end = start[unchecked: i + 1]
      var nearest = instance.outside[i]
      var server = -1
      var k = begin
      while k < end {
        let here = slot[unchecked: Int(site[unchecked: k])]
        if here >= 0 {
          nearest = cost[unchecked: k]
          server = here
          break
        }
        k += 1
      }
      for q in begin..<k { gain[unchecked: Int(site[unchecked: q])] += nearest - cost[unchecked: q] }
      guard server >= 0 else { continue }
      var second = instance.outside[i]
      var limit = k + 1
      while limit < end {
        if slot[unchecked: Int(site[unchecked: limit])] >= 0 {
          second = cost[unchecked: limit]
          break
        }
        limit += 1
      }
      loss[unchecked: server] += second - nearest
      for q in begin..<limit where q != k {
        let shared = second - max(cost[unchecked: q], nearest)
        correction[unchecked: Int(site[unchecked: q]) * columns + server] += shared
      }
    }
  }

  private struct Move {
    var add: Int32?
    var drop: Int32?
    var change: Double
  }

  private func bestMove() -> Move? {
    var best: Move?
    func consider(_ move: Move) { if move.change < best?.change ?? 0 { best = move } }
    for r in members { consider(Move(drop: r, change: loss[slot[Int(r)]] - instance.fixedCost[Int(r)])) }
    let columns = members.count
    for j in instance.candidates where !open[Int(j)] {
      let saved = instance.fixedCost[Int(j)] - gain[Int(j)]
      let room = instance.budget - spending - (instance.price.isEmpty ? 0 : instance.price[Int(j)])
      if columns < instance.limit && room >= 0 { consider(Move(add: j, change: saved)) }
      for q in 0..<columns {
        let r = Int(members[q])
        let change = saved + loss[q] - correction[Int(j) * columns + q] - instance.fixedCost[r]
        guard change < best?.change ?? 0 else { continue }
        if instance.price.isEmpty || room + instance.price[r] >= 0 {
          best = Move(add: j, drop: Int32(r), change: change)
        }
      }
    }
    return best
  }
}
