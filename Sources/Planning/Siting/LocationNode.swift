/// A subproblem of the branch and bound: what is left of the model, and the multipliers its bound starts from.
struct LocationNode: Sendable {
  var instance: LocationInstance
  /// One multiplier per remaining client, at most its outside cost.
  var multipliers: [Double]
  var opened: [Int32] = []
  /// No completion of this node costs less.
  var bound: Double
  /// The decision that made the node out of another one; nil at the root.
  var decision: LocationDecision?

  /// The same problem with some sites decided. Substitution keeps the bound of the multipliers: a site that
  /// is open contributes Σ_i min(0, cost_ij − λ_i), which is what capping λ_i at cost_ij takes off their sum.
  /// Cost: one pass over the entries.
  func fixing(open: [Int32], closed: [Int32]) -> LocationNode {
    var role = [UInt8](repeating: 0, count: instance.siteCount)
    for j in open { role[Int(j)] = 1 }
    for j in closed { role[Int(j)] = 2 }
    var smaller = LocationInstance(fixedCost: instance.fixedCost, limit: instance.limit - open.count)
    smaller.price = instance.price
    smaller.budget = instance.budget
    smaller.constant = instance.constant
    for j in open {
      smaller.constant += instance.fixedCost[Int(j)]
      if !instance.price.isEmpty { smaller.budget -= instance.price[Int(j)] }
    }
    smaller.candidates = instance.candidates.filter { j in
      role[Int(j)] == 0 && (instance.price.isEmpty || instance.price[Int(j)] <= smaller.budget)
    }
    for j in instance.candidates where role[Int(j)] == 0 { role[Int(j)] = 3 }
    for j in smaller.candidates { role[Int(j)] = 0 }
    var kept: [Double] = []
    kept.reserveCapacity(multipliers.count)
    smaller.site.reserveCapacity(instance.site.count)
    smaller.cost.reserveCapacity(instance.cost.count)
    for i in 0..<instance.clientCount {
      let outside = smaller.copyClient(i, of: instance, role: role)
      if smaller.clientCount > kept.count { kept.append(min(multipliers[i], outside)) }
    }
    return LocationNode(instance: smaller, multipliers: kept, opened: opened + open, bound: bound)
  }
}

extension LocationInstance {
  /// Copies a client's undecided entries up to the first open site, whose cost becomes its outside cost.
  fileprivate mutating func copyClient(_ i: Int, of whole: borrowing LocationInstance, role: [UInt8])
    -> Double
  {
    var limit = whole.outside[i]
    for k in whole.start[i]..<whole.start[i + 1] {
      let decided = role[Int(whole.site[k])]
      if decided == 1 {
        limit = whole.cost[k]
        break
      }
      if decided == 0 {
        site.append(whole.site[k])
        cost.append(whole.cost[k])
      }
    }
    // Entries that cost exactly as much as the open site bring nothing.
    while site.count > start[start.count - 1], cost[site.count - 1] >= limit {
      site.removeLast()
      cost.removeLast()
    }
    if site.count == start[start.count - 1] {
      constant += limit
    } else {
      start.append(site.count)
      outside.append(limit)
    }
    return limit
  }
}
