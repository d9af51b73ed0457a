/// What is left of a `SingleSourceModel` once some customers are settled and some pairs and machine counts are
/// ruled out. Costs are multiplied by a scale, so that whole multipliers are fine enough.
struct SingleSourceInstance: Sendable {
  struct Site: Sendable {
    /// In the model.
    var number: Int32
    var terms: SingleSourceModel.Site
    /// The load of the customers that are settled here.
    var taken = 0
    /// Loads are counted in this many units, rounded down: a table over the room stays short, and a set that fits
    /// still does.
    var grain = 1

    func room(_ machines: Int) -> Int { machines * terms.capacity - taken }
  }

  var sites: [Site] = []
  /// Machines in all.
  var limit: Int
  /// What is settled already.
  var constant = 0
  /// Pairs of site s are `start[s]..<start[s + 1]`.
  var start: [Int] = [0]
  var customer: [Int32] = []
  var cost: [Int] = []
  var loads: [Int] = []
  /// Each customer's number in the model.
  var number: [Int32] = []
  /// The site of each of the model's customers; −1 while it is open.
  var settled: [Int32]

  var customerCount: Int { loads.count }

  /// Machines beyond the least ones; nil when all that sites may have are within the limit.
  var spare: Int? {
    let least = sites.reduce(0) { $0 + $1.terms.least }
    let most = sites.reduce(0) { $0 + $1.terms.most }
    return most <= limit ? nil : limit - least
  }

  /// The whole model.
  init(_ model: SingleSourceModel, scale: Int) {
    limit = model.limit
    loads = model.loads
    number = model.loads.indices.map(Int32.init)
    settled = [Int32](repeating: -1, count: model.loads.count)
    for (j, terms) in model.sites.enumerated() {
      var terms = terms
      terms.price *= scale
      // Every machine is charged from here on; those that are there already cost nothing.
      constant -= terms.least * terms.price
      sites.append(Site(number: Int32(j), terms: terms))
      customer += model.customer[model.start[j]..<model.start[j + 1]]
      cost += model.cost[model.start[j]..<model.start[j + 1]].map { $0 * scale }
      start.append(customer.count)
    }
    setGrains()
  }

  /// A table has at most 4,096 entries, and fewer where a site has thousands of pairs: beyond that loads are rounded
  /// down, which keeps every bound valid and takes less than a grain of the room from the truth for each customer.
  private mutating func setGrains() {
    for s in sites.indices {
      let entries = min(4096, max(256, (1 << 21) / max(1, start[s + 1] - start[s])))
      sites[s].grain = max(1, sites[s].room(sites[s].terms.most) / entries)
    }
  }
}

/// What was ruled out of an instance, or decided in it.
struct SingleSourceCuts {
  var isOut: [Bool]
  var least: [Int]
  var most: [Int]

  init(_ instance: SingleSourceInstance) {
    isOut = [Bool](repeating: false, count: instance.customer.count)
    least = instance.sites.map(\.terms.least)
    most = instance.sites.map(\.terms.most)
  }

  /// Has a customer served by one pair: rules its others out.
  mutating func force(_ pair: Int, in instance: SingleSourceInstance, _ pairs: [[Int32]]) {
    for other in pairs[Int(instance.customer[pair])] where Int(other) != pair { isOut[Int(other)] = true }
  }
}

extension SingleSourceInstance {
  /// The pairs of each customer.
  var pairsByCustomer: [[Int32]] {
    var pairs = [[Int32]](repeating: [], count: customerCount)
    for k in customer.indices { pairs[Int(customer[k])].append(Int32(k)) }
    return pairs
  }

  /// The site that each pair is of.
  var siteOfPair: [Int32] {
    var sites = [Int32](repeating: 0, count: customer.count)
    for s in self.sites.indices { for k in start[s]..<start[s + 1] { sites[k] = Int32(s) } }
    return sites
  }

  /// What is left when `cuts` are made and what follows from them: a customer with one pair is settled, and who
  /// does not fit into the room that is left cannot be served there. Nil when nobody can be served so.
  /// - Returns: the instance, and which of its customers are left.
  func cut(_ cuts: SingleSourceCuts) -> (instance: SingleSourceInstance, kept: [Int])? {
    var work = self
    for s in sites.indices {
      work.sites[s].terms.least = cuts.least[s]
      work.sites[s].terms.most = min(cuts.most[s], cuts.least[s] + limit)
    }
    var isOut = cuts.isOut
    let pairs = pairsByCustomer
    let site = siteOfPair
    var isSettled = [Bool](repeating: false, count: customerCount)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for s in sites.indices {
        let room = work.sites[s].terms.most > 0 ? work.sites[s].room(work.sites[s].terms.most) : -1
        if work.sites[s].terms.least > work.sites[s].terms.most || (room < 0 && work.sites[s].taken > 0) {
          return nil
        }
        for k in start[s]..<start[s + 1]
        where !isOut[k] && !isSettled[Int(customer[k])] && loads[Int(customer[k])] > room { isOut[k] = true }
      }
      for i in 0..<customerCount where !isSettled[i] {
        let left = pairs[i].lazy.filter { !isOut[Int($0)] }.prefix(2)
        guard let only = left.first.map({ Int($0) }) else { return nil }
        guard left.count == 1 else { continue }
        isSettled[i] = true
        hasChanged = true
        work.settle(i, at: Int(site[only]), cost[only])
      }
    }
    guard work.sites.reduce(0, { $0 + $1.terms.least }) <= limit else { return nil }
    return work.compressed { !isOut[$0] && !isSettled[Int(customer[$0])] }
  }

  private mutating func settle(_ i: Int, at s: Int, _ cost: Int) {
    settled[Int(number[i])] = sites[s].number
    constant += cost
    sites[s].taken += loads[i]
    sites[s].terms.least = sites[s].terms.machines(for: sites[s].taken, isUsed: true)
  }

  /// Drops the pairs that are not kept, and the customers and sites that have none.
  private func compressed(keeping isKept: (Int) -> Bool) -> (instance: SingleSourceInstance, kept: [Int]) {
    var small = self
    (small.sites, small.start, small.customer, small.cost) = ([], [0], [], [])
    var place = [Int32](repeating: -1, count: customerCount)
    for k in customer.indices where isKept(k) { place[Int(customer[k])] = 0 }
    let kept = (0..<customerCount).filter { place[$0] == 0 }
    for (new, i) in kept.enumerated() { place[i] = Int32(new) }
    small.loads = kept.map { loads[$0] }
    small.number = kept.map { number[$0] }
    for s in sites.indices {
      let before = small.customer.count
      for k in start[s]..<start[s + 1] where isKept(k) {
        small.customer.append(place[Int(customer[k])])
        small.cost.append(cost[k])
      }
      if small.customer.count == before {
        small.constant += sites[s].terms.least * sites[s].terms.price
        small.limit -= sites[s].terms.least
      } else {
        small.sites.append(sites[s])
        small.start.append(small.customer.count)
      }
    }
    small.setGrains()
    return (small, kept)
  }
}
