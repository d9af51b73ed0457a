extension SingleSourceRelaxation {
  /// What cannot be in a plan that is worth having: numbers of machines, and pairs, whose presence (or absence)
  /// alone lifts the bound so far that `isSettled`. Nil when nothing is left.
  ///
  /// To have a customer served at a site, or not, changes that site's knapsack only; the rest is known exactly for
  /// every number of machines that it leaves. Cost: that of two evaluations for each pair that might be served, at
  /// worst, and mostly that of a few evaluations in all.
  func cuts(
    _ multipliers: [Int],
    until isSettled: (Int) -> Bool
  ) -> SingleSourceCuts? {
    var choice = self.choice
    choice.prepareRest()
    var cuts = SingleSourceCuts(instance)
    let base = bound - choice.total
    var forced: [Int] = []
    for s in instance.sites.indices {
      let terms = instance.sites[s].terms
      // What the bound is without this site's own part, for each number of machines that may stand there.
      let rests = (terms.least...terms.most).map { count -> (count: Int, rest: Int)? in
        guard let rest = choice.rest(without: s, extra: count - terms.least) else { return nil }
        let value = choice.values[choice.first[s] + count - terms.least]
        return isSettled(base + rest + value) ? nil : (count, base + rest)
      }
      let counts = rests.compactMap(\.self)
      guard let least = counts.first?.count, let most = counts.last?.count else { return nil }
      (cuts.least[s], cuts.most[s]) = (least, most)
      forced += cutPairs(of: s, multipliers, counts, &cuts, until: isSettled)
    }
    if !forced.isEmpty {
      let pairs = instance.pairsByCustomer
      for k in forced { cuts.force(k, in: instance, pairs) }
    }
    return cuts
  }

  /// Rules out pairs of one site; answers those that must be.
  private func cutPairs(
    of s: Int,
    _ multipliers: [Int],
    _ counts: [(count: Int, rest: Int)],
    _ cuts: inout SingleSourceCuts,
    until isSettled: (Int) -> Bool
  ) -> [Int] {
    let site = instance.sites[s]
    let pairs = instance.start[s]..<instance.start[s + 1]
    guard site.terms.most > 0 else {
      for k in pairs { cuts.isOut[k] = true }
      return []
    }
    let gaining = pairs.filter { multipliers[Int(instance.customer[$0])] > instance.cost[$0] }
    let profits = gaining.map { multipliers[Int(instance.customer[$0])] - instance.cost[$0] }
    let weights = gaining.map { instance.loads[Int(instance.customer[$0])] / site.grain }
    let capacity = site.room(site.terms.most) / site.grain
    let tables = KnapsackOmission(profits: profits, weights: weights, capacity: capacity)
    var item = 0
    var forced: [Int] = []
    for k in pairs {
      let i = Int(instance.customer[k])
      let profit = multipliers[i] - instance.cost[k]
      let gains = profit > 0
      defer { item += gains ? 1 : 0 }
      /// The bound with this customer served here, or not.
      func bounds(_ best: (Int) -> Int, serving: Bool) -> Bool {
        counts.allSatisfy { count, rest in
          let room = site.room(count) - (serving ? instance.loads[i] : 0)
          if serving && (room < 0 || count == 0) { return true }
          let others = count == 0 ? 0 : best(room / site.grain)
          return isSettled(rest + site.terms.price * count - (serving ? profit : 0) - others)
        }
      }
      if bounds({ tables.best(within: $0) }, serving: true) {
        cuts.isOut[k] = true
      } else if gains {
        if bounds({ tables.best(without: item, within: $0) }, serving: true) {
          cuts.isOut[k] = true
        } else if bounds({ tables.best(without: item, within: $0) }, serving: false) {
          forced.append(k)
        }
      }
    }
    return forced
  }
}
