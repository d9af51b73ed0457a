/// A plan in whole packs that is improved one exchange at a time, each judged exactly.
struct TransferExchange {
  private let balance: TransferBalance
  private(set) var packs: [Int]
  private var projections: [StockProjection]

  init(_ balance: TransferBalance) {
    self.balance = balance
    packs = balance.options.map { _ in 0 }
    projections = balance.undisturbed
  }

  /// Shortage, expiry and transport in cents.
  var cost: Int {
    projections.reduce(balance.transport(packs, on: balance.routes.indices)) { $0 + balance.penalty($1) }
  }

  /// The most packs that an option can carry beside what is planned, by bisection: what a donor can give
  /// without falling below its threshold is an interval that begins at nothing.
  func largest(_ option: Int) -> Int {
    let lot = balance.centres[balance.options[option].from].lots[balance.options[option].lot]
    var (fits, tooMany) = (packs[option], lot.quantity / balance.problem.packSize + 1)
    while tooMany - fits > 1 {
      let middle = (fits + tooMany) / 2
      if donorAllows(option, middle) { fits = middle } else { tooMany = middle }
    }
    return fits
  }

  private func donorAllows(_ option: Int, _ count: Int) -> Bool {
    var changed = packs
    changed[option] = count
    let donor = balance.options[option].from
    return balance.isAllowed(donor, changed, balance.projection(of: donor, with: changed))
  }

  /// Takes over a proposal, earliest expiry first, as far as donors allow.
  mutating func load(_ proposal: [Int]) {
    for (option, count) in proposal.enumerated() where count > 0 {
      set([option: min(count, largest(option))], anyway: true)
    }
  }

  mutating func improve() {
    var improved = true
    while improved {
      improved = false
      for option in packs.indices where improveOne(option) { improved = true }
      for route in Set(balance.options.map(\.route)).sorted() where dropTrip(route) { improved = true }
    }
    preferEarlierExpiry()
    trim()
  }

  /// Sends nothing that avoids nothing: at the same cost, fewer packs travel, the last to expire left behind first.
  private mutating func trim() {
    for option in packs.indices.reversed() {
      var step = packs[option]
      while step > 0 {
        let fits = step <= packs[option] && set([option: packs[option] - step], orEqual: true)
        if !fits { step /= 2 }
      }
    }
  }

  /// Tries more, fewer, all and none of one option, and its packs on another way.
  private mutating func improveOne(_ option: Int) -> Bool {
    let (from, to) = (balance.options[option].from, balance.options[option].to)
    let isUseful = projections[to].shortfall > 0 || projections[from].waste > 0
    guard isUseful || packs[option] > 0 else { return false }
    let most = largest(option)
    let counts = [
      most, (most + packs[option]) / 2, packs[option] + 1, packs[option] - 1, packs[option] / 2, 0,
    ]
    for count in counts where count >= 0 && count <= most && count != packs[option] {
      if set([option: count]) { return true }
    }
    return packs[option] > 0 && redirect(option)
  }

  private mutating func redirect(_ option: Int) -> Bool {
    let here = balance.options[option]
    for other in balance.options.indices where other != option {
      let there = balance.options[other]
      guard there.to == here.to || (there.from == here.from && there.lot == here.lot) else { continue }
      for count in Set([packs[option], 1]).sorted(by: >)
      where set([option: packs[option] - count, other: packs[other] + count]) { return true }
    }
    return false
  }

  private mutating func dropTrip(_ route: Int) -> Bool {
    let loaded = packs.indices.filter { balance.options[$0].route == route && packs[$0] > 0 }
    return loaded.count > 1 && set(Dictionary(uniqueKeysWithValues: loaded.map { ($0, 0) }))
  }

  /// At the same cost, the lot that expires earlier is sent. Options of a way are in order of expiry.
  private mutating func preferEarlierExpiry() {
    for later in packs.indices.reversed() {
      for earlier in packs.indices.prefix(later) where isSameTrip(earlier, later) {
        while packs[later] > 0, set([later: packs[later] - 1, earlier: packs[earlier] + 1], orEqual: true) {}
      }
    }
  }

  private func isSameTrip(_ a: Int, _ b: Int) -> Bool { balance.options[a].route == balance.options[b].route }

  /// Makes the change when it is allowed and lowers the cost (or keeps it, or anyway).
  @discardableResult
  private mutating func set(_ change: [Int: Int], orEqual: Bool = false, anyway: Bool = false) -> Bool {
    var changed = packs
    for (option, count) in change { changed[option] = count }
    let touched = Set(change.keys.flatMap { [balance.options[$0].from, balance.options[$0].to] })
    let ways = Set(change.keys.map { balance.options[$0].route })
    var after: [Int: StockProjection] = [:]
    for centre in touched { after[centre] = balance.projection(of: centre, with: changed) }
    guard after.allSatisfy({ balance.isAllowed($0.key, changed, $0.value) }) else { return false }
    let saved =
      touched.reduce(0) { $0 + balance.penalty(projections[$1]) }
      - after.values.reduce(0) { $0 + balance.penalty($1) }
    let carried =
      balance.transport(changed, on: ways)
      - balance.transport(packs, on: ways)
    guard anyway || saved > carried || (orEqual && saved == carried) else { return false }
    packs = changed
    for (centre, projection) in after { projections[centre] = projection }
    return true
  }
}
