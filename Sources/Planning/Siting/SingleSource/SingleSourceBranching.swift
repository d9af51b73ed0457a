extension SingleSourceSearch {
  /// Splits by a site that the relaxation is in doubt about, else by a customer that is served in several places.
  mutating func split(_ node: SingleSourceNode, _ smaller: SingleSourceNode, _ ascent: SingleSourceAscent) {
    // The estimates belong to the node before it shrank; what they say is looked up by the model's numbers.
    var machines = [Double](repeating: 0, count: model.sites.count)
    for (s, site) in node.instance.sites.enumerated() { machines[Int(site.number)] = ascent.machines[s] }
    let fraction = machines.map { $0 - $0.rounded(.down) }
    let doubtful = smaller.instance.sites.filter { site in
      let share = fraction[Int(site.number)]
      return site.terms.least < site.terms.most && share > 0.1 && share < 1 - 0.1
    }
    if doubtful.isEmpty { return splitPairs(node, smaller, ascent) }
    let number = experience.choice(among: doubtful.map(\.number), fraction)
    guard let s = smaller.instance.sites.firstIndex(where: { $0.number == number }) else { return }
    let terms = smaller.instance.sites[s].terms
    let few = min(max(Int(machines[Int(number)]), terms.least), terms.most - 1)
    var (without, with) = (SingleSourceCuts(smaller.instance), SingleSourceCuts(smaller.instance))
    without.most[s] = few
    with.least[s] = few + 1
    let bound = Double(smaller.bound)
    push(smaller, without, LocationDecision(site: number, opens: false, bound: bound))
    push(smaller, with, LocationDecision(site: number, opens: true, bound: bound))
  }

  private mutating func push(
    _ node: SingleSourceNode,
    _ cuts: SingleSourceCuts,
    _ decision: LocationDecision
  ) {
    guard var child = node.cut(cuts) else { return }
    child.decision = decision
    push(child)
  }

  /// The customer whose service is most in doubt, heavy ones first, is served at a site or not.
  private mutating func splitPairs(
    _ node: SingleSourceNode,
    _ smaller: SingleSourceNode,
    _ ascent: SingleSourceAscent
  ) {
    let use = uses(node.instance, ascent)
    let instance = smaller.instance
    let heaviest = Double(instance.loads.max() ?? 0) + 1
    var best = (promise: -1.0, pair: 0)
    let sites = instance.siteOfPair
    for k in instance.customer.indices {
      let i = Int(instance.customer[k])
      let key = Pair(customer: instance.number[i], site: instance.sites[Int(sites[k])].number)
      let share = use[key] ?? 0
      let doubt = min(share, 1 - share) + 0.01 * min(1, share)
      let promise = doubt * (0.3 + Double(instance.loads[i]) / heaviest)
      if promise > best.promise { best = (promise, k) }
    }
    var (without, with) = (SingleSourceCuts(instance), SingleSourceCuts(instance))
    without.isOut[best.pair] = true
    with.force(best.pair, in: instance, instance.pairsByCustomer)
    push(smaller.cut(without))
    push(smaller.cut(with))
  }

  private struct Pair: Hashable {
    let customer: Int32
    let site: Int32
  }

  private func uses(_ instance: SingleSourceInstance, _ ascent: SingleSourceAscent) -> [Pair: Double] {
    let sites = instance.siteOfPair
    var uses: [Pair: Double] = [:]
    for k in instance.customer.indices where ascent.use[k] > 0.01 {
      let number = instance.number[Int(instance.customer[k])]
      uses[Pair(customer: number, site: instance.sites[Int(sites[k])].number)] = ascent.use[k]
    }
    return uses
  }
}
