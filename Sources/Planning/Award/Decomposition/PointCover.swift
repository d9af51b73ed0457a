/// One delivery point by itself: what it takes where kinds are limited or forced, whatever is due when.
extension PointTables {
  /// Whether something is due at the point before a kind's packs have been counted and something after.
  func isDue(_ point: Point, after kind: Int) -> Bool {
    dues[point.group].contains { $0.before > kind }
  }

  /// Packs of each kind that serve the point for least, between the kinds' limits; nil where none do.
  ///
  /// A knapsack with bounded counts, each kind by a sliding minimum over its residues (Pisinger 1999).
  /// Cost: the point's most × kinds.
  func cover(_ point: Point, _ prices: [Double], least: [Int], most: [Int]) -> [Int]? {
    var costs = [Double](repeating: .infinity, count: point.most + 1)
    costs[0] = 0
    var counts = [[Int32]](repeating: [], count: kinds.count)
    var due = dues[point.group][...]
    for kind in kinds.indices {
      while let next = due.first, next.before <= kind {
        for quantity in 0..<min(costs.count, next.quantity) { costs[quantity] = .infinity }
        due = due.dropFirst()
      }
      let isReached = kinds[kind].groups[point.group] && prices[kind].isFinite
      let upper = isReached ? min(most[kind], point.most / kinds[kind].size) : 0
      guard least[kind] <= upper else { return nil }
      if upper == 0 { continue }
      counts[kind] = Self.add(
        packs: least[kind]...upper,
        size: kinds[kind].size,
        price: prices[kind],
        to: &costs
      )
    }
    for next in due { for quantity in 0..<min(costs.count, next.quantity) { costs[quantity] = .infinity } }
    guard point.need <= point.most,
      var left = (point.need...point.most).min(by: { costs[$0] < costs[$1] }), costs[left].isFinite
    else { return nil }
    var packs = [Int](repeating: 0, count: kinds.count)
    for kind in kinds.indices.reversed() where !counts[kind].isEmpty {
      packs[kind] = Int(counts[kind][left])
      left -= packs[kind] * kinds[kind].size
    }
    return packs
  }

  /// `costs[q] = min over packs of costs[q − packs × size] + price × packs`, with the packs that reach it.
  private static func add(
    packs: ClosedRange<Int>,
    size: Int,
    price: Double,
    to costs: inout [Double]
  ) -> [Int32] {
    if packs.upperBound >= (costs.count - 1) / size {
      return add(packs: packs.lowerBound, size: size, price: price, to: &costs)
    }
    let before = costs
    var counts = [Int32](repeating: 0, count: costs.count)
    // Steps whose cost less their own packs' is least so far, ascending in both.
    var queue = [Int](repeating: 0, count: costs.count / size + 1)
    for residue in 0..<min(size, costs.count) {
      var (head, tail) = (0, 0)
      var step = 0
      var quantity = residue
      while quantity < costs.count {
        let entering = step - packs.lowerBound
        if entering >= 0 {
          let value = before[residue + entering * size] - price * Double(entering)
          while tail > head,
            before[residue + queue[tail - 1] * size] - price * Double(queue[tail - 1]) >= value
          { tail -= 1 }
          queue[tail] = entering
          tail += 1
        }
        if tail > head, queue[head] < step - packs.upperBound { head += 1 }
        costs[quantity] = .infinity
        if tail > head, before[residue + queue[head] * size].isFinite {
          let taken = step - queue[head]
          costs[quantity] = before[residue + queue[head] * size] + price * Double(taken)
          counts[quantity] = Int32(taken)
        }
        step += 1
        quantity += size
      }
    }
    return counts
  }

  /// The same where as many as there is room for may be taken: the least, and then one more or not.
  private static func add(
    packs least: Int,
    size: Int,
    price: Double,
    to costs: inout [Double]
  ) -> [Int32] {
    var counts = [Int32](repeating: 0, count: costs.count)
    let shift = min(costs.count, least * size)
    if shift > 0 {
      let added = price * Double(least)
      for quantity in stride(from: costs.count - 1, through: shift, by: -1) {
        costs[quantity] = costs[quantity - shift] + added
      }
      for quantity in 0..<shift { costs[quantity] = .infinity }
      for quantity in shift..<costs.count { counts[quantity] = Int32(least) }
    }
    costs.withUnsafeMutableBufferPointer { costs in
      counts.withUnsafeMutableBufferPointer { counts in
        var quantity = shift &+ size
        while quantity < costs.count {
          let taken = costs[quantity &- size] + price
          if taken < costs[quantity] {
            costs[quantity] = taken
            counts[quantity] = counts[quantity &- size] &+ 1
          }
          quantity &+= 1
        }
      }
    }
    return counts
  }

  /// What the other kinds cost at the point beside each number of packs of one kind, up to `limit`.
  ///
  /// Costs of what arrives until the next date after the kind, without it, meet costs of what is to come after
  /// that date. Cost: the point's most × (kinds + limit).
  func rests(_ point: Point, beside kind: Int, _ prices: [Double], limit: Int) -> [Double] {
    let due = dues[point.group].first { $0.before > kind }
    let end = due?.before ?? kinds.count
    var early = [Double](repeating: .infinity, count: point.most + 1)
    early[0] = 0
    for other in 0..<end {
      for due in dues[point.group] where due.before == other { Self.cut(&early, below: due.quantity) }
      guard other != kind, kinds[other].groups[point.group], prices[other].isFinite else { continue }
      let size = kinds[other].size
      for quantity in stride(from: size, through: point.most, by: 1) {
        early[quantity] = min(early[quantity], early[quantity - size] + prices[other])
      }
    }
    let late = lateCosts(point, from: end, prices)
    let size = kinds[kind].size
    return (0...limit).map { packs in
      let taken = packs * size
      guard taken <= point.most else { return .infinity }
      return early.withUnsafeBufferPointer { early in
        late.withUnsafeBufferPointer { late in
          var least = Double.infinity
          for quantity in 0...(point.most - taken) {
            let cost = early[quantity] + late[quantity &+ taken]
            least = cost < least ? cost : least
          }
          return least
        }
      }
    }
  }

  /// What it costs to serve the point with the kinds from a position on, by what it has before them.
  private func lateCosts(_ point: Point, from position: Int, _ prices: [Double]) -> [Double] {
    var late = [Double](repeating: .infinity, count: point.most + 1)
    for quantity in point.need...max(point.need, point.most) where quantity <= point.most {
      late[quantity] = 0
    }
    for due in dues[point.group] where due.before == kinds.count { Self.cut(&late, below: due.quantity) }
    for kind in (position..<kinds.count).reversed() {
      if kinds[kind].groups[point.group], prices[kind].isFinite {
        let size = kinds[kind].size
        for quantity in stride(from: point.most - size, through: 0, by: -1) {
          late[quantity] = min(late[quantity], late[quantity + size] + prices[kind])
        }
      }
      for due in dues[point.group] where due.before == kind { Self.cut(&late, below: due.quantity) }
    }
    return late
  }

  private static func cut(_ costs: inout [Double], below quantity: Int) {
    for short in 0..<min(costs.count, quantity) { costs[short] = .infinity }
  }
}
